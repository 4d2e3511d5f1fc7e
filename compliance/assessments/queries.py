"""Assessments and returns, read: pages, boards and statements all ask here."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance import frameworks
from compliance.access import my_organisations, organisations_below
from compliance.assessments.asked import FRAMEWORK, PERIOD, answers_in, asked_of, left_of, left_to_judge
from compliance.assessments.opened import (
    first_return,
    is_open,
    open_again,
    owing,
    return_missing,
    return_owed,
)
from compliance.assessments.promises import Promised, Year, all_promised
from compliance.assessments.standings import standings, standings_with_before
from compliance.db import db
from compliance.frameworks.schema import Framework, Requirement
from compliance.models import (
    Assessment,
    AssessmentAnswer,
    Organisation,
    ReportingPeriod,
    Return,
    ReturnReopening,
)
from compliance.permissions import Permission
from compliance.rules.assessments import return_state
from compliance.rules.periods import being_prepared
from compliance.terms import ReturnState, Standing

__all__ = [
    "FRAMEWORK",
    "PERIOD",
    "left_of",
    "left_to_judge",
    "owing",
    "return_missing",
    "return_owed",
    "standings",
    "standings_with_before",
]


class Judgement(NamedTuple):
    """One requirement, how the organisation stands to it, and its latest answer if there is one."""

    requirement: Requirement
    standing: Standing
    answer: AssessmentAnswer | None
    # It only stands as it did last year: not assessed until somebody confirms it.
    carried: bool = False

    @property
    def framework(self) -> Framework:
        """The framework of the requirement."""
        return frameworks.holders()[self.requirement.code][0]


class OwedReturn(NamedTuple):
    """An organisation that owes a return, the return if it was sent, and where it stands."""

    organisation: Organisation
    sent: Return | None
    state: ReturnState


def periods() -> Sequence[ReportingPeriod]:
    """Every reporting period, the newest first."""
    found: Sequence[ReportingPeriod] = db.session.scalars(
        select(ReportingPeriod).order_by(ReportingPeriod.starts_on.desc())
    ).all()
    return found


def get_period(key: str) -> ReportingPeriod:
    """The period with this key, such as "2025-26"; raises NotFound."""
    found: ReportingPeriod | None = db.session.scalar(
        select(ReportingPeriod).where(ReportingPeriod.key == key)
    )
    if found is None:
        raise NotFound
    return found


def period_of(rows: Sequence[ReportingPeriod], key: str) -> ReportingPeriod:
    """The period with this key among all of them; raises NotFound."""
    for row in rows:
        if row.key == key:
            return row
    raise NotFound


def current_period(today: date) -> ReportingPeriod | None:
    """The period whose statement is being prepared; None when no period has begun."""
    return being_prepared(periods(), today)


def period_before(period: ReportingPeriod) -> ReportingPeriod | None:
    """The latest period that ended before this one began."""
    found: ReportingPeriod | None = db.session.scalar(
        select(ReportingPeriod)
        .where(ReportingPeriod.ends_on < period.starts_on)
        .order_by(ReportingPeriod.starts_on.desc())
        .limit(1)
    )
    return found


def judgements(
    organisation_id: int, period_id: int, framework: str = FRAMEWORK, *, as_at: datetime | None = None
) -> list[Judgement]:
    """Every requirement of one framework that binds the organisation; as `every_judgement`."""
    return every_judgement(organisation_id, period_id, [frameworks.get(framework)], as_at=as_at)


def every_judgement(
    organisation_id: int,
    period_id: int,
    of: Iterable[Framework] | None = None,
    *,
    as_at: datetime | None = None,
    evidence: bool = True,
) -> list[Judgement]:
    """Every requirement of these frameworks, or of all, that binds the organisation, in their order.

    With its standing and its latest answer; with `as_at`, as they stood at that moment: later answers are
    left out. One statement; `answer.answered_by`, `answer.assessment` and, when asked for, its `evidence` are
    loaded.
    """
    wanted = list(frameworks.everything().values()) if of is None else list(of)
    return judged_in_each(organisation_id, [period_id], wanted, as_at=as_at, evidence=evidence)[period_id]


def judged_in_each(
    organisation_id: int,
    periods: Sequence[int],
    wanted: Sequence[Framework],
    *,
    as_at: datetime | None = None,
    evidence: bool = True,
) -> dict[int, list[Judgement]]:
    """The same in each of some periods, by its id; one statement for all of them."""
    asked = answers_in(tuple(one.key for one in wanted), dated=as_at is not None)
    asked = asked.options(joinedload(Assessment.evidence)) if evidence else asked
    given = {"organisation": organisation_id, "periods": list(periods)}
    funds = dict.fromkeys(periods, False)
    found: dict[int, dict[str, AssessmentAnswer | None]] = {one: {} for one in periods}
    rows = db.session.execute(asked, given if as_at is None else {**given, "as_at": as_at})
    for period, pays, row, answer in rows.unique():
        funds[period] = pays
        if row:
            found[period][row.requirement_code] = answer
    return {
        one: [
            judgement_of(requirement, found[one].get(requirement.code))
            for framework in wanted
            for requirement in asked_of(framework, funds=funds[one])
        ]
        for one in periods
    }


def judgement_of(requirement: Requirement, answer: AssessmentAnswer | None) -> Judgement:
    """How it stands by its latest answer, which also says whether it only repeats last year's."""
    carried = answer is not None and answer.carried_from_id is not None
    standing = answer.standing if answer and not carried else Standing.NOT_ASSESSED
    return Judgement(requirement, standing, answer, carried)


