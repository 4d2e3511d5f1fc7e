"""The page of one assessment: requirements by commitment, with counts, bars and last year beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from compliance import clock, frameworks
from compliance.assessments.queries import FRAMEWORK, Judgement
from compliance.frameworks.schema import Framework, Heading, Ref, Subject
from compliance.models import Organisation, ReportingPeriod
from compliance.rules.assessments import ReturnReady, owes_return, retired
from compliance.rules.checks import SHORT, Count, count
from compliance.rules.derivation import Basis, Derived, derive_all
from compliance.terms import ContactRole, Standing

WITHOUT_FIX = "without-fix"
SHOWN = (
    ("", "All requirements"),
    *((standing.value, standing.label) for standing in Standing),
    (WITHOUT_FIX, "Short, with nothing planned"),
)


@dataclass(frozen=True)
class Segment:
    """One part of a bar, across in per cent of its width."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Group:
    """One commitment: its count, its bar, and (this year, last year) of each requirement shown."""

    heading: Heading
    count: Count
    bar: tuple[Segment, ...]
    rows: tuple[tuple[Judgement, Standing | None], ...]


def lacks_fix(row: Judgement) -> bool:
    """Whether a shortfall says nothing of what will be done."""
    return row.standing in SHORT and not (row.answer and row.answer.fix)


def fits(row: Judgement, show: str) -> bool:
    """Whether a requirement belongs to what the filter shows; an unknown filter shows all."""
    if show == WITHOUT_FIX:
        return lacks_fix(row)
    return show not in {standing.value for standing in Standing} or row.standing.value == show


def bar(counted: Count) -> tuple[Segment, ...]:
    """Met, partly met and not met one after the other; what is left white is still to judge."""
    segments, x = [], 0.0
    for kind, number in (("met", counted.met), ("partly", counted.partly_met), ("not-met", counted.not_met)):
        if number:
            width = 100 * number / counted.total
            segments.append(Segment(kind, round(x, 3), round(width, 3)))
            x += width
    return tuple(segments)


def by_commitment(
    framework: Framework, now: Sequence[Judgement], before: Sequence[Judgement], show: str
) -> list[Group]:
    """Every heading with a requirement that binds it; `before` is empty when there was no earlier year."""
    earlier = {row.requirement.code: row.standing for row in before}
    groups = []
    for heading in framework.headings:
        rows = [row for row in now if row.requirement.heading == heading.code]
        if rows:
            counted = count(row.standing for row in rows)
            shown = tuple((row, earlier.get(row.requirement.code)) for row in rows if fits(row, show))
            groups.append(Group(heading, counted, bar(counted), shown))
    return groups


def following_from(every: Sequence[Judgement], rows: Sequence[Judgement]) -> dict[str, Derived]:
    """What follows from every answer for those of these requirements that nobody answered, by their codes."""
    answers = {ref(row): row.standing for row in every if row.standing is not Standing.NOT_ASSESSED}
    wanted = [ref(row) for row in rows if ref(row) not in answers]
    found = derive_all(wanted, answers, frameworks.links(Subject.ORGANISATION))
    return {key.code: one for key, one in found.items() if one.basis is Basis.DERIVED}


def ref(row: Judgement) -> Ref:
    """The requirement of a judgement, by its codes."""
    return Ref(row.framework.key, row.requirement.code)


def progress(rows: Sequence[Judgement]) -> list[tuple[Framework, Count]]:
    """Each framework with how far it is judged, in the order of the rows."""
    return [
        (framework, count(row.standing for row in under))
        for framework, under in groupby(rows, key=lambda row: row.framework)
    ]


def next_to_judge(rows: Sequence[Judgement], after: str = "") -> Judgement | None:
    """The next requirement to judge in the framework's order, going round; never `after` itself."""
    codes = [row.requirement.code for row in rows]
    at = codes.index(after) + 1 if after in codes else 0
    return next(
        (
            row
            for row in (*rows[at:], *rows[:at])
            if row.standing is Standing.NOT_ASSESSED and row.requirement.code != after
        ),
        None,
    )


def readiness(organisation: Organisation, period: ReportingPeriod, rows: Sequence[Judgement]) -> ReturnReady:
    """What decides today whether the return may be sent; the organisation's contacts must be loaded.

    It waits for the judgements of the edition in force alone; the others are told as warnings.
    """
    today = clock.today()
    named = organisation.contacts_on(today)
    own = [row for row in rows if row.framework.key == FRAMEWORK]
    return ReturnReady(
        owed=owes_return(organisation.returns_from_on, period.ends_on),
        ends_on=period.ends_on,
        today=today,
        to_judge=sum(row.standing is Standing.NOT_ASSESSED for row in own),
        vacant=tuple(role for role in ContactRole if role not in named),
        without_fix=sum(lacks_fix(row) for row in rows),
        to_confirm=sum(row.carried for row in rows) - sum(row.carried for row in own),
    )


class Offer(NamedTuple):
    """The answers of last year that may be carried forward, and what is left behind and why."""

    rows: Sequence[Judgement]
    left: Sequence[str]


def offer_of(rows: Sequence[Judgement], earlier: Sequence[Judgement], starts_on: date) -> Offer:
    """What last year offers to a period that begins on this day: never what has an answer there already."""
    free = {row.requirement.code for row in rows if row.answer is None}
    found = [row for row in earlier if row.answer and row.requirement.code in free]
    unconfirmed = sum(row.carried for row in found)
    answered = [row for row in found if row.standing is not Standing.NOT_ASSESSED]
    ended = [row for row in answered if retired(row.framework.in_force_until, starts_on)]
    left = []
    if unconfirmed:
        who = "answer was" if unconfirmed == 1 else "answers were"
        left.append(f"{unconfirmed} {who} never confirmed last year and must be judged anew.")
    if ended:
        who = "answer stands" if len(ended) == 1 else "answers stand"
        left.append(f"{len(ended)} {who} under an edition that has ended and cannot be carried.")
    return Offer([row for row in answered if row not in ended], left)
