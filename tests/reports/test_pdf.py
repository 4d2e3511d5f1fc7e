"""The statement's PDF: accessible by structure, sealed, repeatable, and carrying its own data."""

import csv
import io
import json
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from reports.statement import fingerprint, from_json, to_json
from tests.reports.conftest import EXAMPLE, run
from tests.reports.pdf_checker import check, font_names

OURS = {
    f"{family}{weight}"
    for family in ("Doc", "Doc-Ext", "Doc-Greek", "Doc-Cyrillic", "Head", "Head-Ext")
    for weight in ("", "-Semi-Bold")
}
VARIANTS = ("government", "rics", "draft")


@pytest.mark.parametrize("name", VARIANTS)
def test_the_structure_has_no_fault(documents, name):
    with pikepdf.open(documents[name]) as opened:
        assert check(opened) == []


@pytest.mark.parametrize("name", VARIANTS)
def test_only_our_fonts_are_used(documents, name):
    with pikepdf.open(documents[name]) as opened:
        assert font_names(opened) - OURS == set()
        assert {"Doc", "Head-Semi-Bold"} <= font_names(opened)


def test_the_same_statement_gives_the_same_bytes(documents, tmp_path):
    again = tmp_path / "again.pdf"
    assert run("statement", str(EXAMPLE), str(again), seed="12345").returncode == 0
    assert again.read_bytes() == documents["government"].read_bytes()


def test_another_statement_gives_other_bytes(documents):
    assert len({path.read_bytes() for path in documents.values()}) == len(documents)


def test_what_rides_along_can_be_read(documents, example):
    with pikepdf.open(documents["government"]) as opened:
        files = {name: one.get_file().read_bytes() for name, one in opened.attachments.items()}
    assert set(files) >= {
        "statement.json",
        "statement.schema.json",
        "figures.csv",
        "projects.csv",
        "approvals.csv",
    }
    assert from_json(files["statement.json"].decode()) == example
    assert fingerprint(files["statement.json"].decode()) == fingerprint(to_json(example))
    assert json.loads(files["statement.schema.json"])["title"] == "Statement"
    for name in (name for name in files if name.endswith(".csv")):
        lines = list(csv.reader(io.StringIO(files[name].decode())))
        assert len(lines) > 1
        assert len({len(line) for line in lines}) == 1


