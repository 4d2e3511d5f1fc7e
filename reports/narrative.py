"""What people may format in a narrative: a small part of Markdown, read once for page, paper and copy.

The library is loaded with the first narrative that is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from reports import letters
from reports.statement.blocks import Block, Heading, Line, Paragraph, Point, Points, Row, Span, Table, plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

ALLOWED = (
    "An empty line begins a new paragraph. A line that begins with “- ” or “1. ” is a point of a list, one "
    "that begins with “# ” a sub-heading. **Two stars** make words bold, and [words](https://…) a link."
)
RULES = ("paragraph", "list", "heading", "table", "text", "newline", "emphasis", "link", "escape")
SCHEMES = ("https:", "http:", "mailto:")
CELLS, COLUMNS, DEPTH, LETTERS = 400, 8, 30, 400_000


class Unfit(Exception):
    """A narrative holds what no document can print; the message says what."""


def check(text: str) -> None:
    """Raise Unfit, with what to do, when a document could not print this narrative."""
    blocks(text)
    if strange := letters.strange(text.replace("\r", "").replace("\t", " ")):
        raise Unfit(
            f"the fonts of the document do not have {letters.named(strange)}: write it in other words"
        )


@cache
def parser() -> MarkdownIt:
    """The parser, which knows nothing of HTML, pictures or code."""
    made: MarkdownIt = import_module("markdown_it").MarkdownIt(
        "zero", {"html": False, "linkify": False, "typographer": False, "maxNesting": 2 * DEPTH}
    )
    made.enable([*RULES, "balance_pairs", "fragments_join"])
    made.validateLink = lambda url: url.lower().startswith(SCHEMES)  # type: ignore[method-assign]
    return made


def blocks(text: str) -> tuple[Block, ...]:
    """The headings, paragraphs, lists and tables of a narrative. Raises Unfit."""
    if len(text) > LETTERS:
        raise Unfit(f"{len(text):,} characters are more than a section can hold: {LETTERS:,}")
    tokens = parser().parse(text.replace("\r\n", "\n").replace("\t", " "))
    if any(token.level > DEPTH for token in tokens):
        raise Unfit("lists within lists are nested too deeply: keep to two levels")
    tree: SyntaxTreeNode = import_module("markdown_it.tree").SyntaxTreeNode(tokens)
    return tuple(block for node in tree.children for block in block_of(node))


def block_of(node: SyntaxTreeNode) -> Iterator[Block]:
    """One piece of the tree."""
    match node.type:
        case "paragraph":
            yield Paragraph(lines(node))
        case "heading":
            yield Heading(plain(lines(node)))
        case "bullet_list" | "ordered_list":
            yield Points(tuple(map(point, node.children)), ordered=node.type == "ordered_list")
        case "table":
            yield table(node)


def point(node: SyntaxTreeNode) -> Point:
    """A point; what stands deeper than the second level stands on the second."""
    own: list[Span] = []
    below: list[Line] = []
    for child in node.children:
        if child.type in ("bullet_list", "ordered_list"):
            below += [one for item in child.children for one in flat(item)]
        else:
            own += [*([Span(" ")] if own else []), *lines(child)]
    return Point(tuple(own), tuple(below))


def flat(node: SyntaxTreeNode) -> Iterator[Line]:
    """A point and all below it, one after the other."""
    todo = [node]
    while todo:
        item = todo.pop()
        if item.type in ("paragraph", "heading", "table"):
            yield lines(item)
        else:
            todo += reversed(item.children)


def lines(node: SyntaxTreeNode) -> Line:
    """The words below a node; emphasis alone changes nothing, since running text has no italics."""
    return tuple(joined(spans(node, bold=False, href="")))


def spans(node: SyntaxTreeNode, *, bold: bool, href: str) -> Iterator[Span]:
    """Stretches of words with what holds for each."""
    if node.type == "text":
        yield Span(node.content, bold, href)
    elif node.type in ("softbreak", "hardbreak"):
        yield Span(" ", bold, href)
    else:
        inside = str(node.attrs["href"]) if node.type == "link" else href
        for child in node.children:
            yield from spans(child, bold=bold or node.type == "strong", href=inside)


def joined(found: Iterator[Span]) -> Iterator[Span]:
    """Neighbours that look the same as one stretch."""
    last: Span | None = None
    for span in found:
        if last and last[1:] == span[1:]:
            last = last._replace(text=last.text + span.text)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def table(node: SyntaxTreeNode) -> Table:
    """A small table; raises Unfit for a large one."""
    rows = [[lines(one) for one in row.children] for part in node.children for row in part.children]
    columns = len(rows[0])
    if columns > COLUMNS or columns * len(rows) > CELLS:
        raise Unfit(
            f"a table of {len(rows) - 1:,} rows and {columns} columns is too large: attach it as a file, "
            f"or keep to {COLUMNS} columns and {CELLS} cells"
        )
    heads = tuple(plain(head) for head in rows[0])
    return Table("", heads, tuple(Row(tuple((one,) for one in row)) for row in rows[1:]), widths(columns))


def widths(columns: int) -> tuple[int, ...]:
    """Columns of the same width, in per cent."""
    return (100 // columns,) * columns
