"""Every total and ratio, counted again from the records in the data."""

from collections import Counter
from collections.abc import Iterator

from reports.statement.count import Count, NotProvided, Number, Ratio, Suppressed
from reports.statement.model import Figure, Statement, Tally
from reports.statement.wording import OUTCOMES

COLUMNS = {
    "reported": "reported",
    "formal": "formal investigations",
    "upheld_part": "upheld in part",
    "upheld_full": "upheld in full",
}
# Figures that count projects: every reference must stand in the register.
OF_PROJECTS = frozenset(
    {
        "projects_in_scope",
        "ethics_before_start",
        "protocols_in_advance",
        "results_published",
        "fieldwork_without_decision",
        "ai_principles_rated",
    }
)


def sum_differences(statement: Statement) -> Iterator[str]:
    """Each number that is not what its records give."""
    for figure in statement.figures:
        yield from figure_differences(figure)
    yield from misconduct_differences(statement)
    yield from standing_differences(statement)
    yield from register_differences(statement)
    yield from decision_differences(statement)
    yield from since_differences(statement)
    yield from publication_differences(statement)
    yield from told("returns_received", statement, returns(statement))


def told(key: str, statement: Statement, counted: str) -> Iterator[str]:
    """A figure against what its table gives; a statement may leave a figure out."""
    for figure in statement.figures:
        if figure.key == key and figure.from_records.text != counted:
            yield f"figure {figure.title}: {figure.from_records.text}, its table gives {counted}"


def figure_differences(figure: Figure) -> Iterator[str]:
    """A figure against the lists of records beside it; cases are never listed."""
    if not set(figure.counted) <= set(figure.references):
        yield f"figure {figure.title}: it counts records that it is not out of"
    if not figure.references:
        return
    counted, whole = f"{len(figure.counted):,}", f"{len(figure.references):,}"
    given = f"{counted} of {whole}" if isinstance(figure.from_records, Ratio) else counted
    if isinstance(figure.from_records, (Ratio, Number)) and figure.from_records.text != given:
        yield f"figure {figure.title}: {figure.from_records.text}, its records give {given}"


def total_of(cells: list[Count]) -> Count | None:
    """The sum of a column; blank cells are no zeros, and a withheld cell leaves the sum open."""
    if any(isinstance(cell, Suppressed) for cell in cells):
        return None
    numbers = [cell.value for cell in cells if isinstance(cell, Number)]
    return Number(value=sum(numbers)) if numbers else NotProvided()


def misconduct_differences(statement: Statement) -> Iterator[str]:
    """The totals of table 3B, and what else repeats them."""
    table = statement.misconduct
    for name, title in COLUMNS.items():
        given = total_of([getattr(row, name) for row in table.rows])
        held = getattr(table.total, name)
        if given is not None and given.text != held.text:
            yield f"table 3B, {title}: the total is {held.text}, its rows give {given.text}"
    for row in table.rows:
        parts = [cell.value for cell in (row.upheld_part, row.upheld_full) if isinstance(cell, Number)]
        if isinstance(row.formal, Number) and sum(parts) > row.formal.value:
            yield f"table 3B, {row.label}: more upheld than formally investigated"
    yield from told("allegations_reported", statement, table.total.reported.text)
    yield from told("investigations_completed", statement, table.total.formal.text)


def standing_differences(statement: Statement) -> Iterator[str]:
    """The tallies of the commitments, and the figure of requirements met, from the requirements."""
    for row in statement.commitments:
        standings = Counter(one.standing for one in statement.requirements if one.commitment == row.number)
        given = Tally(**{str(key): number for key, number in standings.items()})
        if given != row.tally:
            yield f"commitment {row.number}: {row.tally.text}, its requirements give {given.text}"
    applies = [row for row in statement.requirements if row.standing != "not_applicable"]
    met = sum(row.standing == "met" for row in applies)
    yield from told("requirements_met", statement, f"{met:,} of {len(applies):,}")


def since_differences(statement: Statement) -> Iterator[str]:
    """What changed since last year against how the requirements stand now."""
    stands = {row.code: row.standing for row in statement.requirements}
    for row in statement.since.standings if statement.since else ():
        if stands.get(row.code) != row.after or row.before == row.after:
            yield f"Annex F, {row.code}: from {row.before} to {row.after}, the requirement stands otherwise"


def decision_differences(statement: Statement) -> Iterator[str]:
    """The table of approvals, cell by cell, from the decisions behind it; earlier snapshots list none."""
    if not statement.decisions:
        return
    days = statement.period
    for row in statement.decisions:
        if not days.starts_on <= row.decided_on <= days.ends_on:
            yield f"decision on {row.approval}: {row.decided_on} lies outside the period"
    given = Counter((row.body, str(row.outcome)) for row in statement.decisions)
    held = {(row.body, key): getattr(row, key) for row in statement.approvals for key in OUTCOMES}
    for body, outcome in sorted({*given, *held}):
        number, told = given[body, outcome], held.get((body, outcome), 0)
        if number != told:
            title = OUTCOMES[outcome].lower()
            yield f"approvals of {body}, {title}: {told}, the decisions behind it give {number}"


def publication_differences(statement: Statement) -> Iterator[str]:
    """The figure of published results, from the days in the register, where those are given."""
    days = statement.period
    ended = [
        row for row in statement.projects if row.ended_on and days.starts_on <= row.ended_on <= days.ends_on
    ]
    if ended:
        public = sum(row.results_on is not None for row in ended)
        yield from told("results_published", statement, f"{public:,} of {len(ended):,}")


def returns(statement: Statement) -> str:
    """Returns received, of those asked for."""
    states = Counter(row.state for row in statement.returns)
    return f"{states['sent']:,} of {states['sent'] + states['missing']:,}"


def register_differences(statement: Statement) -> Iterator[str]:
    """The register against the figures that name its projects and the numbers of each organisation."""
    listed = {row.reference for row in statement.projects}
    if len(listed) < len(statement.projects):
        yield "the register names a project twice"
    yield from told("projects_in_scope", statement, f"{len(listed):,}")
    for figure in statement.figures:
        strange = sorted(set(figure.references) - listed) if figure.key in OF_PROJECTS else []
        if strange:
            yield f"figure {figure.title}: not in the register: {', '.join(strange[:5])}"
    held = Counter(row.organisation for row in statement.projects)
    for row in statement.returns:
        number = held[row.organisation]
        if isinstance(row.projects, Number) and row.projects.value != number:
            yield f"Annex A, {row.organisation}: {row.projects.text} projects, the register has {number}"
