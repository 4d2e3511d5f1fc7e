"""The headline figures: each a count with its change, and the address of exactly the records counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from compliance.board.heat import Row
from compliance.board.links import Links, To
from compliance.board.queries import Today
from compliance.board.shortfalls import Shortfall
from compliance.board.years import Year
from compliance.permissions import Permission
from compliance.rules.board import Change, Ratio, change
from compliance.rules.misconduct import Table
from compliance.terms import ReturnState


@dataclass(frozen=True)
class Figure:
    """One headline figure."""

    key: str
    label: str
    ratio: Ratio
    to: To | None = None
    change: Change | None = None
    note: str = ""
    # The other part of the whole, in words, and its records.
    rest: str = ""
    rest_to: To | None = None
    # What became of it since the last meeting, where one is recorded.
    since: str = ""


def decided(year: Year) -> Ratio:
    """Projects begun in the period with every binding decision on the day, of those begun."""
    return Ratio(year.decided, year.begun)


def in_advance(year: Year) -> Ratio:
    """Projects begun in the period with their protocol public before, of those begun."""
    return Ratio(year.in_advance, year.begun)


def published(year: Year) -> Ratio:
    """Projects ended in the period with results public by now, of those ended."""
    return Ratio(year.published, year.ended)


@dataclass(frozen=True)
class Measure:
    """A figure of a period: what it counts, which filter shows it and the rest, in which words."""

    show: str
    label: str
    ratio: Callable[[Year], Ratio]
    rest: str
    rest_words: str


MEASURES = (
    Measure(
        "decided-before-start",
        "Projects with every binding decision before fieldwork",
        decided,
        "decided-late",
        "without",
    ),
    Measure(
        "protocol-in-advance",
        "Projects with their protocol public before fieldwork",
        in_advance,
        "protocol-late",
        "not public before",
    ),
    Measure("published", "Ended projects with public results", published, "not-published", "not public yet"),
)


def of_period(now: Year, before: Year | None, links: Links) -> list[Figure]:
    """What is counted in the period, against the period before."""
    return [
        Figure(
            measure.show,
            measure.label,
            value := measure.ratio(now),
            links.projects_in_period(measure.show),
            change(value, measure.ratio(before) if before else None),
            rest=f"{value.rest:,} {measure.rest_words}",
            rest_to=links.projects_in_period(measure.rest),
        )
        for measure in MEASURES
    ]


def returned(rows: Sequence[Row]) -> Ratio:
    """Organisations whose return was received, of those asked."""
    return Ratio(sum(row.state is ReturnState.SENT for row in rows), len(rows))


def roles(rows: Sequence[Row]) -> Ratio:
    """Organisations with a senior lead and a first point of contact, of those asked and the one above."""
    return Ratio(sum(row.named for row in rows), len(rows))


def of_returns(now: Ratio, before: Ratio | None, links: Links, missing: int) -> Figure:
    """How many organisations returned data."""
    return Figure(
        "returned",
        "Organisations that returned data",
        now,
        links.organisations("returned"),
        change(now, before),
        rest=f"{missing:,} missing" if missing else f"{now.rest:,} not due yet",
        rest_to=links.organisations("not-returned"),
    )


def of_roles(now: Ratio, before: Ratio | None, links: Links) -> Figure:
    """How many organisations named both roles."""
    return Figure(
        "named",
        "Organisations with both roles named",
        now,
        links.organisations("named"),
        change(now, before),
        rest=f"{now.rest:,} with a vacancy",
        rest_to=links.organisations("vacant"),
    )


def of_shortfalls(found: Mapping[str, Sequence[Shortfall]], links: Links) -> list[Figure]:
    """What organisations do not meet with nothing to mend it, and what is late of what they said."""
    return [
        of_list(
            "without-action",
            "Requirements not met without an action",
            len(found["without-action"]),
            links.shortfalls,
        ),
        of_list("overdue", "Actions past their date", len(found["overdue"]), links.shortfalls),
    ]


def of_today(today: Today, alarms: int, links: Links) -> list[Figure]:
    """What is wrong or running out today."""
    late = "1 check in all" if today.checks_late == 1 else f"{today.checks_late:,} checks in all"
    lapsed, due = "Approvals with a condition past its date", "Evidence to review, late or within 30 days"
    return [
        Figure(
            "without-decision",
            "Projects in fieldwork without a binding decision",
            Ratio(alarms),
            links.projects("without-decision"),
            rest=f"of {today.fieldwork:,} in fieldwork",
            rest_to=links.projects("fieldwork"),
        ),
        of_list("conditions-late", lapsed, today.conditions_late, links.approvals),
        of_list("expiring", "Approvals that end within 30 days", today.expiring, links.approvals),
        of_list("expired", "Approvals that ended while their project runs", today.expired, links.approvals),
        of_list("unfavourable", "Unfavourable decisions that stand", today.unfavourable, links.approvals),
        Figure(
            "checks-overdue",
            "Projects with a check overdue",
            Ratio(today.projects_with_late_check),
            links.projects("checks-overdue"),
            note=late if today.checks_late else "",
        ),
        of_list("review-due", due, today.evidence_due, links.evidence),
    ]


def of_list(show: str, label: str, number: int, to: Callable[[str], To]) -> Figure:
    """A number of records behind one filter of their list."""
    return Figure(show, label, Ratio(number), to(show))


STEPS = (
    "Draft, not approved by the governing body",
    "Approved by the governing body, waits for the signature",
    "Signed, not published yet",
    "Published",
)


def of_statement(year: Year) -> list[Figure]:
    """How far the statement of the period has come; nothing while none is begun.

    What stops it is told on its own page, since that takes reading every record behind it.
    """
    if year.statement is None:
        return []
    to = To("statements.show", {"reference": year.statement}, Permission.STATEMENT_VIEW)
    done = Ratio(year.sections_completed or 0, year.sections)
    label = "Sections of the annual statement completed"
    return [Figure("statement", label, done, to, note=STEPS[year.statement_step or 0])]


def of_misconduct(now: Table, before: Table | None, links: Links) -> list[Figure]:
    """Totals of the case register; only the register's own officers can go on from them."""
    register = To("misconduct.index", {"period": links.period}, Permission.MISCONDUCT_VIEW)
    cases = "1 case" if now.cases_reported == 1 else f"{now.cases_reported:,} cases"
    return [
        Figure(
            "allegations",
            f"Allegations of misconduct reported, in {cases}",
            Ratio(now.total.reported),
            register,
            change(Ratio(now.total.reported), Ratio(before.total.reported) if before else None),
        ),
        Figure(
            "investigations",
            "Allegations whose formal investigation was completed",
            Ratio(now.total.formal),
            register,
            change(Ratio(now.total.formal), Ratio(before.total.formal) if before else None),
        ),
    ]
