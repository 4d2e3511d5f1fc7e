"""The approvals that a project needs, as its record shows them."""

from datetime import date
from typing import Any

from compliance.approvals.queries import facts, next_due
from compliance.models import Project
from compliance.rules.approvals import state
from compliance.rules.needed import counted, in_hand


def needed(project: Project, today: date) -> dict[str, Any]:
    """The approvals that count, each with where it stands and what is due next, and their sum in words."""
    replaced = {row.replaces_id for row in project.approvals}
    kept = [row for row in project.approvals if row.id not in replaced]
    stands = [state(facts(row), today) for row in kept]
    return {
        "approvals": list(zip(kept, stands, (next_due(row, today) for row in kept), strict=True)),
        "tally": counted(stands),
        "in_hand": in_hand(stands),
    }
