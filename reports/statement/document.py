"""A statement as one document in its layout: the same parts for paper, page and copy."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reports import narrative
from reports.statement import front, wording
from reports.statement.annexes import annexes, approval
from reports.statement.blocks import (
    Block,
    Contents,
    Document,
    Entry,
    Heading,
    Paragraph,
    Part,
    Span,
    Table,
    line,
)
from reports.statement.model import Figure as Counted
from reports.statement.model import Section, Statement
from reports.statement.record_tables import Numbering, from_records

PROMOTING = "Promoting high standards of research integrity and positive research culture"


class Unprintable(Exception):
    """A section holds what no document can show; the message names it and says what to do."""


def document(statement: Statement, published_on: date | None = None) -> Document:
    """The whole document, with the day of publication where the page that shows it knows one.

    Raises Unprintable.
    """
    made = rics if statement.layout == "rics" else government
    return made(statement, published_on or statement.published_on)


def government(statement: Statement, published_on: date | None) -> Document:
    """Introduction and areas, numbered paragraphs, annexes; a cover in front."""
    numbers = Numbering()
    summary = front.summary(statement, numbers)
    sections = tuple(
        Part(
            f"s{section.number}",
            section.number,
            section.title,
            tuple(content(statement, section, numbers)),
            fresh=place == 0,
        )
        for place, section in enumerate(statement.sections)
    )
    rest = (summary, *sections, approval(statement), *annexes(statement, numbers))
    contents = Part(
        "contents", "", "Contents", (listed(rest), *front.key(statement)), fresh=True, look="contents"
    )
    return Document(title(statement), (front.about(statement, published_on), contents, *rest), cover=True)


def rics(statement: Statement, published_on: date | None) -> Document:
    """The three sections of the RICS template as labelled; contents, summary and annexes around them."""
    numbers = Numbering()
    summary = front.summary(statement, numbers)
    contacts = (*front.contact_sheet(statement, published_on), *front.key(statement))
    sheet = Part("r1", "1", "Key contact information", contacts, fresh=True)
    rest = (
        summary,
        sheet,
        Part("r2", "2", PROMOTING, tuple(headed(statement, "2", numbers))),
        Part("r3", "3", "Addressing research misconduct", tuple(headed(statement, "3", numbers))),
        approval(statement),
        *annexes(statement, numbers),
    )
    draft = Part("draft", "", "", tuple(front.blockers(statement)))
    contents = Part("contents", "", "Contents", (listed(rest),), look="contents")
    return Document(title(statement), (draft, contents, *rest), cover=False)


def title(statement: Statement) -> str:
    """What the document is called."""
    return (
        f"Annual statement on research integrity, {statement.organisation.name}, {wording.period(statement)}"
    )


def listed(parts: tuple[Part, ...]) -> Contents:
    """The contents list: every part that has a title; a gap before the annexes."""
    return Contents(
        tuple(
            Entry(part.number, part.title, part.anchor, gap=part.anchor == "aA")
            for part in parts
            if part.title
        )
    )


def headed(statement: Statement, number: str, numbers: Numbering) -> Iterator[Block]:
    """The sections of a part of the RICS template; an empty case study is left out."""
    for section in statement.sections:
        if section.number.startswith(number) and (section.text or section.key != "case_study"):
            yield Heading(f"{section.number} {section.title}", anchor=f"s-{section.key.replace('_', '-')}")
            yield from content(statement, section, numbers, deeper=1)


def content(statement: Statement, section: Section, numbers: Numbering, deeper: int = 0) -> Iterator[Block]:
    """A section: its words, its figures, its tables. Raises Unprintable."""
    yield from written(section, numbers, deeper)
    if not section.text.strip() and needs_words(statement, section):
        yield Paragraph(line("This section has no text yet."), look="flag")
    if section.figures:
        yield figures(statement, section, numbers)
    for name in section.tables:
        yield from from_records(name, statement, numbers)


def written(section: Section, numbers: Numbering, deeper: int) -> Iterator[Block]:
    """The words of a section, its paragraphs numbered. Raises Unprintable."""
    try:
        blocks = narrative.blocks(section.text)
    except narrative.Unfit as fault:
        raise Unprintable(f"Section {section.number}, {section.title}: {fault}") from fault
    for block in blocks:
        match block:
            case Paragraph():
                yield replace(block, number=next(numbers.paragraphs))
            case Heading():
                yield replace(block, level=block.level + deeper)
            case Table():
                yield replace(block, caption=f"Given in section {section.number}", number=numbers.table())
            case _:
                yield block


def needs_words(statement: Statement, section: Section) -> bool:
    """Whether an empty section is worth a remark: table 3B speaks for itself."""
    if statement.layout == "rics" and "misconduct" in section.tables:
        return False
    return statement.state == "draft" or not (section.figures or section.tables)


def said(figure: Counted) -> str:
    """What must be said beside a figure that was entered by hand."""
    return f" {figure.remark}" if figure.remark else ""


def figures(statement: Statement, section: Section, numbers: Numbering) -> Paragraph:
    """The figures of a section, each with its mark and last year's."""
    spans: list[Span] = []
    for name in section.figures:
        row, mark = statement.figure(name), statement.mark(name)
        last = f" (last year {row.previous.text})" if row.previous else ""
        spans.append(Span(f"{' ' if spans else ''}{row.title}: {row.value.text}"))
        spans += [Span(mark, href=f"#f{mark[1:]}", look="mark"), Span(f"{last}.{said(row)}")]
    return Paragraph(tuple(spans), next(numbers.paragraphs))
