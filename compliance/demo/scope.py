"""Invented work that is not research in scope, or only in part: one piece for each reason."""

from compliance.demo.plans import DPIA, PANEL, Decided, F, I, Plan
from compliance.terms import ScopeDecision, ScopeReason, Stage

R = ScopeReason

# Reason, force, and what the work is.
OUT = (
    (R.MANAGEMENT_INFORMATION, "kingsferry", "Overtime by station, month by month"),
    (R.OPERATIONAL_PRODUCT, "northmoor", "Map of burglaries for the evening briefing"),
    (R.PRODUCT_TESTING, "joint-forensic", "Acceptance test of a new fume cupboard"),
    (R.CONSULTATION, "south-wolds", "Residents’ views on the opening hours of front counters"),
    (R.STUDENT_NO_FORCE_DATA, "calderfirth", "Term paper on the history of cadet schemes"),
)
OUTSIDE = (
    *(
        Plan(title, force, 80, started=False, scope=ScopeDecision.OUT_OF_SCOPE, scope_reason=reason)
        for reason, force, title in OUT
    ),
    Plan(
        "Evaluation of a mentoring scheme, with interviews beyond the service’s own review",
        "cwm-derwen",
        45,
        involves=(I.PEOPLE, I.PERSONAL_DATA),
        decisions={PANEL: Decided(F), DPIA: Decided(F)},
        scope=ScopeDecision.PARTLY,
        scope_reason=R.AUDIT_OR_SERVICE_EVALUATION,
        stage=Stage.EVALUATE,
    ),
)
