"""Which requirements an organisation judges for itself, those of a funder while it pays for research."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import contains_eager, joinedload

from compliance import frameworks
from compliance.db import UTCDateTime, db
from compliance.frameworks.schema import Framework, Requirement, Responsibility, Subject
from compliance.models import Assessment, AssessmentAnswer, Organisation, ReportingPeriod
from compliance.rules.checks import Count
from compliance.terms import Standing

PERIOD: BindParameter[int] = bindparam("period", type_=Integer(), required=True)


def asked_of(framework: Framework, *, funds: bool = False) -> tuple[Requirement, ...]:
    """The requirements of a framework that bind an organisation: as an employer, and as a funder if it pays.

    A body answers as both in the same year (Concordat 2019, duties of funders).
    """
    binds = [Responsibility.EMPLOYERS, Responsibility.GOVERNMENT_BODIES]
    return framework.for_subject(Subject.ORGANISATION, *binds, *([Responsibility.FUNDERS] if funds else []))


def of_funders(framework: Framework) -> tuple[Requirement, ...]:
    """The requirements that bind an organisation only while it pays for research."""
    return framework.for_subject(Subject.ORGANISATION, Responsibility.FUNDERS)


def funds_in(period_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Condition on Organisation: it paid for research on a day of the period."""
    return (
        exists()
        .where(
            ReportingPeriod.id == period_id,
            funds_on(ReportingPeriod),
        )
        .correlate(Organisation)
    )


def funds_on(period: type[ReportingPeriod]) -> ColumnElement[bool]:
    """Condition on Organisation beside a period: the same."""
    return and_(
        Organisation.funds_from_on <= period.ends_on,
        or_(Organisation.funds_until_on.is_(None), Organisation.funds_until_on > period.starts_on),
    )


