"""What a statement of any version must print: each figure, table row, title and text that its data hold.

The words around them belong to the version that made the file, and may have been others.
"""

from collections.abc import Iterator
from typing import NamedTuple

from reports import narrative
from reports.pages import day, grouped, moment
from reports.statement import charts, record_tables, since, wording
from reports.statement.blocks import Table, plain, texts
from reports.statement.model import Figure, Section, Statement


class Claim(NamedTuple):
    """Something that must stand on the pages: its parts in this order, close together."""

    place: str
    parts: tuple[str, ...]


def claims(statement: Statement, fingerprint: str) -> Iterator[Claim]:
    """Everything that the data require on the pages; `fingerprint` is that of the data as attached."""
    yield Claim("the organisation and its period", (statement.organisation.name, wording.period(statement)))
    yield Claim("the summary", (statement.lede,))
    yield from summary(statement)
    for section in statement.sections:
        yield from of_section(statement, section)
    yield from formalities(statement, fingerprint)
    yield from annexes(statement)
    for row in statement.figures:
        yield in_glossary(statement, row)


def last_year(row: Figure) -> tuple[str, ...]:
    """Last year's value, where there is one."""
    return (f"last year {row.previous.text}",) if row.previous else ()


def summary(statement: Statement) -> Iterator[Claim]:
    """The headline figures, and how each commitment stands."""
    for key in statement.headlines:
        row = statement.figure(key)
        title = f"{row.title[:1].lower()}{row.title[1:]}"
        value = row.value
        last = (f"Last year {row.previous.text}",) if row.previous else ()
        if value.kind == "ratio":
            yield Claim(f"summary, {row.title}", (value.part.text, f"of {value.whole.text}", title, *last))
        else:
            yield Claim(f"summary, {row.title}", (value.text, row.title, *last))
    for one in statement.commitments:
        count = sum(row.commitment == one.number for row in statement.requirements)
        plural = "s" if " and " in one.number else ""
        last = (f"last year {one.previous.text}",) if one.previous else ()
        told = f"{count} requirement{'' if count == 1 else 's'}: {one.tally.text}"
        place, name = f"commitment {one.number}", f"Commitment{plural} {one.number}"
        yield Claim(place, (f"{name}: {one.title}", told, *last))
        yield Claim(f"{place}, in words", (f"{name}: {one.tally.text}", *last))
        drawn = (one.number, charts.shortened(one.short), one.tally.brief)
        yield Claim(f"{place}, drawn", (*drawn, one.previous.brief) if one.previous else drawn)


def of_section(statement: Statement, section: Section) -> Iterator[Claim]:
    """A section: its title, its words, its figures, its tables."""
    place = f"section {section.number}"
    if not is_printed(statement, section):
        return
    if section.text or section.key != "case_study":
        yield Claim(place, (section.number, section.title))
    for block in narrative.blocks(section.text):
        if isinstance(block, Table):
            yield Claim(place, block.heads)
            for row in block.rows:
                yield Claim(place, tuple(plain(one[0]) for one in row.cells))
        else:
            yield from (Claim(place, (text,)) for text in texts(block))
    for key in section.figures:
        figure = statement.figure(key)
        yield Claim(f"{place}, {figure.title}", (figure.title, figure.value.text, *last_year(figure)))
    for name in section.tables:
        yield from TABLES[name](statement) if name in TABLES else ()


def is_printed(statement: Statement, section: Section) -> bool:
    """Whether the layout has a place for a section: the RICS template has for 2 and 3."""
    return statement.layout == "government" or section.number[:1] in "23"


def approvals(statement: Statement) -> Iterator[Claim]:
    """Decisions by body and outcome."""
    for row in statement.approvals:
        cells = (f"{getattr(row, key):,}" for key in wording.OUTCOMES)
        yield Claim(f"approvals of {row.body}", (row.body, *cells))
    if statement.approvals:
        for key, title in wording.OUTCOMES.items():
            number = sum(getattr(row, key) for row in statement.approvals)
            yield Claim(f"approvals by outcome, {title}", (title, f"{number:,}"))


def publication(statement: Statement) -> Iterator[Claim]:
    """How long results took."""
    weeks = record_tables.weeks_to_publication(record_tables.ended_in_period(statement))
    for name, number in charts.by_weeks(weeks) if weeks else ():
        yield Claim(f"publication after {name} weeks", (f"{number:,}", name))


def misconduct(statement: Statement) -> Iterator[Claim]:
    """Table 3B."""
    found = statement.misconduct
    for row in (*found.local_rows, *found.rows, found.total):
        cells = (row.reported.text, row.formal.text, row.upheld_part.text, row.upheld_full.text)
        yield Claim(f"table 3B, {row.label}", (row.label, *cells))
    numbers = (found.cases_reported.text, found.cases_completed.text)
    yield Claim("cases", (wording.NIL,) if found.nil else ("Cases reported in the period", *numbers))
    yield Claim("questionable practices", ("counted apart", found.questionable_practices.text))


