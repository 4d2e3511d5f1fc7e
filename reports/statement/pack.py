"""The board pack: agenda, statement, exceptions, changes since the last meeting, comments, decision sheet."""

from collections.abc import Iterator
from datetime import date

from reports import letters
from reports.pages import day, grouped
from reports.statement import wording
from reports.statement.blocks import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Part,
    Point,
    Points,
    Row,
    Table,
    cell,
    line,
)
from reports.statement.count import Number, Strict
from reports.statement.document import document, listed
from reports.statement.model import Statement, Words, fingerprint, to_json
from reports.statement.page import printable, templates
from reports.statement.record_tables import SMALL

# Figures whose every record is an exception.
TROUBLES = ("fieldwork_without_decision", "conditions_open")
BLANK = "To be written in"


class Warned(Strict):
    """A warning that somebody acknowledged, and why the statement may go on."""

    message: Words
    reason: Words
    said_by: Words


class Changed(Strict):
    """A place where the statement differs from what was before the board the last time."""

    place: Words
    before: str
    after: str


class Remark(Strict):
    """A comment on a section with its answers."""

    section: Words
    said_by: Words
    said_on: date
    text: Words
    settled: bool
    answers: tuple[str, ...] = ()


class LastTime(Strict):
    """The last meeting at which the board had the statement, what it said, and what differs since."""

    meeting_on: date
    said: Words
    changes: tuple[Changed, ...]


class Pack(Strict):
    """Everything that the governing body needs to decide on a statement."""

    statement: Statement
    meeting_on: date
    submitted_by: Words
    submitted_on: date
    warnings: tuple[Warned, ...] = ()
    last: LastTime | None = None
    remarks: tuple[Remark, ...] = ()


def to_print(pack: Pack) -> str:
    """The HTML that becomes the PDF of the pack. Raises document.Unprintable."""
    made = composed(pack)
    page = templates().get_template("statement/pack.html")
    html = page.render(s=pack.statement, pack=pack, document=made, period=wording.period(pack.statement))
    return printable(html, lambda: made)


def composed(pack: Pack) -> Document:
    """The items of the agenda in their order; the statement's own parts stand below the first."""
    intro = (
        f"As {pack.submitted_by} sent it to the board on {day(pack.submitted_on)}, word for word. What the "
        "board decides binds to exactly this."
    )
    own = tuple(row for row in document(pack.statement).parts if row.look != "contents")
    items = (
        Part("item1", "", "Item 1. The statement", (Paragraph(line(intro)),)),
        Part("item2", "", "Item 2. Exceptions", tuple(exceptions(pack)), fresh=True),
        Part("item3", "", "Item 3. Changes since the last meeting", tuple(changes(pack))),
        Part("item4", "", "Item 4. Comments", tuple(comments(pack))),
        Part("item5", "", "Item 5. Decision sheet", tuple(decision(pack)), fresh=True),
    )
    agenda = Part("agenda", "", "Agenda", (listed(items),), look="contents")
    return Document("Board pack", (agenda, items[0], *own, *items[1:]), cover=False)


def legible(text: str) -> str:
    """What somebody wrote, a letter that no font of ours has as its number: a pack is not refused for it."""
    strange = letters.strange(text)
    return text.translate({ord(one): f"[U+{ord(one):04X}]" for one in strange}) if strange else text


def told(text: str) -> Cell:
    """A cell with what somebody wrote."""
    return cell(legible(text))


def exceptions(pack: Pack) -> Iterator[Block]:
    """What went wrong, from the statement itself, and the warnings that were acknowledged."""
    statement = pack.statement
    points = [Point(line(legible(text))) for text in troubles(statement)]
    if points:
        yield Points(tuple(points))
    else:
        yield Paragraph(
            line("Every requirement that applies is met, every return is in, no deadline is past.")
        )
    yield Heading("Warnings that were acknowledged")
    if not pack.warnings:
        yield Paragraph(line("There was no warning to acknowledge."))
        return
    rows = [Row((told(row.message), told(f"{row.reason} ({row.said_by})"))) for row in pack.warnings]
    heads = ("Warning", "Why the statement may go on")
    yield Table("Warnings with their reasons", heads, tuple(rows), (50, 50), looks=SMALL)


