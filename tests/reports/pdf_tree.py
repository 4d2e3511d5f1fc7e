"""The structure tree of a PDF: what a screen reader goes through, in its order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf

HEADINGS = {f"H{level}": level for level in range(1, 7)}
STANDARD = {
    *HEADINGS,
    *[
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H",
        "L",
        "LI",
        "Lbl",
        "LBody",
    ],
    *[
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
    ],
    *["Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"],
}
# Which elements may hold which, where the standard is strict.
ONLY_IN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "Lbl": {"LI", "Note"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
    "Caption": {"Table", "Figure", "L", "Formula", "Sect", "Div", "Art"},
}
HOLDS_ONLY = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
}


@dataclass
class Element:
    """One element, with the path that leads to it."""

    tag: str
    above: tuple[str, ...]
    source: Object
    kids: list["Element"] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it is."""
        return "/".join([*self.above, self.tag])

    def attribute(self, name: str) -> Object | None:
        """An attribute of the element, whichever owner gives it."""
        given = self.source.get("/A", Array())
        for one in given if isinstance(given, Array) else [given]:
            if isinstance(one, Dictionary) and name in one:
                return one[name]
        return None


class Tree:
    """The tree as elements, and who owns which marked content and which annotation."""

    def __init__(self, pdf: Pdf) -> None:
        self.root = pdf.Root.get("/StructTreeRoot")
        self.roles = dict(self.root.get("/RoleMap", Dictionary()).items()) if self.root is not None else {}
        self.elements: list[Element] = []
        self.content: dict[tuple[tuple[int, int], int], Element] = {}
        self.annotations: dict[tuple[int, int], str] = {}
        if self.root is not None:
            for kid in self.listed(self.root):
                self.walk(kid, (), None)

    @staticmethod
    def listed(holder: Object) -> list[Object]:
        """What an element holds."""
        kids = holder.get("/K", Array())
        return list(kids) if isinstance(kids, Array) else [kids]

    def walk(self, source: Object, above: tuple[str, ...], page: Object | None) -> Element:
        """Take an element and all below it."""
        tag = str(source.S).lstrip("/")
        element = Element(str(self.roles.get(f"/{tag}", tag)).lstrip("/"), above, source)
        self.elements.append(element)
        page = source.get("/Pg", page)
        for kid in self.listed(source):
            if not isinstance(kid, Dictionary):
                self.content[page.objgen, int(kid)] = element
            elif kid.get("/Type") == Name.MCR:
                self.content[kid.get("/Pg", page).objgen, int(kid.MCID)] = element
            elif kid.get("/Type") == Name.OBJR:
                self.annotations[kid.Obj.objgen] = element.tag
            else:
                element.kids.append(self.walk(kid, (*above, element.tag), page))
        return element


def tree_faults(tree: Tree) -> Iterator[str]:
    """Elements are of known kinds, stand where they may, and tell what they must."""
    if tree.root is None:
        yield "the document has no structure"
        return
    identifiers = {str(element.source.get("/ID")) for element in tree.elements if "/ID" in element.source}
    yield from note_faults([element.source for element in tree.elements if element.tag == "Note"])
    for element in tree.elements:
        yield from place_faults(element)
        yield from words_missing(element, identifiers)
    yield from heading_faults([element for element in tree.elements if re.fullmatch(r"H\d?", element.tag)])


def note_faults(notes: list[Object]) -> Iterator[str]:
    """Every note has a name of its own."""
    names = [str(note.get("/ID", "")) for note in notes]
    if "" in names:
        yield "a note has no name"
    if len(set(names)) < len(names):
        yield "two notes have the same name"


def place_faults(element: Element) -> Iterator[str]:
    """What stands where it may not."""
    parent = element.above[-1] if element.above else ""
    if element.tag not in STANDARD:
        yield f"{element.path} is of no known kind"
    if element.tag in ONLY_IN and parent not in ONLY_IN[element.tag]:
        yield f"{element.path} may not stand there"
    if element.tag == "Link" and "Link" in element.above:
        yield f"{element.path} is a link within a link"
    for kid in element.kids:
        if kid.tag not in HOLDS_ONLY.get(element.tag, {kid.tag}):
            yield f"{element.path} may not hold {kid.tag}"


def words_missing(element: Element, identifiers: set[str]) -> Iterator[str]:
    """Pictures without words, cells without headings."""
    source = element.source
    if element.tag in ("Figure", "Formula") and not (str(source.get("/Alt", "")) or "/ActualText" in source):
        yield f"{element.path} has no words"
    if element.tag == "TH" and element.attribute("/Scope") is None and "/ID" not in source:
        yield f"{element.path} is the heading of nothing"
    if element.tag == "TD":
        headers = element.attribute("/Headers")
        if headers is None:
            yield f"{element.path} has no heading"
        elif lost := [str(one) for one in headers if str(one) not in identifiers]:
            yield f"{element.path} names headings that do not exist: {lost}"


def heading_faults(headings: list[Element]) -> Iterator[str]:
    """The first heading is the title, and no level is skipped."""
    levels = [HEADINGS.get(element.tag, 0) for element in headings]
    if not levels or levels[0] != 1:
        yield "the first heading is not H1"
    for before, after in zip(levels, levels[1:], strict=False):
        if after > before + 1:
            yield f"H{after} follows H{before}"
