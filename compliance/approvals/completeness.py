"""What must be answered before a decision can be recorded: a body's own questions, the six principles."""

from compliance.approvals.covenant_ratings import ratings_of
from compliance.bodies.queries import body_of
from compliance.models import Approval
from compliance.rules.broken import RuleBroken
from compliance.rules.covenant import COVENANT, not_rated
from compliance.terms import Outcome


def missing_for(approval: Approval, outcome: Outcome) -> list[str]:
    """The labels of what is not answered and this outcome needs."""
    body = body_of(approval)
    asked = [
        row.label
        for row in (body.questions if body else ())
        if outcome.value in row.needed_for and approval.details.get(row.key) in (None, "")
    ]
    if approval.body_key == COVENANT and outcome is Outcome.ADVICE:
        asked += [one.label for one in not_rated(ratings_of(approval.project_id).get(approval.id, {}))]
    return asked


def check_complete(approval: Approval, outcome: Outcome) -> None:
    """Raise RuleBroken that names what must be answered before this outcome can be recorded."""
    missing = missing_for(approval, outcome)
    if missing:
        raise RuleBroken(f"Answer first, on the page of this approval: {'; '.join(missing)}", field="outcome")