def troubles(statement: Statement) -> Iterator[str]:
    """Each exception in a sentence: missing returns, what is past or missing, shortfalls, numbers by hand."""
    missing = [row.organisation for row in statement.returns if row.state == "missing"]
    if missing:
        yield f"No return from {', '.join(missing)}: what is missing there is not counted as zero."
    for row in statement.figures:
        if row.key in TROUBLES and isinstance(row.value, Number) and row.value.value:
            yield f"{row.title}: {row.value.text} ({', '.join(row.counted) or 'no records named'})."
        if row.override:
            yield f"{row.title}: {row.value.text}. {row.remark}"
    for one in statement.requirements:
        if one.standing in ("not_met", "not_assessed"):
            name = wording.STANDINGS[one.standing][1]
            yield f"{name}: {one.title} ({one.code}). {wording.remedy(one)}".strip()
    for promise in statement.promises:
        if promise.state in ("not_begun", "dropped"):
            state = wording.PROMISES[promise.state].lower()
            yield f"Promised last year, {state}: {promise.title} ({promise.code})."


def changes(pack: Pack) -> Iterator[Block]:
    """What differs from what the board had the last time, and what it said then."""
    last = pack.last
    if last is None:
        yield Paragraph(line("The statement is before the board for the first time."))
        return
    yield Paragraph(line(f"Before the board on {day(last.meeting_on)}. {legible(last.said)}"))
    if not last.changes:
        yield Paragraph(line("Nothing differs since."))
        return
    rows = [Row((told(row.place), told(row.before), told(row.after))) for row in last.changes]
    yield Table("Places that differ", ("Place", "Then", "Now"), tuple(rows), (24, 38, 38), looks=SMALL)


def comments(pack: Pack) -> Iterator[Block]:
    """What was said about sections, the open ones first."""
    if not pack.remarks:
        yield Paragraph(line("Nobody has commented on a section."))
        return
    rows = []
    for row in sorted(pack.remarks, key=lambda one: one.settled):
        said = f"{row.said_by}, {day(row.said_on)}: {row.text}"
        state = cell("Settled") if row.settled else cell("Open", "flag")
        rows.append(
            Row((told(row.section), tuple(line(legible(one)) for one in (said, *row.answers)), state))
        )
    heads = ("Section", "What was said", "State")
    yield Table("Comments on sections", heads, tuple(rows), (26, 58, 16), looks=SMALL)


def decision(pack: Pack) -> Iterator[Block]:
    """What the board decides, and the places to write it in."""
    statement = pack.statement
    rows = (
        ("Statement", f"{statement.reference}, {statement.organisation.name}, {wording.period(statement)}"),
        ("Fingerprint of what is decided on", " ".join(grouped(fingerprint(to_json(statement))))),
        ("Meeting", day(pack.meeting_on)),
        ("Governing body", statement.organisation.governing_body or BLANK),
        ("Decision", "Approved / sent back / put off (strike out what does not apply)"),
        ("What has to change, if it is sent back", BLANK),
        ("Minute", BLANK),
        ("Interests declared", BLANK),
        ("Chair: name, signature, date", BLANK),
    )
    drawn = tuple(
        Row((cell(label), told(answer)), "writing" if answer == BLANK else "") for label, answer in rows
    )
    looks = frozenset({"keyed", "particulars"})
    yield Table("Decision of the governing body", ("Question", "Answer"), drawn, (34, 66), looks=looks)
    yield Paragraph(
        line("Who drafted the statement does not approve it. The decision is then recorded in the service."),
        look="note",
    )