def promises(statement: Statement) -> Iterator[Claim]:
    """What was promised last year."""
    for row in statement.promises:
        parts = (
            f"{row.title} ({row.code})",
            wording.promised(row),
            wording.PROMISES[row.state],
            wording.became(row),
        )
        yield Claim(f"promise of last year, {row.title}", parts)


def shortfalls(statement: Statement) -> Iterator[Claim]:
    """What is not met, and what will be done."""
    for row in statement.requirements:
        if row.standing in ("not_met", "partly_met"):
            standing = wording.STANDINGS[row.standing][1]
            parts = (f"{row.title} ({row.code})", standing, row.note or "not provided", wording.remedy(row))
            yield Claim(f"what is not met, {row.title}", parts)


TABLES = {
    "approvals": approvals,
    "misconduct": misconduct,
    "promises": promises,
    "publication": publication,
    "standing": shortfalls,
}


def formalities(statement: Statement, fingerprint: str) -> Iterator[Claim]:
    """Who approved and signed it, whom to write to, what it replaces, its fingerprint."""
    found, by = statement.approval, statement.signature
    if found:
        yield Claim(
            "the approval", (f"Approved by {found.body} on {day(found.approved_on)}, minute {found.minute}",)
        )
    if by:
        yield Claim("the signature", (f"Signed by {by.name}", by.post, day(by.signed_on)))
    for row in statement.contacts:
        yield Claim(f"the contact {row.post}", (row.person or "", row.post, row.email))
        if row.last_on:
            yield Claim(f"the last day of {row.person or row.post}", (f"until {day(row.last_on)}",))
    yield Claim("the moment of counting", (f"Figures are as recorded on {moment(statement.as_at)}",))
    yield Claim("the version", (statement.version,))
    if statement.chain:
        yield Claim("the audit trail", (f"event {statement.chain.seq}, {statement.chain.head[:16]}",))
    if statement.replaced:
        old = statement.replaced
        yield Claim(
            "the statement replaced", (old.version, f"signed on {day(old.signed_on)}", old.fingerprint)
        )
    if statement.replaces:
        yield Claim("the reason of the correction", (statement.replaces,))
    if statement.state == "final":
        yield Claim("the fingerprint", (" ".join(grouped(fingerprint)),))
    for text in statement.quality:
        yield Claim("counting", (text,))


def annexes(statement: Statement) -> Iterator[Claim]:
    """Organisations, register and requirements."""
    for row in statement.returns:
        parts = (row.organisation, row.senior_lead, row.first_contact, plain(wording.return_of(row)[0]))
        number = row.projects.text if row.state == "sent" else "not provided"
        yield Claim(f"Annex A, {row.organisation}", (*parts, number))
    if len(statement.projects) <= statement.annex_limit:
        for one in statement.projects:
            parts = (f"{one.title} ({one.reference})", one.ethics, one.protocol, one.results)
            yield Claim(f"Annex B, {one.reference}", parts)
    else:
        names = sorted({one.organisation for one in statement.projects})
        for name in names:
            held = sum(one.organisation == name for one in statement.projects)
            yield Claim(f"Annex B, {name}", (name, f"{held:,}"))
    for this in statement.requirements:
        standing = wording.STANDINGS[this.standing][1]
        yield Claim(f"Annex C, {this.code}", (wording.requirement(this), standing, wording.note_on(this)))
    yield from since_last_year(statement)


def since_last_year(statement: Statement) -> Iterator[Claim]:
    """What changed since last year, where that is printed."""
    found = statement.since
    if found is None:
        return
    for note in found.notes:
        yield Claim("Annex F", (note,))
    for row in since.changed_figures(statement):
        last = row.previous.text if row.previous else "none"
        yield Claim(f"Annex F, {row.title}", (f"{statement.mark(row.key)} {row.title}", last, row.value.text))
    for one in found.standings:
        words = (wording.STANDINGS[kind][1] for kind in (one.before, one.after))
        yield Claim(f"Annex F, {one.code}", (f"{one.title} ({one.code})", *words))
    for text in found.texts:
        for part in (*text.taken_out, *text.added):
            yield Claim(f"Annex F, {text.number} {text.title}", (part,))


def in_glossary(statement: Statement, row: Figure) -> Claim:
    """A figure with its definition."""
    last = row.previous.text if row.previous else "none"
    records = f"Records: {len(row.references):,}"
    parts = (statement.mark(row.key), row.title, row.definition, row.coverage, records, row.value.text, last)
    return Claim(f"Annex D, {row.title}", parts)
