"""The approvals that a project needs, in step with its answers: added, given reasons, never taken away."""

from collections.abc import Iterable

from compliance import clock, frameworks
from compliance.bodies.queries import standing_for
from compliance.db import db
from compliance.models import Approval, OwnBody, Project, User
from compliance.references import next_reference
from compliance.rules.expected_approvals import VERSION, Expected, expected
from compliance.terms import ApprovalState, ScopeDecision, Tick


def wanted_approvals(project: Project) -> tuple[Expected, ...]:
    """The approvals that this project's answers, and the end of its research, make needed."""
    if project.scope_decision is ScopeDecision.OUT_OF_SCOPE:
        return ()
    yes = [row.involvement for row in project.intake if row.answer is not Tick.NO]
    return expected(yes, ended=project.ended_on is not None)


def add_expected(project: Project, entries: Iterable[Expected], *, by: User) -> None:
    """Add these approvals where the project does not have them yet; none is ever removed silently.

    One that was declared not required, and follows anew from other answers, gets a successor.
    """
    own = standing_for(project.organisation_id)
    newest = {approval.body_key: approval for approval in project.approvals}
    for entry in entries:
        held = newest.get(entry.body_key)
        if held is None or held.stage is ApprovalState.NOT_REQUIRED:
            add_row(project, entry, own.get(entry.body_key), by=by, replaces=held)


def give_reasons(project: Project, entries: Iterable[Expected]) -> None:
    """Keep beside each of these approvals why it follows now; a reason that somebody gave stays theirs."""
    newest = {approval.body_key: approval for approval in project.approvals}
    for entry in entries:
        held = newest.get(entry.body_key)
        if held and held.rule and (held.rule_answers or held.replaces_id is None):
            held.reason, held.rule, held.rule_version = entry.reason, entry.rule, VERSION
            held.rule_answers = words_of(entry)


def words_of(entry: Expected) -> str:
    """The answers that made an approval needed, as they are kept beside it."""
    return "; ".join(one.label for one in entry.answers) or "every project in scope"


def add_row(
    project: Project, entry: Expected, own: OwnBody | None, *, by: User, replaces: Approval | None
) -> None:
    """One approval that follows from the answers, by the force's own body where it has one."""
    body = frameworks.body(entry.body_key)
    db.session.add(
        Approval(
            reference=next_reference(Approval, "APR"),
            project=project,
            organisation_id=project.organisation_id,
            body_key=body.key,
            body_name=own.name if own else body.name,
            own_body=own,
            binding=own.binding if own else body.binding,
            reason=entry.reason,
            rule=entry.rule,
            rule_version=VERSION,
            rule_answers=words_of(entry),
            replaces=replaces,
            created_at=clock.now(),
            created_by=by,
        )
    )
    db.session.flush()
