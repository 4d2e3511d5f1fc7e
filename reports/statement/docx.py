"""Statement → .docx: the same headings, tables and figures, marked as a copy."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Made
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.pages import blocks, day, moment
from reports.statement import page
from reports.statement.model import Section, Statement
from reports.statement.tables import ANNEXES, TABLES, Table

COPY = "This is a copy. The statement itself is the web page and the PDF; where they differ, they hold."


def to_docx(statement: Statement) -> bytes:
    """The word-processor copy; the same statement always gives the same bytes."""
    made = Document()
    settings = made.core_properties
    settings.title = f"Annual statement on research integrity, {statement.organisation.name}"
    settings.author = statement.organisation.name
    settings.language = "en-GB"
    settings.created = settings.modified = statement.as_at.replace(tzinfo=None)
    made.add_heading("Annual statement on research integrity", 0)
    starts, ends = day(statement.period.starts_on), day(statement.period.ends_on)
    made.add_paragraph(f"{statement.organisation.name}, {starts} to {ends}. {statement.version}")
    made.add_paragraph(COPY)
    if statement.notice:
        made.add_paragraph(statement.notice)
    about(made, statement)
    made.add_heading("Summary", 1)
    made.add_paragraph(statement.lede)
    for section in statement.sections:
        section_of(made, statement, section)
    annexes(made, statement)
    return repeatable(made, statement.as_at)


def table(made: Made, content: Table) -> None:
    """A table with its caption above, whose first row is repeated on every page."""
    caption, heads, rows = content
    made.add_paragraph(caption, style="Caption")
    drawn = made.add_table(rows=1, cols=len(heads), style="Table Grid")
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    made.element.body.findall(qn("w:tbl"))[-1].find(qn("w:tr")).get_or_add_trPr().append(repeated)
    for cell, text in zip(drawn.rows[0].cells, heads, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(drawn.add_row().cells, row, strict=True):
            cell.text = text


def published(statement: Statement) -> str:
    """The day of publication, or why it is not named."""
    if statement.published_on:
        return day(statement.published_on)
    return page.PUBLISHED_LATER if statement.state == "final" else "Not yet published"


def about(made: Made, statement: Statement) -> None:
    """Who, which period, which edition, who approved, whom to write to."""
    approval, signature = statement.approval, statement.signature
    rows = [
        ("Organisation", f"{statement.organisation.name}, {statement.organisation.type}"),
        ("Measured against", f"{statement.edition.title}, {statement.edition.edition} edition"),
        (
            "Approved by",
            f"{approval.body}, {day(approval.approved_on)}, minute {approval.minute}"
            if approval
            else "Not yet approved",
        ),
        ("Signed by", f"{signature.name}, {day(signature.signed_on)}" if signature else "Not yet signed"),
        ("Published", published(statement)),
        ("Web version", statement.address or "none"),
        ("Last year", statement.previous.address if statement.previous else "No previous statement"),
    ]
    for role, label in page.CONTACTS.items():
        named = [row for row in statement.contacts if row.role == role]
        who = "; ".join(", ".join(filter(None, (row.person, row.post, row.email))) for row in named)
        rows.append((label, who or "Vacant"))
    made.add_heading("About this statement", 1)
    table(made, Table("Particulars", ("Question", "Answer"), rows))


def section_of(made: Made, statement: Statement, section: Section) -> None:
    """One section: its words, its figures, its tables."""
    made.add_heading(f"{section.number} {section.title}", 1)
    for kind, items in blocks(section.text):
        for item in items:
            made.add_paragraph(item, style="List Bullet" if kind == "list" else None)
    for key in section.figures:
        figure = statement.figure(key)
        last = f" (last year {figure.previous.text})" if figure.previous else ""
        made.add_paragraph(f"{figure.title}: {figure.value.text}{last}.")
    if "misconduct" in section.tables:
        cases = statement.misconduct
        made.add_paragraph(
            f"Cases reported: {cases.cases_reported.text}. Cases completed: {cases.cases_completed.text}. "
            f"Questionable research practices, counted apart: {cases.questionable_practices.text}."
        )
    for name in section.tables:
        content = TABLES[name](statement) if name in TABLES else None
        if content and content.rows:
            table(made, content)


def annexes(made: Made, statement: Statement) -> None:
    """Returns, register, requirements, glossary, notes."""
    for title, make in ANNEXES.items():
        made.add_heading(title, 1)
        table(made, make(statement))
    made.add_heading("Annex E: counting and verification", 1)
    made.add_paragraph(f"Figures are as recorded on {moment(statement.as_at)}.")
    for text in statement.quality:
        made.add_paragraph(text)


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
