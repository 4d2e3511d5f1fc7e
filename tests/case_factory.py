"""Makes misconduct cases, through the register's own actions."""

from datetime import date

from compliance.misconduct import actions as misconduct
from compliance.models import Case, Organisation, User
from compliance.rules.misconduct import NewCase, NewStage
from compliance.terms import AllegationKind, CaseClass, CaseStep, Finding


class MakesCases:
    """The part of `Make` that knows the register."""

    def case(
        self,
        at: Organisation,
        by: User,
        *,
        received_on: date = date(2025, 9, 1),
        kinds: tuple[AllegationKind, ...] = (AllegationKind.PLAGIARISM,),
        case_class: CaseClass = CaseClass.ALLEGED_MISCONDUCT,
        other_text: str | None = None,
        stages: tuple[tuple[CaseStep, date], ...] = (),
        findings: tuple[Finding, ...] = (),
    ) -> Case:
        """A misconduct case that went through these stages after its receipt; findings belong to its completion."""
        case = misconduct.open_case(at, NewCase(received_on, case_class, kinds, other_text), by=by)
        for step, on in stages:
            completed = step is CaseStep.FORMAL_COMPLETED
            new = NewStage(step, on, findings if completed else ())
            misconduct.record_stage(case, new, seen=case.version, by=by)
        return case
