"""The approvals that a project needs, as its record shows them."""

from datetime import date
from typing import Any

from compliance.approvals.queries import facts, next_due
from compliance.models import Approval, Project
from compliance.rules.approvals import FAVOURABLE, state
from compliance.rules.needed import counted, in_hand


def is_bridged(approval: Approval) -> bool:
    """Whether the approval that this one replaces counts until it is decided."""
    earlier = approval.replaces
    return earlier is not None and not approval.decisions and facts(earlier).outcome in FAVOURABLE


def needed(project: Project, today: date) -> dict[str, Any]:
    """The approvals that count, each with where it stands and what is due next, and their sum in words."""
    replaced = {row.replaces_id for row in project.approvals}
    kept = [row for row in project.approvals if row.id not in replaced]
    stands = [state(facts(row), today) for row in kept]
    return {
        "approvals": list(zip(kept, stands, (next_due(row, today) for row in kept), strict=True)),
        "bridged": {row.id for row in kept if is_bridged(row)},
        "tally": counted(stands),
        "in_hand": in_hand(stands),
    }
