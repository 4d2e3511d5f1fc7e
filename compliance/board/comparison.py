"""The place of one organisation among the others under the same one: by name, or without names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import TODAY, in_force
from compliance.assessments.queries import PERIOD, return_owed
from compliance.board import charts
from compliance.board.scope import Top, Whose, name_on, scope_of
from compliance.db import db
from compliance.models import (
    ComparisonPolicy,
    Organisation,
    OrganisationLink,
    ProjectStanding,
    ReportingPeriod,
    Return,
)
from compliance.rules.board import Ratio, together
from compliance.rules.checks import Count
from compliance.rules.comparison import FEWEST, SMALLEST, Placed, comparable, place
from compliance.terms import Comparison

Counts = Mapping[int, Mapping[str, Count]]


class Peer(NamedTuple):
    """One of the organisations under the same one, by itself: its return and its projects of a period."""

    id: int
    name: str
    top: bool
    sent_at: datetime | None
    policy: Comparison | None
    begun: int
    decided: int
    in_advance: int
    ended: int
    published: int


@dataclass(frozen=True)
class Compared:
    """One share beside those of the others; without a place too few could be counted."""

    title: str
    own: Ratio
    placed: Placed | None
    columns: tuple[charts.Column, ...]
    # Where the others are shown by name.
    named: Sequence[tuple[str, Ratio]]


@dataclass(frozen=True)
class Among:
    """The place of an organisation; a reason says why there is none."""

    reason: str
    rows: Sequence[Compared]
    others: int
    named: bool


# What is compared, and of how many it must be a share.
MEASURES: tuple[tuple[str, Callable[[Peer], Ratio]], ...] = (
    ("Every binding decision before fieldwork", lambda one: Ratio(one.decided, one.begun)),
    ("Protocol public before fieldwork", lambda one: Ratio(one.in_advance, one.begun)),
    ("Results public", lambda one: Ratio(one.published, one.ended)),
)


@cache
def above(whose: Whose) -> Any:
    """The organisation above, today."""
    link = (OrganisationLink.organisation_id == whose, *in_force(OrganisationLink, TODAY))
    return select(OrganisationLink.parent_id).where(*link).limit(1).correlate(None).scalar_subquery()


@cache
def beside(whose: Whose) -> Select[int]:
    """The ids of the organisations under the same one, itself among them."""
    link = (OrganisationLink.parent_id == above(whose), *in_force(OrganisationLink, TODAY))
    return select(OrganisationLink.organisation_id).where(*link)


@cache
def with_others(whose: Whose) -> Select[int]:
    """The ids of an organisation, of all below it and of those beside it."""
    either = or_(Organisation.id.in_(scope_of(whose)), Organisation.id.in_(beside(whose)))
    return select(Organisation.id).where(either)


def by_organisation(day: Any, *kept: Any) -> Subquery:
    """How many projects of each organisation have this day in PERIOD, and how many of them so."""
    row = ProjectStanding
    counts = [func.count(case((one, 1))).label(f"so_{number}") for number, one in enumerate(kept)]
    return (
        select(row.organisation_id, func.count().label("of"), *counts)
        .join(ReportingPeriod, ReportingPeriod.id == PERIOD)
        .where(row.counted, day.between(ReportingPeriod.starts_on, ReportingPeriod.ends_on))
        .group_by(row.organisation_id)
        .subquery()
    )


def peers_of(top: Top, period: ReportingPeriod) -> list[Peer]:
    """Everybody who owes the same return, in one statement.

    Who may see one board sees where the others stand without their numbers, or as the policy above says.
    """
    rows = db.session.execute(peers(top.id), {"period": period.id, **top.given})
    return [Peer(*row) for row in rows]


@cache
def peers(whose: Whose) -> Select[*tuple[Any, ...]]:
    """The same for PERIOD, built once."""
    row, period = ProjectStanding, ReportingPeriod
    began = by_organisation(row.started_on, row.decided_first, row.protocol_first)
    over = by_organisation(row.ended_on, row.results_public)
    policy = select(ComparisonPolicy.comparison).where(ComparisonPolicy.organisation_id == above(whose))
    newest = policy.order_by(ComparisonPolicy.id.desc()).limit(1).correlate(None).scalar_subquery()
    numbers = [func.coalesce(one, 0) for one in (*list(began.c)[1:], *list(over.c)[1:])]
    sent = and_(Return.organisation_id == Organisation.id, Return.period_id == PERIOD)
    return (
        select(
            Organisation.id,
            name_on(TODAY),
            Organisation.id == whose,
            Return.sent_at,
            newest,
            *numbers,
        )
        .select_from(Organisation)
        .join(period, period.id == PERIOD)
        .outerjoin(Return, sent)
        .outerjoin(began, began.c.organisation_id == Organisation.id)
        .outerjoin(over, over.c.organisation_id == Organisation.id)
        .where(Organisation.id.in_(beside(whose)), return_owed(period))
    )


def among(top: Top, period: ReportingPeriod, counts: Counts) -> Among:
    """The place of an organisation in a period.

    Only returns that came in time are compared, once all were due: nobody can watch a single one come.
    """
    peers = peers_of(top, period)
    own = next((one for one in peers if one.top), None)
    if own is None:
        return Among(
            "Nobody is asked for the same return, so there is nothing to compare.", (), 0, named=False
        )
    if clock.today() <= period.returns_due_on:
        return Among("Organisations are compared once all returns are due.", (), 0, named=False)
    if own.sent_at is None:
        return Among("Its return was not received, so it is not compared.", (), 0, named=False)
    others = [one for one in peers if not one.top and in_time(one, period)]
    if len(others) < FEWEST:
        return Among("Too few of the others sent their return in time to compare.", (), 0, named=False)
    named = own.policy is Comparison.NAMED
    return Among("", rows_of(own, others, counts, named=named), len(others), named=named)


def in_time(one: Peer, period: ReportingPeriod) -> bool:
    """Whether its return came by the day on which it was due."""
    return one.sent_at is not None and clock.day_of(one.sent_at) <= period.returns_due_on


def rows_of(own: Peer, others: Sequence[Peer], counts: Counts, *, named: bool) -> list[Compared]:
    """Every share that is compared: of what each judged itself, and of its projects."""

    def met(one: Peer) -> Ratio:
        whole = together(list(counts[one.id].values()))
        return Ratio(whole.met, whole.total)

    smallest = 1 if named else SMALLEST
    rows = [compared("Requirements met", met, own, others, smallest=1, named=named)]
    return rows + [
        compared(title, ratio, own, others, smallest=smallest, named=named) for title, ratio in MEASURES
    ]


def compared(
    title: str,
    ratio: Callable[[Peer], Ratio],
    own: Peer,
    others: Sequence[Peer],
    *,
    smallest: int,
    named: bool,
) -> Compared:
    """One share with its place."""
    placed = place(ratio(own), comparable([ratio(one) for one in others], smallest=smallest))
    columns = charts.columns(placed.tenths) if placed else ()
    names = sorted((one.name, ratio(one)) for one in others) if named else []
    return Compared(title, ratio(own), placed, columns, names)


def policy_of(organisation_id: int) -> ComparisonPolicy | None:
    """The policy of an organisation that counts."""
    found: ComparisonPolicy | None = db.session.scalar(
        select(ComparisonPolicy)
        .where(ComparisonPolicy.organisation_id == organisation_id)
        .options(joinedload(ComparisonPolicy.set_by))
        .order_by(ComparisonPolicy.id.desc())
        .limit(1)
    )
    return found
