"""What the rows under attack say besides, so that their fault is the only one."""

from datetime import UTC, datetime

from tests.models import kept
from tests.models.rows import Row

MOMENT = datetime(2026, 4, 1, tzinfo=UTC)

# What else a row must say so that the fault is its only one.
GIVEN: dict[str, Row] = {
    **kept.GIVEN,
    "ck_partner_charterstatus": {"kind": "supplier"},
    "ck_project_scopedecision": {"scope_reason": "consultation"},
    "ck_approval_event_outcome": {"step": "modification_decided", "modification_id": 1},
    "fk_approval_event_decision_id": {"step": "decided"},
    "fk_approval_event_modification_id": {"step": "modification_sent"},
    "fk_approval_responded_by_id": {"responded_at": MOMENT, "response": "x"},
    "fk_condition_met_by_id": {"met_at": MOMENT, "met_on": MOMENT.date(), "met_note": "x"},
    "fk_condition_met_evidence_id": {
        "met_at": MOMENT,
        "met_on": MOMENT.date(),
        "met_note": "x",
        "met_by_id": 1,
    },
    "fk_decision_corrects_id": {"note": "x"},
    "fk_action_step_assessment_answer_id": {"answer_id": None},
    "fk_evidence_use_approval_id": {"check_id": None},
    "fk_evidence_use_assessment_id": {"check_id": None},
    "fk_review_assessment_answer_id": {"check_id": None, "answer_id": None, "assessment_id": 1},
    "fk_review_assessment_id": {"check_id": None, "answer_id": None, "assessment_answer_id": 1},
    "fk_evidence_use_ended_by_id": {"ended_at": MOMENT},
    "fk_project_registered_by_id": {"registered_at": MOMENT},
    "fk_statement_replaces_id": {"replacement_reason": "x"},
    "uq_approval_replaces_id": {"replaces_id": 1},
    "uq_decision_corrects_id": {"note": "x", "corrects_id": 1},
    "uq_evidence_replaces_id": {"replaces_id": 1},
    "uq_organisation_link_organisation_id_from_on": {"parent_id": 2},
    "uq_statement_replaces_id": {"replacement_reason": "x", "replaces_id": 1},
}
