"""What is kept beside the records says what the records say: for every day, after any history."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, and_, bindparam, case, func, select, update

from compliance import audit, clock
from compliance.approvals.queries import alarm, in_fieldwork, is_latest, lacks_decision, late_condition
from compliance.checks import actions as checks
from compliance.db import db, transaction
from compliance.derived.keep import recount
from compliance.derived.records import lacks
from compliance.models import (
    Approval,
    ApprovalEvent,
    ApprovalStanding,
    CheckTally,
    Condition,
    Cover,
    Decision,
    Project,
    ProjectStanding,
)
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence
from compliance.terms import ApprovalStep, Outcome, Role, Standing
from tests.kept import kept

S = ApprovalStep
NUMBERS = count(9000)
FIRST, TODAY = date(2026, 5, 1), date(2026, 6, 9)
DAYS = st.integers(0, (TODAY - FIRST).days).map(lambda days: FIRST + timedelta(days=days))
STEPS = st.sampled_from([S.HALTED, S.SUSPENDED, S.STOPPED, S.RESUMED, S.ENDED, S.TOOK_EFFECT])
DECISIONS = st.tuples(
    DAYS,
    st.sampled_from(list(Outcome)),
    st.none() | st.integers(0, 60),
    st.booleans(),  # corrects the one before
    st.none() | st.booleans(),  # a condition for the start: none, open, met
)
HISTORIES = st.lists(
    st.tuples(st.booleans(), st.lists(DECISIONS, max_size=3), st.lists(st.tuples(DAYS, STEPS), max_size=4)),
    min_size=1,
    max_size=3,
)


@kept
def place(make):
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    return force, make.user(Role.RESEARCH_LEAD, force)


def write(project, lead, approvals, started_on, ended_on) -> None:
    """A history, written past every rule: each approval replaces the one before where it says so."""
    with transaction():
        audit.record("test.made", subject="test", by=None)
        project.started_on, project.ended_on = started_on, ended_on
        for expected in project.approvals:
            expected.binding = False
        before = None
        for number, (replaces, decisions, steps) in enumerate(approvals):
            approval = Approval(
                reference=f"APR-{next(NUMBERS)}",
                project=project,
                organisation_id=project.organisation_id,
                body_key="force-ethics-panel",
                body_name="Panel",
                binding=number != 2 or replaces,
                replaces=before if replaces else None,
                created_at=clock.now(),
                created_by=lead,
            )
            db.session.add(approval)
            decide(approval, lead, decisions)
            for place, (on, step) in enumerate(steps, start=1):
                told = {"recorded_at": clock.now(), "recorded_by": lead}
                db.session.add(
                    ApprovalEvent(approval=approval, number=place, step=step, happened_on=on, **told)
                )
            db.session.flush()
            before = approval


def decide(approval, lead, decisions) -> None:
    earlier = None
    for on, outcome, lasts, corrects, condition in decisions:
        row = Decision(
            approval=approval,
            outcome=outcome,
            decided_on=on,
            expires_on=None if lasts is None else on + timedelta(days=lasts),
            note="Because",
            corrects_id=earlier.id if corrects and earlier else None,
            recorded_at=clock.now(),
            recorded_by=lead,
        )
        if condition is not None:
            met = (
                {"met_on": on, "met_at": clock.now(), "met_by": lead, "met_note": "Shown"}
                if condition
                else {}
            )
            row.conditions.append(Condition(text="Encrypt", before_start=True, due_on=on, **met))
        db.session.add(row)
        db.session.flush()
        earlier = row


# Built once: a statement of this size costs more to build than to run.
ON = bindparam("on", type_=Date())
QUESTIONS = (
    (lacks_decision(ON), lacks(ON)),
    (lacks_decision(ON, with_conditions=False), lacks(ON, with_conditions=False)),
    (alarm(ON), and_(in_fieldwork(ON), lacks(ON))),
)
ASKED = select(*(case((one, 1), else_=0) for pair in QUESTIONS for one in pair)).select_from(Project)
ASKED = ASKED.where(Project.id == bindparam("project"))


def differing(project, days: set[date], questions: tuple[int, ...]) -> list[date]:
    """The days on which what is kept says something else than the records."""
    found = []
    for on in sorted(days):
        row = db.session.execute(ASKED, {"on": on, "project": project.id}).one()
        found += [on for one in questions if row[2 * one] != row[2 * one + 1]]
    return found


def telling(approvals) -> set[date]:
    """The days on which anything of a history happens or ends, with those before and after."""
    found = {FIRST, TODAY, date(2027, 1, 1)}
    for _replaces, decisions, steps in approvals:
        found |= {on for on, *_ in [*decisions, *steps]}
        found |= {on + timedelta(days=lasts) for on, _outcome, lasts, *_ in decisions if lasts}
    return {on + timedelta(days=days) for on in found for days in (-1, 0, 1)}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(HISTORIES, DAYS, st.none() | DAYS)
def test_every_day_of_any_history_is_kept_as_the_records_tell_it(make, place, approvals, begun, over):
    project = make.project(*place)
    write(project, place[1], approvals, begun, over if over and over >= begun else None)
    days = telling(approvals)
    assert differing(project, days, (0, 1)) == []
    # Nothing that is recorded lies after today, so one day tells from when on something is wrong.
    assert differing(project, {on for on in days if on >= TODAY}, (2,)) == []
    assert counting(project) == kept_of(project)


def counting(project) -> list[tuple]:
    """Of each approval the decision that counts and the first condition that is due, by the records."""
    latest = select(Decision.id).where(Decision.approval_id == Approval.id, is_latest(TODAY))
    due = select(func.min(Condition.due_on)).join(Decision)
    due = due.where(Decision.approval_id == Approval.id, late_condition(date(2099, 1, 1)))
    found = select(Approval.id, *(one.correlate(Approval).scalar_subquery() for one in (latest, due)))
    found = found.where(Approval.project_id == project.id).order_by(Approval.id)
    return [tuple(row) for row in db.session.execute(found)]


def kept_of(project) -> list[tuple]:
    row = ApprovalStanding
    found = select(row.approval_id, row.decision_id, row.condition_due_on)
    found = found.where(row.project_id == project.id).order_by(row.approval_id)
    return [tuple(one) for one in db.session.execute(found)]


def standing(project) -> ProjectStanding:
    return db.session.get_one(ProjectStanding, project.id, populate_existing=True)


def test_a_saved_answer_is_counted_at_once(make, place):
    project = make.project(*place)
    check, number = make.check(project), len(project.checks)
    assert (standing(project).unanswered, standing(project).not_met) == (number, 0)
    new, nothing = NewAnswer(Standing.NOT_MET, "No plan"), NewEvidence(None, None)
    checks.answer_check(check, new, nothing, seen=check.version, by=place[1])
    assert (standing(project).unanswered, standing(project).not_met) == (number - 1, 1)
    tally = db.session.get_one(CheckTally, (place[0].id, check.commitment, Standing.NOT_MET))
    assert (tally.checks, tally.projects) == (1, 1)


def test_a_transaction_that_fails_leaves_what_is_kept_alone(make, place):
    project = make.project(*place)
    with pytest.raises(ZeroDivisionError), transaction():
        audit.record("test.changed", subject="test", by=None)
        project.started_on = TODAY
        db.session.flush()
        1 / 0  # noqa: B018
    assert standing(project).started_on is None


def test_the_demonstration_is_kept_as_its_records_tell_it(demo):
    assert recount(mend=False) == []


def test_what_differs_from_the_records_is_told_and_put_right(app, make, place):
    project = make.project(*place)
    with db.engine.begin() as connection:
        connection.execute(update(Cover).values(decided=True, settled=True))
        connection.execute(update(CheckTally).values(checks=CheckTally.checks + 1))
    runner = app.test_cli_runner()
    told = runner.invoke(args=["approvals", "recount"])
    assert told.exit_code == 1
    assert f"cover {project.id} 0001-01-01" in told.output
    assert "check_tally" in told.output
    assert runner.invoke(args=["approvals", "recount", "--mend"]).exit_code == 0
    told = runner.invoke(args=["approvals", "recount"])
    assert (told.exit_code, told.output.strip()) == (0, "Everything kept follows from the records")
