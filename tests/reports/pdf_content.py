"""What the pages of a PDF paint: everything is either part of the structure or marked as decoration."""

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

from tests.reports.pdf_tree import Tree

PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE"}
DECORATION, TAGGED, PLAIN = "decoration", "tagged", "plain"


@dataclass(frozen=True)
class Mark:
    """A stretch of content: decoration, part of the structure, or neither."""

    kind: str
    number: int | None = None


class Pages:
    """The pages of a file, and what each marks and paints."""

    def __init__(self, pdf: Pdf) -> None:
        self.pages = list(pdf.pages)
        nums = list(
            pdf.Root.get("/StructTreeRoot", Dictionary()).get("/ParentTree", Dictionary()).get("/Nums", [])
        )
        self.owners = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}

    def owner(self, page: Object, number: int) -> Object | None:
        """The element that the parent tree names for a stretch of a page."""
        value = self.owners.get(int(page.get("/StructParents", -1)), ())
        return value[number] if number < len(value) else None


def mark_of(operands: list[Object], page: Object) -> Mark:
    """What BDC or BMC begins."""
    if operands[0] == Name.Artifact:
        return Mark(DECORATION)
    properties = operands[1] if len(operands) > 1 else Dictionary()
    if isinstance(properties, Name):
        properties = page.Resources.Properties[str(properties)]
    if "/MCID" in properties:
        return Mark(TAGGED, int(properties.MCID))
    return Mark(PLAIN)


def content_faults(pages: Pages, tree: Tree) -> Iterator[str]:
    """What is painted outside the structure, and what the structure expects and no page paints."""
    seen: set[tuple[tuple[int, int], int]] = set()
    for number, page in enumerate(pages.pages, start=1):
        for fault, mark in walk(page):
            if mark is not None:
                key = (page.obj.objgen, mark)
                seen.add(key)
                yield from owner_faults(pages, tree, page.obj, mark, number)
            if fault:
                yield f"page {number}: {fault}"
    for (_, mark), element in ((key, tree.content[key]) for key in tree.content.keys() - seen):
        yield f"{element.path} owns content {mark}, which no page paints"


def owner_faults(pages: Pages, tree: Tree, page: Object, mark: int, number: int) -> Iterator[str]:
    """The tree and the parent tree name the same owner of a stretch of content."""
    element, named = tree.content.get((page.objgen, mark)), pages.owner(page, mark)
    if element is None:
        yield f"page {number}: content {mark} belongs to no element"
    elif named is None or named.objgen != element.source.objgen:
        yield f"page {number}: content {mark} has two owners"


def walk(page: pikepdf.Page) -> Iterator[tuple[str, int | None]]:
    """Go through a page: what is wrong, and the number of each stretch that begins."""
    stack: list[Mark] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name, kinds = str(operator), {mark.kind for mark in stack}
        if name in ("BDC", "BMC"):
            mark = mark_of(list(operands), page.obj)
            stack.append(mark)
            mixed = {mark.kind, *kinds} >= {DECORATION, TAGGED}
            yield ("decoration and structure are mixed" if mixed else ""), mark.number
        elif name == "EMC":
            if not stack:
                yield "a mark ends that never began", None
            stack = stack[:-1]
        elif name in PAINTING and not kinds & {DECORATION, TAGGED}:
            yield f"{name} paints outside the structure", None
    if stack:
        yield "a mark never ends", None
