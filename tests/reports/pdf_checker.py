"""What a machine can check of PDF/UA-1 and PDF/A-3a in a file: an independent look, not a certificate."""

from collections import Counter
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from tests.reports.pdf_content import Pages, content_faults
from tests.reports.pdf_tree import Tree, tree_faults

IDENTIFICATIONS = {
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
    "{http://www.aiim.org/pdfa/ns/id/}part": "3",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
}
TITLE = "{http://purl.org/dc/elements/1.1/}title"
PRINTED = 4


def check(pdf: Pdf) -> list[str]:
    """Everything that is wrong with the file."""
    tree, pages = Tree(pdf), Pages(pdf)
    return [
        *catalogue_faults(pdf),
        *metadata_faults(pdf),
        *font_faults(pdf),
        *tree_faults(tree),
        *content_faults(pages, tree),
        *annotation_faults(pdf, tree),
        *file_faults(pdf),
        *layer_faults(pdf),
        *drawn_again_faults(pdf),
    ]


def catalogue_faults(pdf: Pdf) -> Iterator[str]:
    """The document says what it is, in which language, and holds nothing that acts."""
    root = pdf.Root
    marks, view = root.get("/MarkInfo", Dictionary()), root.get("/ViewerPreferences", Dictionary())
    if not marks.get("/Marked", False) or marks.get("/Suspects", False):
        yield "the document is not marked as tagged"
    if not str(root.get("/Lang", "")):
        yield "the document has no language"
    if not view.get("/DisplayDocTitle", False):
        yield "the window would show the file name instead of the title"
    if pdf.is_encrypted:
        yield "the document is encrypted"
    if "/ID" not in pdf.trailer:
        yield "the document has no identifier"
    if "/OpenAction" in root or "/AA" in root or "/JavaScript" in root.get("/Names", Dictionary()):
        yield "the document acts by itself"
    if "/XFA" in root.get("/AcroForm", Dictionary()):
        yield "the document is a form that builds itself"
    intents = [intent for intent in root.get("/OutputIntents", Array()) if intent.S == Name.GTS_PDFA1]
    if not any("/DestOutputProfile" in intent for intent in intents):
        yield "the document does not say in which colours it is meant"


def metadata_faults(pdf: Pdf) -> Iterator[str]:
    """The metadata name the standards and the title, and the old kind agrees with the new."""
    if "/Metadata" not in pdf.Root:
        yield "the document has no metadata"
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key, value in IDENTIFICATIONS.items():
            if metadata.get(key) != value:
                yield f"the metadata do not say {key} {value}"
        title = metadata.get(TITLE)
        if not title:
            yield "the metadata have no title"
        elif str(pdf.docinfo.get("/Title", "")) != title:
            yield "the two titles differ"


def fonts(pdf: Pdf) -> Iterator[Dictionary]:
    """Every font of the file."""
    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("/Type") == Name.Font:
            yield one


def font_names(pdf: Pdf) -> set[str]:
    """The names of the embedded fonts, without the mark of their subset."""
    return {str(font.BaseFont).rsplit("+", 1)[-1].lstrip("/") for font in fonts(pdf)}


def font_faults(pdf: Pdf) -> Iterator[str]:
    """Every font travels with the file, and its signs can be read back as text."""
    for font in fonts(pdf):
        name = font.get("/BaseFont")
        if font.Subtype == Name.Type0 and "/ToUnicode" not in font:
            yield f"font {name} does not say which letters its signs are"
        if font.Subtype == Name.CIDFontType2 and "/CIDToGIDMap" not in font:
            yield f"font {name} does not map its signs"
        descriptor = font.get("/FontDescriptor", Dictionary())
        if font.Subtype != Name.Type0 and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(
            descriptor.keys()
        ):
            yield f"font {name} is not embedded"


def annotation_faults(pdf: Pdf, tree: Tree) -> Iterator[str]:
    """Links are reached in the order of the text, belong to it, and say where they lead."""
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get("/Annots", Array())
        if len(annotations) and page.obj.get("/Tabs") != Name.S:
            yield f"page {number}: the tab key does not follow the text"
        for one in annotations:
            if one.Subtype == Name.Link and tree.annotations.get(one.objgen) != "Link":
                yield f"page {number}: a link belongs to no link of the text"
            if one.Subtype == Name.Link and not str(one.get("/Contents", "")):
                yield f"page {number}: a link does not say where it leads"
            if "/StructParent" not in one:
                yield f"page {number}: an annotation has no place in the structure"
            if not int(one.get("/F", 0)) & PRINTED:
                yield f"page {number}: an annotation would not be printed"
            if "/JS" in one.get("/A", Dictionary()):
                yield f"page {number}: an annotation runs a script"


def layer_faults(pdf: Pdf) -> Iterator[str]:
    """Layers that can be switched have names, and none switches by itself."""
    layers = pdf.Root.get("/OCProperties")
    if layers is None:
        return
    for one in [layers.get("/D", Dictionary()), *layers.get("/Configs", Array())]:
        if not str(one.get("/Name", "")):
            yield "a set of layers has no name"
        if "/AS" in one:
            yield "a layer switches by itself"


def drawn_again_faults(pdf: Pdf) -> Iterator[str]:
    """What is drawn from a store lies in this file, and what belongs to the text is drawn once."""
    drawn: Counter[tuple[int, int]] = Counter()
    for page in pdf.pages:
        stored = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
        for operands, operator in pikepdf.parse_content_stream(page, "Do"):
            if str(operator) == "Do" and str(operands[0]) in stored:
                one = stored[str(operands[0])]
                drawn[one.objgen] += 1
                if "/Ref" in one:
                    yield "a drawing lies in another file"
                if (
                    one.get("/Subtype") == Name.Form
                    and b"/MCID" in one.read_bytes()
                    and drawn[one.objgen] == 2
                ):
                    yield "a drawing with text of the document is drawn twice"


def file_faults(pdf: Pdf) -> Iterator[str]:
    """Attached files say what they are and what they are to the document, and each is listed once."""
    listed = [one.objgen for one in pdf.Root.get("/AF", Array())]
    if len(listed) != len(set(listed)):
        yield "an attached file is listed twice"
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/EF" in one:
            name = one.get("/UF")
            if "/F" not in one or "/UF" not in one:
                yield f"file {name} has not both names"
            if "/AFRelationship" not in one or one.objgen not in listed:
                yield f"file {name} does not say what it is to the document"
            if "/Subtype" not in one.EF.get("/F", Dictionary()):
                yield f"file {name} does not say of which kind it is"
        if isinstance(one, pikepdf.Stream) and one.get("/Interpolate", False):
            yield "an image would be smoothed"
