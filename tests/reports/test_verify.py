"""Checking a statement from its PDF alone: ours agree, and whatever is altered is found."""

import re
import shutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from reports.paper import board_pack
from reports.statement import fingerprint, to_json
from reports.verify import Unreadable, check, differences
from reports.verify.claims import claims
from reports.verify.printed import claim_differences
from reports.verify.sums import sum_differences
from tests import together
from tests.reports.conftest import run
from tests.source import ROOT


@pytest.fixture(scope="module", autouse=True)
def made_once() -> Iterator[None]:
    """The same data always give the same bytes, as test_pdf.py proves: what is made again is made once a statement."""
    module = import_module("reports.verify.check")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("paper", "words_of"):
            patch.setattr(module, name, cache(getattr(module, name)))
        yield


@pytest.mark.parametrize("name", ["government", "rics", "draft"])
def test_what_we_make_agrees(documents, name):
    assert differences(documents[name].read_bytes()) == []


def replaced(source, target, name, old, new):
    """The PDF with one attached file altered."""
    with pikepdf.open(source) as opened:
        for one in opened.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/UF") == name:
                content = one.EF.F.read_bytes()
                assert old in content
                one.EF.F.write(content.replace(old, new, 1))
        opened.save(target)
    return target.read_bytes()


RATIO = b'"part":{"kind":"number","value":15}'


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("statement.json", RATIO, RATIO.replace(b"15", b"16"), "its records give 15 of 18"),
        ("statement.json", b'"schema_version":1', b'"schema_version":2', "schema_version"),
        ("statement.schema.json", b'"title": "Statement"', b'"title": "Statements"', "not the schema"),
        (
            "projects.csv",
            b"Street triage after dark",
            b"Street triage after noon",
            "projects.csv, line 3, title",
        ),
        ("approvals.csv", b",9,", b",8,", "approvals.csv, line 2, favourable: it says “8”, the data say “9”"),
        ("figures.csv", b"15 of 18", b"18 of 18", "figures.csv, line 4, value"),
    ],
)
def test_an_altered_attachment_is_found(documents, tmp_path, name, old, new, told):
    found = differences(replaced(documents["government"], tmp_path / "altered.pdf", name, old, new))
    assert [line for line in found if told in line], found


def test_an_altered_page_is_found(documents, tmp_path):
    """The figure is painted again over the page, as somebody with an editor would."""
    target = tmp_path / "altered.pdf"
    altered_page(documents["government"], target)
    found = differences(target.read_bytes())
    assert [line for line in found if line.startswith("page 4: it prints “")], found
    assert all(line.startswith("page 4") for line in found)


def altered_page(source: Path, target: Path) -> None:
    """A file whose fourth page prints some words twice, over others."""
    with pikepdf.open(source) as opened:
        page = opened.pages[3]
        operations = list(pikepdf.parse_content_stream(page))
        shown = [place for place, one in enumerate(operations) if str(one.operator) in ("Tj", "TJ")]
        first, second = operations[shown[2]].operands, operations[shown[-1]].operands
        assert first != second
        operations[shown[2]] = pikepdf.ContentStreamInstruction(second, operations[shown[-1]].operator)
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(operations))
        opened.save(target)


def test_what_changes_neither_words_nor_data_is_found_too(documents, tmp_path):
    target = tmp_path / "altered.pdf"
    with pikepdf.open(documents["government"]) as opened:
        opened.docinfo["/Title"] = "Another title"
        opened.save(target)
    assert ["not byte for byte" in line for line in differences(target.read_bytes())] == [True]


def without(statement, **update):
    return [*sum_differences(statement.model_copy(update=update))]


def test_each_sum_is_counted_again(example):
    assert without(example) == []
    table = example.misconduct
    wrong = table.model_copy(update={"rows": ()})
    assert any("table 3B" in line for line in without(example, misconduct=wrong))
    assert any("commitment" in line for line in without(example, requirements=example.requirements[1:]))
    assert any("not in the register" in line for line in without(example, projects=example.projects[1:]))
    assert any("Annex A" in line for line in without(example, projects=example.projects[1:]))
    assert any("Organisations" in line for line in without(example, returns=example.returns[1:]))


@pytest.fixture(scope="module")
def other_version(variants) -> dict[str, Path]:
    """Both layouts by a version with other words and another order of annexes."""
    folder = together.once("other_version", lambda folder: make_otherwise(folder, variants))
    return {name: folder / f"{name}.pdf" for name in ("government", "rics")}


