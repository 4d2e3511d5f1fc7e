"""The case register, changed: opened, moved on, re-classed, lessons kept, a nil year confirmed."""

from collections.abc import Iterable

from compliance import audit, clock
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.misconduct import queries
from compliance.models import (
    Allegation,
    Case,
    CaseStage,
    LessonOffer,
    NilYear,
    Organisation,
    Reclassing,
    ReportingPeriod,
    User,
)
from compliance.rules import misconduct as rules
from compliance.rules.broken import RuleBroken
from compliance.terms import CaseStep


def open_case(organisation: Organisation, new: rules.NewCase, *, by: User) -> Case:
    """Open a case under a reference of its own; raises RuleBroken."""
    new.check(clock.today())
    with transaction():
        reference = queries.next_reference(new.received_on.year)
        audit.record("case.opened", subject=reference, by=by)
        case = Case(
            reference=reference,
            organisation=organisation,
            received_on=new.received_on,
            case_class=new.case_class,
            other_text=new.other_text,
            allegations=[Allegation(kind=kind) for kind in new.kinds],
            steps=[
                CaseStage(step=CaseStep.RECEIVED, on=new.received_on, recorded_at=clock.now(), recorded_by=by)
            ],
        )
        db.session.add(case)
    return case


def look(case: Case, *, by: User) -> None:
    """Record that somebody looks at a case: every view leaves an event."""
    audit.seen("case.viewed", case, subject=case.reference, by=by)


def look_through(organisation: Organisation, cases: Iterable[Case], *, by: User) -> None:
    """Record that somebody looks at a page of the register, with the cases that stand on it."""
    references = [case.reference for case in cases]
    if references:
        audit.seen("case.listed", organisation, subject=organisation.code, by=by, listed=references)


def record_stage(case: Case, new: rules.NewStage, *, seen: int, by: User) -> None:
    """Record that a case reached a stage, and what was found; raises RuleBroken or Conflict."""
    with transaction():
        audit.record("case.stage_recorded", subject=case.reference, by=by)
        refuse_stale(case, seen)
        # A stage changes no column of the case: the version must still move, or a rival edit goes unseen.
        case.version += 1
        current = case.steps[-1]
        new.check(current.step, current.on, len(case.allegations), clock.today())
        db.session.add(
            CaseStage(case=case, step=new.step, on=new.on, recorded_at=clock.now(), recorded_by=by)
        )
        for allegation, finding in zip(case.allegations, new.findings, strict=False):
            allegation.finding = finding
        if new.lessons:
            case.lessons = new.lessons


def offer_lesson(case: Case, text: str, *, by: User) -> LessonOffer:
    """Let the statement use what a closed case taught, in these words; raises RuleBroken while it is open."""
    rules.check_closed(case.steps[-1].step)
    with transaction():
        audit.record("lesson.offered", subject=case.reference, by=by)
        offer = LessonOffer(case=case, text=text, offered_at=clock.now(), offered_by=by)
        db.session.add(offer)
    return offer


def change_words(case: Case, *, other_text: str | None, lessons: str | None, seen: int, by: User) -> None:
    """Change the description of “Other” and the lessons; raises RuleBroken or Conflict."""
    with transaction():
        audit.record("case.words_changed", subject=case.reference, by=by)
        refuse_stale(case, seen)
        rules.check_other([row.kind for row in case.allegations], other_text)
        case.other_text, case.lessons = other_text, lessons


def reclass(case: Case, new: rules.NewClass, *, seen: int, by: User) -> None:
    """Take a case to be something else, with the reason; raises RuleBroken or Conflict."""
    with transaction():
        audit.record("case.reclassed", subject=case.reference, by=by)
        refuse_stale(case, seen)
        new.check(case.case_class)
        case.case_class = new.case_class
        db.session.add(
            Reclassing(
                case=case,
                became=new.case_class,
                reason=new.reason,
                recorded_at=clock.now(),
                recorded_by=by,
            )
        )


def confirm_nil(organisation: Organisation, period: ReportingPeriod, *, by: User) -> None:
    """Confirm that a period had nothing to report; raises RuleBroken when it had, or when it is not over."""
    with transaction():
        audit.record("nil_year.confirmed", subject=f"NIL-{organisation.code}-{period.key}", by=by)
        year = queries.as_period(period)
        rules.check_nil(queries.table_for(organisation.id, year), year, clock.today())
        if queries.nil_confirmed(organisation.id, period.id):
            raise RuleBroken("The nil year is confirmed already")
        db.session.add(
            NilYear(organisation=organisation, period=period, confirmed_at=clock.now(), confirmed_by=by)
        )
