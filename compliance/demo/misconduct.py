"""Invented misconduct cases, in invented forces only, with one carried over between the years."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.misconduct import actions
from compliance.models import Allegation, Case, CaseStage, Organisation, User
from compliance.rules.misconduct import NewClass
from compliance.terms import AllegationKind, CaseClass, CaseStep, Finding

K, S = AllegationKind, CaseStep


@dataclass(frozen=True)
class Told:
    """One case: kinds with what was found, and the days of its stages."""

    reference: str
    force: str
    received: date
    kinds: tuple[tuple[AllegationKind, Finding | None], ...]
    steps: tuple[tuple[CaseStep, date], ...] = ()
    case_class: CaseClass = CaseClass.ALLEGED_MISCONDUCT
    other_text: str | None = None
    lessons: str | None = None
    # What it was taken to be later, and why.
    became: tuple[CaseClass, str] | None = None


CASES = (
    Told(
        "CASE-2024-01",
        "kingsferry",
        date(2024, 6, 3),
        ((K.PLAGIARISM, None),),
        ((S.SCREENED_OUT, date(2024, 7, 1)),),
        lessons="Teach report writers how to cite work of their own force.",
    ),
    Told(
        "CASE-2024-02",
        "westmarch",
        date(2024, 9, 16),
        ((K.OBLIGATIONS, Finding.UPHELD_IN_PART),),
        ((S.FORMAL_STARTED, date(2024, 10, 14)), (S.FORMAL_COMPLETED, date(2025, 2, 20))),
        lessons="Ask for the ethics decision before a project number is given.",
    ),
    Told(
        "CASE-2025-01",
        "south-wolds",
        date(2025, 1, 27),
        ((K.FALSIFICATION, Finding.NOT_UPHELD), (K.MISREPRESENTATION, Finding.UPHELD_IN_FULL)),
        ((S.FORMAL_STARTED, date(2025, 2, 24)), (S.FORMAL_COMPLETED, date(2025, 7, 8))),
        lessons="Keep the raw counts beside the cleaned ones.",
    ),
    Told(
        "CASE-2025-02",
        "northmoor",
        date(2025, 5, 19),
        ((K.MULTIPLE, Finding.UPHELD_IN_PART),),
        ((S.FORMAL_STARTED, date(2025, 6, 16)), (S.FORMAL_COMPLETED, date(2025, 11, 24))),
    ),
    Told(
        "CASE-2025-03",
        "calderfirth",
        date(2025, 9, 2),
        ((K.OBLIGATIONS, None),),
        ((S.SCREENED_OUT, date(2025, 9, 30)),),
    ),
    Told(
        "CASE-2025-04",
        "cwm-derwen",
        date(2025, 10, 13),
        ((K.OTHER, None),),
        case_class=CaseClass.QUESTIONABLE_PRACTICE,
        other_text="Analysis changed after the results were seen",
        lessons="Publish the analysis plan before the data arrive.",
    ),
    Told(
        "CASE-2026-01",
        "westmarch",
        date(2026, 2, 9),
        ((K.PLAGIARISM, None),),
        ((S.FORMAL_STARTED, date(2026, 3, 9)),),
    ),
    Told(
        "CASE-2025-05",
        "isle-and-sound",
        date(2025, 11, 10),
        ((K.FABRICATION, None),),
        ((S.SCREENED_OUT, date(2025, 12, 1)),),
        became=(CaseClass.HONEST_ERROR, "Two sheets were entered twice. The author found it and said so."),
    ),
    Told("CASE-2026-02", "mid-sheering", date(2026, 3, 16), ((K.IMPROPER_DEALING, None),)),
)


# Lessons that the misconduct officer lets the statement use.
OFFERED = ("CASE-2025-01", "CASE-2024-01", "CASE-2024-02")


def load_cases(found: dict[str, Organisation], by: User) -> None:
    """Every case with its stages, each opened on the day it was received."""
    for told in CASES:
        moment = datetime.combine(told.received, time(10), UTC)
        with clock.standing_at(moment), transaction():
            audit.record("case.opened", subject=told.reference, by=by)
            stages = ((S.RECEIVED, told.received), *told.steps)
            db.session.add(
                Case(
                    reference=told.reference,
                    organisation=found[told.force],
                    received_on=told.received,
                    case_class=told.case_class,
                    other_text=told.other_text,
                    lessons=told.lessons,
                    allegations=[Allegation(kind=kind, finding=finding) for kind, finding in told.kinds],
                    steps=[
                        CaseStage(
                            step=step, on=on, recorded_at=datetime.combine(on, time(10), UTC), recorded_by=by
                        )
                        for step, on in stages
                    ],
                )
            )
    reclass(by)
    offer_lessons(by)


def reclass(by: User) -> None:
    """Take some cases to be something else, two weeks after they were received."""
    for told in CASES:
        if told.became:
            case = db.session.scalars(select(Case).where(Case.reference == told.reference)).one()
            with clock.standing_at(datetime.combine(told.received + timedelta(days=14), time(12), UTC)):
                actions.reclass(case, NewClass(*told.became), seen=case.version, by=by)


def offer_lessons(by: User) -> None:
    """Let the statement use what some of the closed cases taught."""
    for told in CASES:
        if told.reference in OFFERED and told.lessons:
            case = db.session.scalars(select(Case).where(Case.reference == told.reference)).one()
            with clock.standing_at(datetime.combine(told.steps[-1][1], time(12), UTC)):
                actions.offer_lesson(case, told.lessons, by=by)