def make_otherwise(folder: Path, variants) -> None:
    """Change a copy of what makes statements, and make them by it."""
    shutil.copytree(ROOT / "reports", folder / "reports", ignore=shutil.ignore_patterns("__pycache__"))
    statement = folder / "reports" / "statement"
    for name, old, new in (
        ("annexes.py", "too many to list here", "more than fit"),
        ("front.py", '"Summary", tuple(blocks)', '"The year in short", tuple(blocks)'),
        ("print.html", "Each square is one of", "A square stands for one of"),
        (
            "document.py",
            "*sections, approval(statement), *annexes",
            "*annexes(statement, numbers)[2:], *sections, approval(statement), *annexes",
        ),
        (
            "document.py",
            "*annexes(statement, numbers))\n    contents",
            "*annexes(statement, numbers)[:2])\n    contents",
        ),
    ):
        text = (statement / name).read_text("utf-8")
        assert old in text, (name, old)
        (statement / name).write_text(text.replace(old, new), "utf-8")
    for name in ("government", "rics"):
        (folder / f"{name}.json").write_text(to_json(variants[name]), "utf-8")
        done = run("statement", f"{name}.json", f"{name}.pdf", cwd=folder)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["government", "rics"])
def test_what_another_version_made_of_the_same_data_agrees(documents, other_version, name):
    assert other_version[name].read_bytes() != documents[name].read_bytes()
    found = check(other_version[name].read_bytes())
    assert (found.differences, found.same_maker) == ([], False)
    done = run("verify", str(other_version[name]))
    assert (done.returncode, b"another version made the file" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("statement.json", RATIO, RATIO.replace(b"15", b"16"), "its records give 15 of 18"),
        (
            "statement.json",
            b'"outcome":"unfavourable"',
            b'"outcome":"favourable"',
            "the decisions behind it give",
        ),
        ("approvals.csv", b",9,", b",8,", "it says “8”, the data say “9”"),
        ("figures.csv", b"15 of 18", b"18 of 18", "figures.csv, line 4, value"),
    ],
)
def test_what_is_altered_in_the_data_of_another_version_is_found(
    other_version, tmp_path, name, old, new, told
):
    found = differences(replaced(other_version["government"], tmp_path / "altered.pdf", name, old, new))
    assert [line for line in found if told in line], found


def test_each_figure_altered_on_the_pages_of_another_version_is_found(other_version, variants):
    """Every printed ratio, every value of last year, every row of numbers: one after the other."""
    for name, path in other_version.items():
        statement = variants[name]
        pages = [page.extract_text() for page in PdfReader(path).pages]
        wanted = list(claims(statement, fingerprint(to_json(statement))))
        assert list(claim_differences(statement, pages, wanted)) == []
        spots = [
            (number, found)
            for number, page in enumerate(pages)
            for found in re.finditer(r"\d+ of \d+|(?<=last year )\d+|(?<=\n)\d+(?: \d+){3,}", page)
        ]
        assert len(spots) > 60
        for number, found in spots:
            if "Page" in pages[number][found.start() - 6 : found.start()]:
                continue
            page = f"{pages[number][: found.start()]}7{pages[number][found.start() :]}"
            altered = [*pages[:number], page, *pages[number + 1 :]]
            around = pages[number][found.start() - 40 : found.end() + 20]
            assert list(claim_differences(statement, altered, wanted)), around


def test_an_altered_page_of_another_version_is_found(other_version, tmp_path):
    target = tmp_path / "altered.pdf"
    altered_page(other_version["government"], target)
    found = check(target.read_bytes())
    assert (found.same_maker, any("no page prints" in line for line in found.differences)) == (False, True)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"words"])
def test_what_is_no_statement_is_said_in_one_line(content):
    with pytest.raises(Unreadable):
        differences(content)


def test_a_board_pack_is_told_apart_from_its_statement(papers):
    with pytest.raises(Unreadable, match="it is a board pack"):
        differences(board_pack(papers))


def test_the_command_ends_with_0_1_or_2(documents, tmp_path):
    ours = run("verify", str(documents["rics"]))
    assert (ours.returncode, ours.stdout.count(b"\n"), ours.stderr) == (0, 1, b"")
    target = tmp_path / "altered.pdf"
    replaced(documents["rics"], target, "approvals.csv", b",9,", b",8,")
    altered = run("verify", str(target))
    assert (altered.returncode, b"1 difference\n" in altered.stdout) == (1, True)
    assert run("verify", str(tmp_path / "missing.pdf")).returncode == 2