def margins(path: Path, folder: Path) -> list[tuple[int, ...]]:
    """The colour of the outer margin of each page, half way down, as a reader draws it."""
    subprocess.run(["pdftoppm", "-r", "20", "-png", str(path), str(folder / path.stem)], check=True)
    pictures = [Image.open(drawn).convert("RGB") for drawn in sorted(folder.glob(f"{path.stem}-*.png"))]
    return [picture.getpixel((picture.width - 3, picture.height // 2 - 6)) for picture in pictures]


def test_every_page_of_a_draft_bears_the_strip_and_no_page_of_a_final_statement_does(documents, tmp_path):
    for name, path in documents.items():
        colours = margins(path, tmp_path)
        assert len(colours) > 4
        assert [is_strip(colour) for colour in colours] == [name == "draft"] * len(colours)


def is_strip(colour: tuple[int, ...]) -> bool:
    """Whether a colour is between the ground of the strip, #fbf1ec, and its letters, #98350f."""
    red, green, blue = colour
    return red > green > blue


def broken(path: Path, fault) -> list[str]:
    """What the checker finds after a fault was planted."""
    with pikepdf.open(path) as opened:
        fault(opened)
        return check(opened)


def first(opened: pikepdf.Pdf, **wanted: object) -> Dictionary:
    """The first object with these entries."""
    return next(
        one
        for one in opened.objects
        if isinstance(one, Dictionary) and all(one.get(f"/{key}") == value for key, value in wanted.items())
    )


def paint(opened: pikepdf.Pdf, content: bytes, *, before: bool = False) -> None:
    opened.pages[2].contents_add(content, prepend=before)


def store(opened: pikepdf.Pdf, content: bytes, *, times: int, **more: object) -> None:
    """Draw something from the store of the third page."""
    page = opened.pages[2]
    form = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), **more)
    name = page.add_resource(opened.make_stream(content, form), Name.XObject)
    paint(opened, b"/Artifact BMC " + b"%s Do " % str(name).encode() * times + b"EMC")


def of_kind(opened: pikepdf.Pdf, tag: str) -> Dictionary:
    return first(opened, Type=Name.StructElem, S=Name(f"/{tag}"))


FAULTS = {
    "no language": lambda one: one.Root.__delitem__("/Lang"),
    "not marked as tagged": lambda one: one.Root.__delitem__("/MarkInfo"),
    "file name instead of the title": lambda one: one.Root.__delitem__("/ViewerPreferences"),
    "acts by itself": lambda one: one.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript)),
    "in which colours": lambda one: one.Root.__delitem__("/OutputIntents"),
    "no metadata": lambda one: one.Root.__delitem__("/Metadata"),
    "no structure": lambda one: one.Root.__delitem__("/StructTreeRoot"),
    "two titles differ": lambda one: one.docinfo.__setitem__("/Title", "Another"),
    "which letters its signs are": lambda one: first(one, Subtype=Name.Type0).__delitem__("/ToUnicode"),
    "is not embedded": lambda one: first(one, Type=Name.FontDescriptor).__delitem__(
        next(key for key in list(first(one, Type=Name.FontDescriptor)) if key.startswith("/FontFile"))
    ),
    "of no known kind": lambda one: of_kind(one, "H2").__setitem__("/S", Name.Heading),
    "may not stand there": lambda one: of_kind(one, "P").__setitem__("/S", Name.TD),
    "may not hold": lambda one: of_kind(one, "LI").__setitem__("/S", Name.P),
    "has no words": lambda one: of_kind(one, "Figure").__delitem__("/Alt"),
    "has no heading": lambda one: of_kind(one, "TD").__delitem__("/A"),
    "headings that do not exist": lambda one: of_kind(one, "TH").__setitem__("/ID", pikepdf.String("gone")),
    "first heading is not H1": lambda one: of_kind(one, "H1").__setitem__("/S", Name.P),
    "H4 follows": lambda one: of_kind(one, "H2").__setitem__("/S", Name.H4),
    "belongs to no element": lambda one: of_kind(one, "P").__setitem__("/K", Array()),
    "which no page paints": lambda one: of_kind(one, "P").K.append(9999),
    "has two owners": lambda one: (
        first(one, Type=Name.StructTreeRoot).ParentTree.Nums[3].__setitem__(0, None)
    ),
    "paints outside the structure": lambda one: paint(one, b"0 0 10 10 re f"),
    "structure are mixed": lambda one: paint(one, b"/Artifact BMC /P <</MCID 0>> BDC EMC EMC"),
    "ends that never began": lambda one: paint(one, b"EMC"),
    "never ends": lambda one: paint(one, b"/Artifact BMC"),
    "tab key does not follow": lambda one: next(p for p in one.pages if "/Annots" in p.obj).obj.__delitem__(
        "/Tabs"
    ),
    "does not say where it leads": lambda one: first(one, Subtype=Name.Link).__delitem__("/Contents"),
    "belongs to no link": lambda one: of_kind(one, "Link").__setitem__("/K", Array()),
    "no place in the structure": lambda one: first(one, Subtype=Name.Link).__delitem__("/StructParent"),
    "would not be printed": lambda one: first(one, Subtype=Name.Link).__setitem__("/F", 2),
    "not both names": lambda one: first(one, Type=Name.Filespec).__delitem__("/UF"),
    "what it is to the document": lambda one: first(one, Type=Name.Filespec).__delitem__("/AFRelationship"),
    "does not map its signs": lambda one: first(one, Subtype=Name.CIDFontType2).__delitem__("/CIDToGIDMap"),
    "of which kind it is": lambda one: first(one, Type=Name.Filespec).EF.F.__delitem__("/Subtype"),
    "may not hold P": lambda one: (
        of_kind(one, "L").__setitem__("/S", Name.TOC) or of_kind(one, "LI").__setitem__("/S", Name.P)
    ),
    "a note has no name": lambda one: of_kind(one, "P").__setitem__("/S", Name.Note),
    "two notes have the same name": lambda one: [
        (
            of_kind(one, "P").__setitem__("/ID", pikepdf.String("n")),
            of_kind(one, "P").__setitem__("/S", Name.Note),
        )
        for _ in range(2)
    ],
    "builds itself": lambda one: one.Root.__setitem__("/AcroForm", Dictionary(XFA=Array())),
    "layers has no name": lambda one: one.Root.__setitem__(
        "/OCProperties", Dictionary(OCGs=Array(), D=Dictionary())
    ),
    "switches by itself": lambda one: one.Root.__setitem__(
        "/OCProperties", Dictionary(OCGs=Array(), D=Dictionary(Name=pikepdf.String("All"), AS=Array()))
    ),
    "lies in another file": lambda one: store(one, b"0 0 1 1 re f", times=1, Ref=Dictionary()),
    "is drawn twice": lambda one: store(one, b"/P <</MCID 0>> BDC 0 0 1 1 re f EMC", times=2),
    "listed twice": lambda one: one.Root.AF.append(one.Root.AF[0]),
}


@pytest.mark.parametrize("told", FAULTS)
def test_each_fault_is_found(documents, told):
    found = broken(documents["government"], FAULTS[told])
    assert [fault for fault in found if told in fault], found


def test_a_font_from_elsewhere_is_found(documents):
    with pikepdf.open(documents["government"]) as opened:
        first(opened, Type=Name.Font).BaseFont = Name("/ABCDEF+DejaVu-Sans")
        assert font_names(opened) - OURS == {"DejaVu-Sans"}
