"""Statement → .docx: the same headings, paragraphs, tables and figures, marked as a copy."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Made
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Drawn

from reports.statement.blocks import (
    Block,
    Box,
    Cell,
    Figure,
    Heading,
    Line,
    Paragraph,
    Part,
    Points,
    Row,
    Span,
    Table,
    Tiles,
    cell,
    line,
)
from reports.statement.document import document
from reports.statement.model import Statement

COPY = "This is a copy. The statement itself is the web page and the PDF; where they differ, they hold."


def to_docx(statement: Statement) -> bytes:
    """The word-processor copy; the same bytes for the same statement. Raises document.Unprintable."""
    content, made = document(statement), Document()
    settings = made.core_properties
    settings.title, settings.author, settings.language = content.title, statement.organisation.name, "en-GB"
    settings.subject = COPY
    settings.created = settings.modified = statement.as_at.replace(tzinfo=None)
    made.sections[0].footer.paragraphs[0].text = f"Copy. {statement.version}. {statement.marking}".strip()
    made.add_heading(content.title, 0)
    for text in (COPY, statement.marking, statement.version, statement.notice):
        if text:
            made.add_paragraph(text)
    for part in content.parts:
        part_of(made, part)
    return repeatable(made, statement.as_at)


def part_of(made: Made, part: Part) -> None:
    """A part under its heading; the contents list, whose pages a word processor knows better, is left out."""
    if part.title and part.look != "contents":
        made.add_heading(f"{part.number} {part.title}".strip(), 1)
    for block in part.blocks:
        block_of(made, block)


def block_of(made: Made, block: Block) -> None:
    """One piece of the document."""
    match block:
        case Heading():
            made.add_heading(block.text, block.level + 1)
        case Paragraph():
            number = line(f"{block.number}. ") if block.number else ()
            write(made.add_paragraph(), (*number, *block.line))
        case Points():
            points(made, block)
        case Table():
            table(made, block)
        case Tiles():
            table(made, headlines(block))
        case Figure():
            figure(made, block)
        case Box():
            box(made, block)


def points(made: Made, block: Points) -> None:
    """A list and the lists below its points."""
    style = "List Number" if block.ordered else "List Bullet"
    for point in block.points:
        write(made.add_paragraph(style=style), point.line)
        for below in point.below:
            write(made.add_paragraph(style="List Bullet 2"), below)


def box(made: Made, block: Box) -> None:
    """What is set apart elsewhere, under a heading of its own."""
    made.add_heading(block.title, 2)
    if block.groups:
        made.add_paragraph(" ".join(block.groups))
    for one in block.paragraphs:
        write(made.add_paragraph(), one)
    for point in block.points:
        write(made.add_paragraph(style="List Bullet"), point.line)


def headlines(block: Tiles) -> Table:
    """The headline figures as a table."""
    rows = tuple(
        Row(
            (
                cell(f"{one.what[:1].upper()}{one.what[1:]}"),
                cell(f"{one.big} {one.of}".rstrip(": ")),
                cell(one.how),
            )
        )
        for one in block.tiles
    )
    return Table("Headline figures", ("Figure", "This year", "Last year"), rows, (50, 25, 25))


def figure(made: Made, block: Figure) -> None:
    """The data of a chart as a table, and its message in words."""
    rows = tuple(Row(tuple(cell(text) for text in row)) for row in block.chart.data)
    heads = block.chart.heads
    table(made, Table(block.caption, heads, rows, (), f"Figure {block.number}.", block.unit))
    made.add_paragraph(f"In words. {block.words}")


def table(made: Made, content: Table) -> None:
    """A table with its caption above, whose first row is repeated on every page."""
    unit = f". {content.unit}" if content.unit else ""
    made.add_paragraph(f"{content.number} {content.caption}{unit}".strip(), style="Caption")
    drawn = made.add_table(rows=1 + len(content.rows), cols=len(content.heads), style="Table Grid")
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    drawn.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001
    rows = ((tuple(cell(head) for head in content.heads)), *(row.cells for row in content.rows))
    # One list of all cells: asking the table for each of its rows is quadratic.
    places = iter(drawn._cells)  # noqa: SLF001
    for row in rows:
        for one in row:
            fill(next(places).paragraphs[0], one)


def fill(paragraph: Drawn, content: Cell) -> None:
    """The lines of a cell."""
    for place, one in enumerate(content):
        if place:
            paragraph.add_run().add_break()
        write(paragraph, one)


def write(paragraph: Drawn, content: Line) -> None:
    """Words with their weight and their links."""
    for span in content:
        if span.look == "mark":
            paragraph.add_run(f" {span.text}")
        elif span.href.startswith(("http", "mailto:")):
            link(paragraph, span)
        else:
            paragraph.add_run(span.text).bold = span.bold or None


def link(paragraph: Drawn, span: Span) -> None:
    """Words that lead somewhere."""
    drawn = OxmlElement("w:hyperlink")
    drawn.set(qn("r:id"), paragraph.part.relate_to(span.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(span.text)
    run.font.underline = True
    drawn.append(run._r)  # noqa: SLF001
    paragraph._p.append(drawn)  # noqa: SLF001


def repeatable(made: Made, dated: datetime) -> bytes:
    """The file with one date on each of its parts, whenever it is made."""
    first, last = BytesIO(), BytesIO()
    made.save(first)
    stamp = dated.timetuple()[:6]
    with ZipFile(first) as source, ZipFile(last, "w") as target:
        for name in sorted(source.namelist()):
            entry = ZipInfo(name, stamp)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return last.getvalue()
