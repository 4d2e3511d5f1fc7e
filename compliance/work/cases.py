"""Misconduct cases that are open: their references and clocks, for misconduct officers alone."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import my_organisations
from compliance.misconduct.queries import reached
from compliance.models import Case, User
from compliance.permissions import Permission
from compliance.rules.work import CASE_WORKING_DAYS, case_due_on
from compliance.terms import CaseStep, Waiting
from compliance.work.items import Item, Pile
from compliance.work.together import first_of, most_urgent

CLOSED = (CaseStep.SCREENED_OUT, CaseStep.FORMAL_COMPLETED)


@cache
def still_open() -> Select[Any]:
    """Cases neither closed nor completed, the oldest first."""
    return first_of(
        select(Case)
        .where(
            Case.organisation_id.in_(my_organisations(Permission.MISCONDUCT_RECORD)),
            *(~reached(step) for step in CLOSED),
        )
        .options(joinedload(Case.steps))
        .order_by(Case.received_on, Case.id)
    )


def open_cases(by: User) -> Pile:
    """Cases neither closed nor completed, the oldest first: nothing of a case but its reference."""
    rows, total = most_urgent(still_open(), by)
    return Pile("open cases", tuple(waiting(case) for (case,) in rows), total, "misconduct.index")


def waiting(case: Case) -> Item:
    """One open case; only a formal investigation has a clock."""
    stage = case.steps[-1]
    formal = stage.step is CaseStep.FORMAL_STARTED
    due = case_due_on(stage.on) if formal else None
    late = due is not None and due < clock.today()
    return Item(
        what="Complete the investigation" if formal else "Screen the case",
        about=case.reference,
        why=f"{CASE_WORKING_DAYS} working days from its opening, our own target" if formal else "",
        status=Waiting.CLOCK_PASSED if late else stage.step,
        on=due,
        endpoint="cases.show",
        values={"reference": case.reference},
    )
