"""How the constraints on what follows from the records are broken, and rows that they take."""

from datetime import date
from typing import Any

RUNS = {"counted": "true", "started_on": "'2026-04-01'", "alarm_from_on": "'2026-04-01'"}

ATTACKS: dict[str, list[dict[str, str]]] = {
    "ck_approval_standing_outcome_of_a_decision": [{"outcome": "'favourable'"}, {"decision_id": "1"}],
    "ck_approval_standing_end_of_a_decision": [{"expires_on": "'2026-04-01'"}],
    "ck_check_tally_counted": [{"projects": "0"}, {"checks": "1", "projects": "2"}],
    "ck_cover_settled_when_decided": [{"settled": "true", "decided": "false"}],
    "ck_cover_until_after_from": [{"until_on": "'2026-04-02'"}, {"until_on": "'2020-04-01'"}],
    "ck_project_standing_alarm_while_it_runs": [
        RUNS | {"counted": "false"},
        RUNS | {"started_on": "'2026-04-02'"},
        RUNS | {"ended_on": "'2026-05-01'"},
        {"alarm_from_on": "'2026-04-01'", "counted": "true"},
    ],
    "ck_project_standing_due_while_unanswered": [
        {"unanswered": "0", "first_due_on": "'2026-04-01'"},
        {"unanswered": "0", "last_due_on": "'2026-04-01'"},
        {"unanswered": "1"},
    ],
}

GIVEN: dict[str, dict[str, Any]] = {
    "fk_approval_standing_decision_id": {"outcome": "favourable"},
    "ck_approval_standing_outcome": {"decision_id": 1},
}


def cover_row(number: int) -> dict[str, Any]:
    """A spell of a project."""
    return {"from_on": date(2026, 4, number), "until_on": date(2026, 5, number)}


def tally_row(number: int) -> dict[str, Any]:
    """A count of checks."""
    return {"commitment": f"C{number}", "standing": "met", "checks": 2, "projects": 1}


def standing_row(_number: int) -> dict[str, Any]:
    """A project without checks."""
    return {"unanswered": 0, "not_met": 0}
