"""What stands before the sections: whose statement it is, the template's contacts, the summary, the key."""

from collections.abc import Iterator
from datetime import date

from reports.pages import day
from reports.statement import charts, wording
from reports.statement.blocks import (
    Block,
    Box,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Part,
    Point,
    Row,
    Table,
    Tile,
    Tiles,
    cell,
    line,
)
from reports.statement.model import Figure as Counted
from reports.statement.model import Statement
from reports.statement.record_tables import Numbering

LISTED = 7
KEYED = frozenset({"keyed"})
ELSEWHERE = (
    "The web page holds everything this file holds, and is easier to enlarge and to listen to. The "
    "statement as data, its figures and its registers come with it."
)
UNJUDGED = ("Not assessed", "other", "Nobody has judged the requirement, or confirmed last year’s answer.")
KEY = (
    (
        "Met",
        "met",
        "The organisation judged that the requirement was met. Documents alone do not make it met.",
    ),
    (
        "Partly met",
        "partly",
        "Part of the requirement fell short. The table of shortfalls says what, and by when it is mended.",
    ),
    (
        "Not met",
        "unmet",
        "The requirement was not met. The table of shortfalls says what will be done, and by when.",
    ),
    ("Mark such as F3", "", "A small mark after a figure leads to its definition in Annex D."),
    ("0", "", "Counted, and there were none."),
    ("not provided", "", "Nobody sent the figure. It is never treated as 0."),
    ("withheld", "", "Kept back because somebody could be recognised."),
)


def blockers(statement: Statement) -> Iterator[Block]:
    """What a draft says of itself."""
    if statement.state != "draft":
        return
    stops = statement.blockers
    points = [Point(line(text)) for text in stops[:LISTED]]
    if len(stops) > LISTED:
        points.append(Point(line(f"and {len(stops) - LISTED} more, on the page of the draft")))
    told = (
        f"{len(stops)} {'thing stands' if len(stops) == 1 else 'things stand'} in the way of signing."
        if stops
        else "Nothing stands in the way of signing. Figures are not frozen until then."
    )
    yield Box("This is a draft", (line(told),), tuple(points), look="blockers")


def approved(statement: Statement) -> Cell:
    """Who approved it, when, under which minute."""
    found = statement.approval
    if found is None:
        return wording.unsaid(statement, "Not yet approved")
    return cell(f"{found.body}, {day(found.approved_on)}, minute {found.minute}")


def signed(statement: Statement) -> Cell:
    """Who signed it, when."""
    found = statement.signature
    if found is None:
        return wording.unsaid(statement, "Not yet signed")
    return cell(", ".join(text for text in (found.name, found.post, day(found.signed_on)) if text))


def version(statement: Statement) -> Cell:
    """Which version it is, and why another one became necessary where no row says which that replaces."""
    reason = statement.replaces if statement.replaces and not statement.replaced else ""
    return cell(f"{statement.version}. {reason}".strip())


def elsewhere(statement: Statement) -> list[tuple[str, Cell]]:
    """Where to read it, its data and the statement before it."""
    address = (wording.address(statement.address),) if statement.address else ()
    last = statement.previous
    rows = [
        ("Web version", (*address, line(ELSEWHERE))),
        (
            "Last year",
            (wording.address(last.address, last.title),)
            if last
            else cell("No previous statement in this service"),
        ),
    ]
    if statement.replaced:
        rows.insert(0, ("It replaces", wording.replaced(statement.replaced, statement.replaces or "")))
    return rows


def about(statement: Statement, published_on: date | None) -> Part:
    """Who, which period, which edition, who approved, whom to write to."""
    page = statement.organisation.integrity_page
    rows = [
        ("Organisation", cell(f"{statement.organisation.name}, {statement.organisation.type}")),
        ("Period", cell(wording.period(statement))),
        ("Measured against", cell(wording.edition(statement))),
        ("Approved by", approved(statement)),
        ("Signed by", signed(statement)),
        ("Published", wording.published(statement, published_on)),
        ("Version", version(statement)),
        *((label, wording.contacts(statement, role)) for role, label in wording.CONTACTS.items()),
        ("Integrity page", (wording.address(page),) if page else cell("not provided")),
        *elsewhere(statement),
    ]
    # Smaller in a draft, so that what stands in its way and the particulars share a page.
    looks = {"keyed", "particulars", *(["small"] if statement.state == "draft" else [])}
    particulars = table("Particulars of this statement", rows, (24, 76), looks)
    return Part("about", "", "About this statement", (*blockers(statement), particulars), fresh=True)


