"""What changed since last year: figures, standings and words, and the annex that prints them."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from reports import narrative
from reports.statement.blocks import (
    Block,
    Heading,
    Paragraph,
    Point,
    Points,
    Row,
    Table,
    cell,
    coded,
    line,
    texts,
)
from reports.statement.model import (
    Figure,
    Section,
    SinceLastYear,
    Standing,
    StandingChange,
    Statement,
    TextChange,
)
from reports.statement.record_tables import SMALL
from reports.statement.wording import STANDINGS

ANOTHER_EDITION = "Last year was measured against another edition, so standings are not compared."
NOT_SIGNED = "No statement was signed for the period before, so there are no words to compare with."
ANOTHER_LAYOUT = "Last year’s statement is in the other layout, so its words are not compared."


def since_last_year(
    standings: Mapping[str, Standing] | None, last: Statement | None, now: Statement
) -> SinceLastYear:
    """What differs from the year before, and what cannot be compared.

    `standings` are last year's by code, None where another edition was used; `last` is the statement that was
    signed, None where there is none. Raises narrative.Unfit.
    """
    notes: list[str] = []
    written: tuple[TextChange, ...] = ()
    if standings is None:
        notes.append(ANOTHER_EDITION)
    if last is None:
        notes.append(NOT_SIGNED)
    elif last.layout != now.layout:
        notes.append(ANOTHER_LAYOUT)
    else:
        written = tuple(changed_words(last, now))
    return SinceLastYear(notes=tuple(notes), standings=changed_standings(standings or {}, now), texts=written)


def changed_standings(before: Mapping[str, Standing], now: Statement) -> tuple[StandingChange, ...]:
    """Every requirement that stands otherwise than last year, in the order of the framework."""
    return tuple(
        StandingChange(code=row.code, title=row.title, before=before[row.code], after=row.standing)
        for row in now.requirements
        if row.code in before and before[row.code] != row.standing
    )


def changed_words(last: Statement, now: Statement) -> Iterator[TextChange]:
    """Every section whose words differ, with the paragraphs that were taken out and that are new."""
    earlier = {row.key: row for row in last.sections}
    for row in now.sections:
        was, is_now = pieces(earlier.get(row.key)), pieces(row)
        out, new = [], []
        for kind, a, b, c, d in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
            if kind != "equal":
                out += was[a:b]
                new += is_now[c:d]
        if out or new:
            yield TextChange(number=row.number, title=row.title, taken_out=tuple(out), added=tuple(new))


def pieces(section: Section | None) -> list[str]:
    """The words of a section piece by piece, without their formatting."""
    found = narrative.blocks(section.text) if section else ()
    return [text for block in found for text in texts(block) if text]


def changed_figures(statement: Statement) -> list[Figure]:
    """Figures that differ from last year's, or had none."""
    return [row for row in statement.figures if row.previous is None or row.previous != row.value]


def annex(statement: Statement, since: SinceLastYear) -> Iterator[Block]:
    """The annex: figures, standings and words that changed, each with what is not compared."""
    for note in since.notes:
        yield Paragraph(line(note))
    yield from figures(statement)
    rows = [
        Row((coded(row.title, row.code), *(cell(STANDINGS[one][1]) for one in (row.before, row.after))))
        for row in since.standings
    ]
    if rows:
        heads = ("Requirement", "Last year", "This year")
        yield Table("Requirements that stand otherwise", heads, tuple(rows), (56, 22, 22), looks=SMALL)
    else:
        yield Paragraph(line("No requirement that can be compared stands otherwise than last year."))
    for text in since.texts:
        yield Heading(f"Words of {text.number} {text.title}")
        for told, parts in (("Taken out:", text.taken_out), ("New:", text.added)):
            if parts:
                yield Paragraph(line(told), leads=True)
                yield Points(tuple(Point(line(part)) for part in parts))


def figures(statement: Statement) -> Iterator[Block]:
    """The figures that changed; the others by their number."""
    rows = [
        Row(
            (
                cell(f"{statement.mark(row.key)} {row.title}"),
                cell(row.previous.text if row.previous else "none"),
                cell(row.value.text),
            )
        )
        for row in changed_figures(statement)
    ]
    same = len(statement.figures) - len(rows)
    if rows:
        heads = ("Figure", "Last year", "This year")
        yield Table("Figures that changed", heads, tuple(rows), (56, 22, 22), looks=SMALL)
    yield Paragraph(line(f"{same} of {len(statement.figures)} figures are the same as last year."))