def to_report(organisation_id: int, last: Year, this: Year, *, as_at: datetime) -> list[Promised]:
    """What the statement of one year has to say of the years before: all that the last said or repeated, and
    of what was said earlier that which was still open when this year began.
    """
    began = datetime.combine(this.starts_on, datetime.min.time(), as_at.tzinfo)
    return [
        row
        for row in all_promised(organisation_id, as_at=as_at)
        if row.period.starts_on <= last.starts_on
        and (row.said_in(last) or not row.promise.closed_before(began))
    ]


def get_assessment(organisation_id: int, period_id: int, code: str) -> Assessment | None:
    """The row of one requirement with its evidence; None while nobody has touched it."""
    found: Assessment | None = db.session.scalar(
        select(Assessment)
        .where(
            Assessment.organisation_id == organisation_id,
            Assessment.period_id == period_id,
            Assessment.requirement_code == code,
        )
        .options(selectinload(Assessment.evidence))
    )
    return found


def sent_return(organisation_id: int, period_id: int) -> Return | None:
    """The return that holds the assessment locked, with who sent it; None also while it is open again."""
    found = first_return(organisation_id, period_id)
    return None if found is not None and is_open(found) else found


def returns_within(
    period: ReportingPeriod, on: date, organisations: Select[int], **given: object
) -> list[OwedReturn]:
    """Every organisation of the subquery that owes a return for a period, in the order of names.

    Its state is that of the day `on`; `given` is what the subquery needs to be executed.
    """
    rows = db.session.execute(owing(organisations), {"period": period.id, **given}).unique().all()
    found = [
        OwedReturn(
            organisation, sent, return_state(sent=sent is not None, due_on=period.returns_due_on, on=on)
        )
        for organisation, sent, _owed in rows
    ]
    return sorted(found, key=lambda row: row.organisation.name_on(on))


def opened_again() -> Sequence[ReturnReopening]:
    """Returns that were opened again and not sent since, the first due first; one query."""
    found: Sequence[ReturnReopening] = db.session.scalars(open_again()).all()
    return found


@cache
def to_send_again(permission: Permission) -> Select[ReturnReopening]:
    """Of these, the returns of organisations where ME holds a permission."""
    return open_again().where(Return.organisation_id.in_(my_organisations(permission)))


def returns(period: ReportingPeriod, on: date, *, below: Organisation) -> list[OwedReturn]:
    """The returns owed for a period by the organisations that lie below one, itself left out.

    The tree is that of the last day of the period, or of `on` while the period runs.
    """
    tree = organisations_below(below.id, min(on, period.ends_on)).subquery()
    scope: Select[int] = select(tree.c.id).where(tree.c.id != below.id)
    return returns_within(period, on, scope)