def binds(framework: Framework, period_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Condition on Assessment beside Organisation: a requirement of the framework that binds it."""
    always = [row.code for row in asked_of(framework)]
    funders = [row.code for row in of_funders(framework)]
    code = Assessment.requirement_code
    return and_(
        Assessment.framework == framework.key,
        or_(code.in_(always), and_(code.in_(funders), funds_in(period_id))),
    )


def counted(framework: Framework, rows: Iterable[tuple[Any, ...]]) -> dict[int, dict[str, Count]]:
    """Organisation id → heading → Count, from rows of (organisation id, whether it funds, heading, standing,
    how many); what is bound and not among them is not assessed.
    """
    bound = {
        funds: Counter(row.heading for row in asked_of(framework, funds=funds)) for funds in (False, True)
    }
    judged: dict[int, dict[str, dict[str, int]]] = {}
    asked: dict[int, Counter[str]] = {}
    for organisation_id, funds, heading, standing, number in rows:
        by_heading = judged.setdefault(organisation_id, {})
        asked[organisation_id] = bound[bool(funds)]
        if heading is not None:
            by_heading.setdefault(heading, {})[standing.value] = number
    return {
        organisation_id: {
            code: Count(**found.get(code, {}), not_assessed=number - sum(found.get(code, {}).values()))
            for code, number in asked[organisation_id].items()
        }
        for organisation_id, found in judged.items()
    }


def latest_answer(as_at: datetime | BindParameter[datetime] | None = None) -> ScalarSelect[int]:
    """The id of the latest answer of an Assessment, or of the latest that was given by a moment."""
    return (
        select(func.max(AssessmentAnswer.id))
        .where(
            AssessmentAnswer.assessment_id == Assessment.id,
            *([] if as_at is None else [AssessmentAnswer.answered_at <= as_at]),
        )
        .correlate(Assessment)
        .scalar_subquery()
    )


def pays(organisation_id: int, period_id: int) -> bool:
    """Whether an organisation paid for research on a day of a period."""
    found = select(Organisation.id).where(Organisation.id == organisation_id, funds_in(period_id))
    return db.session.scalar(found) is not None


def is_asked(organisation_id: int, period_id: int, framework: Framework, code: str) -> bool:
    """Whether a requirement binds an organisation in a period."""
    if code in {row.code for row in asked_of(framework)}:
        return True
    return code in {row.code for row in of_funders(framework)} and pays(organisation_id, period_id)


# Some periods, in a statement that is executed with their ids; and a moment.
PERIODS = bindparam("periods", type_=Integer(), expanding=True)
AS_AT = bindparam("as_at", type_=UTCDateTime())


@lru_cache(maxsize=32)
def answers_in(keys: tuple[str, ...], *, dated: bool) -> Select[int, bool, Assessment, AssessmentAnswer]:
    """Of each of PERIODS its id, whether the `organisation` that is given pays for research in it, each
    Assessment of these frameworks, and its latest answer: where it is `dated` the latest given by AS_AT.

    There is one row at least, also when nobody has judged anything. Kept, as nearly every page asks the same.
    """
    held = and_(
        Assessment.organisation_id == Organisation.id,
        Assessment.period_id == ReportingPeriod.id,
        Assessment.framework.in_(keys),
    )
    return (
        select(ReportingPeriod.id, func.coalesce(funds_on(ReportingPeriod), false()))
        .add_columns(Assessment, AssessmentAnswer)
        .select_from(Organisation)
        .join(ReportingPeriod, ReportingPeriod.id.in_(PERIODS))
        .outerjoin(Assessment, held)
        .outerjoin(AssessmentAnswer, AssessmentAnswer.id == latest_answer(AS_AT if dated else None))
        .where(Organisation.id == bindparam("organisation", type_=Integer()))
        .options(
            contains_eager(AssessmentAnswer.assessment),
            joinedload(AssessmentAnswer.answered_by),
        )
    )


# The edition against which organisations assess themselves.
FRAMEWORK = "concordat-2025"
# The period before, of one organisation, in a statement that is executed with both.
BEFORE = bindparam("before", type_=Integer())


@lru_cache(maxsize=32)
def judged_in(
    organisations: Select[int], framework: str, period: BindParameter[int] = PERIOD
) -> Select[Any, Any, Any, Any, Any]:
    """The counts of a period by organisation, commitment and standing; kept for subqueries that are."""
    judged = and_(
        Assessment.organisation_id == Organisation.id,
        Assessment.period_id == period,
        binds(frameworks.get(framework), period),
        Assessment.standing != Standing.NOT_ASSESSED,
        Assessment.confirmed,
    )
    commitment, standing = Assessment.commitment, Assessment.standing
    return (
        select(Organisation.id, funds_in(period), commitment, standing, func.count(Assessment.id))
        .outerjoin(Assessment, judged)
        .where(Organisation.id.in_(organisations))
        .group_by(Organisation.id, commitment, standing)
    )


def left_to_judge(period: BindParameter[int] = PERIOD) -> tuple[ColumnElement[bool], ScalarSelect[int]]:
    """Of an Organisation: whether it paid for research in a period, and how many requirements it has judged.

    Columns for `left_of`, by the framework that organisations assess themselves against.
    """
    judged = (
        select(func.count(Assessment.id))
        .where(
            Assessment.organisation_id == Organisation.id,
            Assessment.period_id == period,
            binds(frameworks.get(FRAMEWORK), period),
            Assessment.standing != Standing.NOT_ASSESSED,
            Assessment.confirmed,
        )
        .correlate(Organisation)
        .scalar_subquery()
    )
    return funds_in(period), judged


def left_of(funds: bool, judged: int) -> int:
    """How many of the requirements that bind an organisation it has still to judge."""
    return len(asked_of(frameworks.get(FRAMEWORK), funds=funds)) - judged


@lru_cache(maxsize=32)
def judged_with_before(organisations: Select[int], whose: Select[int], framework: str) -> CompoundSelect[Any]:
    """The counts of PERIOD, and of BEFORE those of one organisation; the first column says which."""
    now, before = judged_in(organisations, framework), judged_in(whose, framework, BEFORE)
    return union_all(select(literal(False), *now.subquery().c), select(literal(True), *before.subquery().c))
