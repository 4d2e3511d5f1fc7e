"""The service navigation: where each person may go."""

from typing import Any, NamedTuple

from flask import current_app, request

from compliance.guard import granted
from compliance.permissions import Permission


class Destination(NamedTuple):
    """One entry of the service navigation: who may see it, and which blueprints it covers.

    Whoever holds the permission in `unless` gets there another way and has no room for one more entry.
    """

    label: str
    endpoint: str
    permission: Permission
    blueprints: frozenset[str]
    unless: Permission | None = None


P = Permission
NAVIGATION = (
    Destination("My work", "work.show", P.WORK_VIEW, frozenset({"work"})),
    Destination(
        "Projects", "projects.index", P.PROJECT_VIEW, frozenset({"projects", "registration", "checks"})
    ),
    Destination(
        "Approvals",
        "approvals.index",
        P.APPROVAL_VIEW,
        frozenset({"approvals", "life", "reading", "bodies", "sampling"}),
    ),
    Destination(
        "What is expected",
        "expected.index",
        P.PROJECT_VIEW,
        frozenset({"expected"}),
        unless=P.ASSESSMENT_ANSWER,
    ),
    Destination("Assessment", "assessments.index", P.ASSESSMENT_VIEW, frozenset({"assessments"})),
    Destination("Misconduct", "misconduct.index", P.MISCONDUCT_VIEW, frozenset({"misconduct", "cases"})),
    Destination(
        "Statements", "statements.index", P.STATEMENT_VIEW, frozenset({"statements", "narratives", "signing"})
    ),
    Destination("Board", "board.show", P.BOARD_VIEW, frozenset({"board"})),
    Destination("People", "accounts.people", P.ACCOUNT_MANAGE, frozenset({"people", "access"})),
    Destination(
        "Organisations", "organisations.index", P.ORGANISATION_VIEW, frozenset({"organisations", "tree"})
    ),
    Destination("Audit", "audit_log.index", P.AUDIT_VIEW, frozenset({"audit_log"})),
)


def navigation() -> list[dict[str, Any]]:
    """The destinations that this person may open, the present one marked."""
    held = granted()
    return [
        {
            "label": to.label,
            "endpoint": to.endpoint,
            "active": request.endpoint == to.endpoint or request.blueprint in to.blueprints,
        }
        for to in NAVIGATION
        if to.permission in held and to.unless not in held and to.endpoint in current_app.view_functions
    ]