def table(caption: str, rows: list[tuple[str, Cell]], widths: tuple[int, int], looks: set[str]) -> Table:
    """Questions with their answers."""
    drawn = tuple(Row((cell(label), answer)) for label, answer in rows)
    return Table(caption, ("Question", "Answer"), drawn, widths, looks=frozenset(looks))


def contact_sheet(statement: Statement, published_on: date | None) -> tuple[Block, ...]:
    """Fields 1A to 1F of the RICS template as labelled, then what it does not ask for."""
    rest = [
        ("Confidential liaison", wording.contacts(statement, "confidential_liaison")),
        ("Reporting period", cell(wording.period(statement))),
        ("Edition", cell(wording.edition(statement))),
        ("Published", wording.published(statement, published_on)),
        ("Version", version(statement)),
        ("Signed", signed(statement)),
        *elsewhere(statement),
    ]
    more = table("More about this statement", rest, (36, 64), {"keyed"})
    return (asked(statement), Heading("Not asked by the template, and given here"), more)


def asked(statement: Statement) -> Table:
    """Fields 1A to 1F of the RICS template, as labelled."""
    found = statement.approval
    on = f"{found.approved_on:%d/%m/%y}. {found.body}, minute {found.minute}" if found else ""
    page = statement.organisation.integrity_page
    fields = (
        ("Name of organisation", cell(statement.organisation.name)),
        ("Type of organisation", cell(wording.type_of(statement))),
        (
            "Date statement approved by governing body (DD/MM/YY)",
            cell(on) if on else wording.unsaid(statement, "Not yet approved"),
        ),
        (
            "Web address of organisation’s research integrity page (if applicable)",
            (wording.address(page),) if page else cell("not provided"),
        ),
        (
            "Named senior member of staff to oversee research integrity",
            wording.contacts(statement, "senior_lead", since=True),
        ),
        (
            "Named member of staff who will act as a first point of contact",
            wording.contacts(statement, "first_contact", since=True),
        ),
    )
    codes = ("1A", "1B", "1C", "1D", "1E", "1F")
    rows = tuple(
        Row((cell(code), cell(label), answer)) for code, (label, answer) in zip(codes, fields, strict=True)
    )
    looks = frozenset({"keyed", "coded"})
    return Table("Key contact information", ("Field", "Question", "Response"), rows, (9, 36, 55), looks=looks)


def key(statement: Statement) -> tuple[Block, ...]:
    """How to read the statement; the sign of what is not assessed stands there where one is."""
    unjudged = any(row.standing == "not_assessed" for row in statement.requirements)
    signs = (*KEY[:3], *((UNJUDGED,) if unjudged else ()), *KEY[3:])
    rows = tuple(Row((cell(name, look), cell(text))) for name, look, text in signs)
    return (
        Heading("How to read this statement"),
        Table(
            "Signs and words of this statement", ("Sign", "Meaning"), rows, (24, 76), looks=KEYED | {"small"}
        ),
    )


def tile(statement: Statement, figure: Counted) -> Tile:
    """A headline figure; a ratio never without what it is out of."""
    value, title = figure.value, figure.title
    last = f"Last year {figure.previous.text}." if figure.previous else "No previous year."
    last = f"{last} {figure.remark}".rstrip()
    mark = statement.mark(figure.key)
    if value.kind == "ratio":
        return Tile(
            value.part.text, f"of {value.whole.text}:", f"{title[:1].lower()}{title[1:]}.", last, mark
        )
    return Tile(value.text, "", f"{title}.", last, mark)


def summary(statement: Statement, numbers: Numbering) -> Part:
    """The year in short: the worst news, six figures, one chart."""
    rows = statement.commitments
    compared = any(row.previous for row in rows)
    words = " ".join(
        f"Commitment{'s' if ' and ' in row.number else ''} {row.number}: {row.tally.text}"
        f"{'; last year ' + row.previous.text if row.previous else ''}."
        for row in rows
    )
    blocks: list[Block] = [Paragraph(line(statement.lede), look="lede")]
    if statement.headlines:
        blocks.append(Tiles(tuple(tile(statement, statement.figure(name)) for name in statement.headlines)))
    if rows:
        unit = f"Number of requirements on {statement.edition.binds}, {len(statement.requirements):,} in all"
        title = f"Standing by commitment{', this year and last' if compared else ''}"
        blocks.append(Figure(next(numbers.figures), title, unit, charts.standing(rows), words))
    return Part("summary", "", "Summary", tuple(blocks), fresh=True, look="summary")
