"""Migrations that change rows, run on rows: what was recorded before is kept, on each kind of database."""

from datetime import date

import pytest
from sqlalchemy import text

from compliance import audit
from compliance.approvals.conditions import meet_condition
from compliance.db import db, transaction
from compliance.models import Check
from compliance.rules.conditions import NewCondition
from compliance.terms import Involvement, Outcome, Role, Standing
from tests.test_migrations import run, run_sql


@pytest.fixture
def conditions(make) -> list[int]:
    """Two conditions of a decision, the first of them met."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    officer = make.user(Role.ETHICS_OFFICER, force)
    project = make.project(force, officer, involves=(Involvement.NHS_STAFF,))
    wanted = tuple(NewCondition(one, before_start=False, due_on=None) for one in ("Encrypt", "Report"))
    approval = make.decision(
        make.approval(project),
        officer,
        Outcome.FAVOURABLE_WITH_CONDITIONS,
        on=date(2026, 6, 1),
        conditions=wanted,
    )
    rows = approval.decisions[0].conditions
    meet_condition(rows[0], "Seen", by=make.user(), on=date(2026, 6, 2))
    found = [row.id for row in rows]
    db.session.remove()
    return found


def told(sql: str) -> list[tuple]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_the_address_of_what_showed_a_condition_met_moves_into_its_note(app, conditions):
    met, still_open = conditions
    assert run(app, "downgrade", "0004") == 0
    run_sql(f"UPDATE condition SET met_address = 'https://force.example/report' WHERE id = {met}")
    assert run(app, "upgrade") == 0
    rows = told("SELECT id, met_note, met_on FROM condition ORDER BY id")
    assert [row[:2] for row in rows] == [(met, "Seen: https://force.example/report"), (still_open, None)]
    assert [str(row[2]) for row in rows] == ["2026-06-09", "None"], "the day on which it was recorded"
    assert run(app, "check") == 0


def test_answers_about_nhs_staff_go_with_their_question_and_no_other_answer_does(app, conditions):
    count = "SELECT count(*) FROM intake_answer"
    (before,) = told(count)[0]
    assert run(app, "downgrade", "0015") == 0
    assert told(count) == [(before - 1,)]
    assert run(app, "upgrade") == 0
    assert told(f"{count} WHERE involvement = 'nhs_staff'") == [(0,)]


def test_projects_are_counted_anew_by_what_they_are_asked_for(app, make):
    force = make.organisation("northmoor")
    project = make.project(force, make.user(Role.RESEARCH_LEAD, force))
    with transaction():
        audit.record("test.made", subject="test", by=None)
        beyond = Check(framework="government-guidance", requirement_code="GOV-R1", commitment="GOV-R")
        beyond.organisation_id, beyond.standing = force.id, Standing.NOT_MET
        project.checks.append(beyond)
        make.check(project).standing = Standing.NOT_MET
    db.session.remove()
    count = "SELECT not_met FROM project_standing"
    assert told(count) == [(1,)]
    assert run(app, "downgrade", "0017") == 0
    assert told(count) == [(2,)]
    assert run(app, "upgrade") == 0
    assert told(count) == [(1,)]
