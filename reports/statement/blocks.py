"""What a document is made of: headings, paragraphs, lists, tables, charts; the same for each form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from reports.statement.charts import Chart


class Span(NamedTuple):
    """A stretch of a line. Look: met, partly, unmet, other (a standing), flag, past, mark,
    invented, code.
    """

    text: str
    bold: bool = False
    href: str = ""
    look: str = ""


Line = tuple[Span, ...]
Cell = tuple[Line, ...]
# Letters that a word and its code may have together: as many as fit the narrowest column that holds them.
TOGETHER = 21


def line(text: str, look: str = "") -> Line:
    """A line of one stretch."""
    return (Span(text, look=look),)


def cell(text: str, look: str = "") -> Cell:
    """A cell of one line."""
    return (line(text, look),)


def coded(text: str, code: str) -> Cell:
    """A cell of words with a code in brackets, which stays whole and with the last word.

    The space is part of the code: words that fill a line with a space behind break after the first of them.
    With a long last word the two would not fit a narrow column: then the code has a line of its own.
    """
    last = text.split()[-1:]
    if len(f"{''.join(last)} ({code})") > TOGETHER:
        return (line(text), (Span(f"({code})", look="code"),))
    return ((Span(text), Span(f" ({code})", look="code")),)


def plain(part: Line) -> str:
    """The words of a line."""
    return "".join(span.text for span in part)


@dataclass(frozen=True)
class Heading:
    """A heading within a part; level 1 stands right below the part's own."""

    text: str
    level: int = 1
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, numbered or not. Look: lede, note, flag; `leads` keeps it with what follows."""

    line: Line
    number: int | None = None
    look: str = ""
    leads: bool = False


class Point(NamedTuple):
    """A point of a list with the points below it."""

    line: Line
    below: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Points:
    """A list."""

    points: tuple[Point, ...]
    ordered: bool = False


class Row(NamedTuple):
    """A row of a table, whose first cell is its heading. Look: total, missing."""

    cells: tuple[Cell, ...]
    look: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its name in the rail, its title and what its numbers are."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    number: str = ""
    unit: str = ""
    numeric: frozenset[int] = frozenset()
    # small, keyed (row heads stand out), coded (the first column is short), particulars (large)
    looks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Figure:
    """A chart with its name, its title and its message in words."""

    number: int
    caption: str
    unit: str
    chart: Chart
    words: str


class Tile(NamedTuple):
    """A headline figure: the number, what it is, last year's; the mark leads to its definition."""

    big: str
    of: str
    what: str
    how: str
    mark: str


@dataclass(frozen=True)
class Tiles:
    """The headline figures."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Box:
    """Something set apart. Look: approval, blockers, hash."""

    title: str
    paragraphs: tuple[Line, ...]
    points: tuple[Point, ...] = ()
    groups: tuple[str, ...] = ()
    look: str = ""


class Entry(NamedTuple):
    """A line of the contents list."""

    number: str
    title: str
    anchor: str
    gap: bool = False


@dataclass(frozen=True)
class Contents:
    """The contents list."""

    entries: tuple[Entry, ...]


Block = Heading | Paragraph | Points | Table | Figure | Tiles | Box | Contents


@dataclass(frozen=True)
class Part:
    """A part of the document under a heading of its own; without a title it belongs to the part before."""

    anchor: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    # Begins a page on paper.
    fresh: bool = False
    look: str = ""


@dataclass(frozen=True)
class Document:
    """A whole document in the order in which it is read."""

    title: str
    parts: tuple[Part, ...]
    cover: bool


def texts(block: Block) -> Iterable[str]:  # noqa: C901  (one case for each kind of piece)
    """Everything that a block says, piece by piece, in the order in which it is read."""
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield plain(block.line)
        case Points():
            for point in block.points:
                yield plain(point.line)
                yield from map(plain, point.below)
        case Table():
            yield from (block.caption, block.unit, *block.heads)
            for row in block.rows:
                yield from (plain(part) for one in row.cells for part in one)
        case Figure():
            yield from (block.caption, block.unit, *block.chart.words, block.words)
        case Tiles():
            for tile in block.tiles:
                yield from tile
        case Box():
            yield block.title
            yield from (plain(part) for part in (*block.paragraphs, *(point.line for point in block.points)))
        case Contents():
            yield from (entry.title for entry in block.entries)
