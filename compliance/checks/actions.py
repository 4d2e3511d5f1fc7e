"""Checks, answered."""

from compliance import audit, clock, frameworks
from compliance.attach import attach, prepare
from compliance.checks.promises import promised_for
from compliance.checks.queries import find_check
from compliance.checks.record import begun_on
from compliance.conflict import Conflict, refuse_stale
from compliance.db import db, transaction
from compliance.frameworks.schema import Framework
from compliance.models import ActionStep, Answer, Check, Project, User
from compliance.rules.assessments import refuse_retired
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence
from compliance.rules.promises import NewStep
from compliance.terms import ActionState


def answer_check(check: Check, new: NewAnswer, evidence: NewEvidence, *, seen: int, by: User) -> None:
    """Add an answer and set where the check stands; raises RuleBroken or Conflict."""
    new.check(clock.today())
    subject = check.project.reference
    refuse_ended(check.project, frameworks.get(check.framework))
    prepared = prepare(evidence)
    # Most who come second are so already: they need not queue behind those who write.
    refuse_stale(check, seen)
    with transaction():
        audit.record("check.answered", subject=subject, by=by)
        refuse_stale(check, seen)
        # A repeated answer changes no column: the version must still move, or a rival edit goes unseen.
        check.standing, check.version = new.standing, check.version + 1
        db.session.add(answer_of(check, new, by=by))
        attach(prepared, check, by=by)


def answer_unasked(project: Project, code: str, new: NewAnswer, evidence: NewEvidence, *, by: User) -> None:
    """Answer for the first time what a project is not asked for: a requirement of another framework.

    From then on that answer stands, and nothing is derived instead. Raises RuleBroken or Conflict.
    """
    new.check(clock.today())
    framework, requirement = frameworks.holders()[code]
    refuse_ended(project, framework)
    prepared = prepare(evidence)
    with transaction():
        audit.record("check.answered", subject=project.reference, by=by)
        if find_check(project.id, code) is not None:
            raise Conflict
        check = Check(
            project=project,
            organisation_id=project.organisation_id,
            framework=framework.key,
            requirement_code=code,
            commitment=requirement.heading,
            standing=new.standing,
        )
        db.session.add_all([check, answer_of(check, new, by=by)])
        db.session.flush()
        attach(prepared, check, by=by)


def answer_of(check: Check, new: NewAnswer, *, by: User) -> Answer:
    """One answer as it is stored."""
    return Answer(
        check=check,
        standing=new.standing,
        note=new.note,
        fix=new.fix,
        fix_owner=new.fix_owner,
        fix_due_on=new.fix_due_on,
        answered_at=clock.now(),
        answered_by_id=audit.number_of_account(by),
    )


def refuse_ended(project: Project, framework: Framework) -> None:
    """Raise RuleBroken when an edition ended before the project began."""
    until = framework.in_force_until
    refuse_retired(framework.short, until, begun_on(project), what="this project")


def record_step(check: Check, number: int | None, new: NewStep, *, by: User) -> None:
    """Record what became of what an answer said would be done; raises RuleBroken or NotFound."""
    new.check(clock.today())
    with transaction():
        audit.record("action.followed_up", subject=check.project.reference, by=by)
        db.session.add(
            ActionStep(
                answer=promised_for(check, number).answer,
                state=new.state,
                note=new.note,
                due_on=new.due_on if new.state is ActionState.CARRIED_OVER else None,
                recorded_at=clock.now(),
                recorded_by=by,
            )
        )
