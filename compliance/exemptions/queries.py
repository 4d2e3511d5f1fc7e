"""Exemptions, read: those that count, when each is looked at again or ends, and what publication lacks."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from compliance.access import Day, later
from compliance.approvals.queries import in_scope
from compliance.derived.statements import days_after
from compliance.models import Exemption, Project
from compliance.rules.publication import RESULTS_WITHIN
from compliance.terms import ExemptFrom, ExemptionKind

LATER = aliased(Exemption)
# How publication stands to its clocks, as filters of the list of projects.
PROTOCOLS = ("protocol-after-start", "protocol-exempt", "protocol-missing")
RESULTS = ("results-in-time", "results-after-clock", "results-exempt", "results-due", "results-overdue")


def replaced() -> ColumnElement[bool]:
    """Condition on Exemption: a later one of the same project from the same thing takes its place."""
    later = exists().where(
        LATER.project_id == Exemption.project_id,
        LATER.exempt_from == Exemption.exempt_from,
        LATER.id > Exemption.id,
    )
    return later.correlate_except(LATER)


def to_look_at(on: date, days: int) -> Select[Exemption]:
    """Exemptions that are reviewed or end within so many days, or should have been, the earliest first."""
    until = on + timedelta(days=days)
    return (
        select(Exemption)
        .join(Project, Project.id == Exemption.project_id)
        .where(
            ~replaced(),
            in_scope(),
            or_(Exemption.review_on <= until, Exemption.expires_on <= until),
        )
        .options(joinedload(Exemption.project).joinedload(Project.lead))
        .order_by(Exemption.review_on, Exemption.id)
    )


def exempt(what: ExemptFrom, on: Day) -> ColumnElement[bool]:
    """Condition on Project: this need not be public on a day; what is kept back in part excuses no rest."""
    found = exists().where(
        Exemption.project_id == Project.id,
        Exemption.exempt_from == what,
        Exemption.kind != ExemptionKind.PARTIAL,
        Exemption.decided_on <= on,
        or_(Exemption.expires_on.is_(None), Exemption.expires_on >= on),
        ~replaced(),
    )
    return found.correlate_except(Exemption)


def against_clock(show: str, on: Day) -> ColumnElement[bool]:
    """Condition on Project in scope: its protocol or its results stand so to their clock on a day.

    A protocol counts once fieldwork began, results once research ended (annual statement, section 7.2).
    """
    if show in PROTOCOLS:
        return and_(in_scope(), Project.started_on.is_not(None), protocol(show, on))
    return and_(in_scope(), Project.ended_on <= on, results(show, on))


def protocol(show: str, on: Day) -> ColumnElement[bool]:
    """Condition on Project that has begun: its protocol against the day fieldwork began (GOV-P1)."""
    public = Project.protocol_published_on
    if show == "protocol-after-start":
        return public >= Project.started_on
    excused = exempt(ExemptFrom.PROTOCOL, on)
    return and_(public.is_(None), excused if show == "protocol-exempt" else ~excused)


def results(show: str, on: Day) -> ColumnElement[bool]:
    """Condition on Project that has ended: its results against the twelve weeks (GOV-R2)."""
    public = Project.results_published_on
    last = days_after(Project.ended_on, RESULTS_WITHIN.days)
    if show in ("results-in-time", "results-after-clock"):
        return public <= last if show == "results-in-time" else public > last
    excused = exempt(ExemptFrom.RESULTS, on)
    if show == "results-exempt":
        return and_(public.is_(None), excused)
    over = Project.ended_on < later(on, -RESULTS_WITHIN)
    return and_(public.is_(None), ~excused, over if show == "results-overdue" else ~over)
