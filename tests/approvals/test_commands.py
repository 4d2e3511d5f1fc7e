"""The life of approvals on the command line: its diagram, and its replay."""

from compliance.rules.approval_diagram import mermaid
from compliance.terms import ApprovalState, Role
from tests.factories import changed


def test_the_diagram_is_that_of_the_rules(app):
    assert app.test_cli_runner().invoke(args=["approvals", "diagram"]).output.strip() == mermaid()


def test_a_stage_that_its_history_does_not_lead_to_is_told(app, make):
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    officer = make.user(Role.ETHICS_OFFICER, force)
    approval = make.decision(make.approval(make.project(force, officer)), officer)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["approvals", "replay"]).exit_code == 0
    changed(approval, stage=ApprovalState.CLOSED)
    told = runner.invoke(args=["approvals", "replay"])
    assert told.exit_code == 1
    assert f"{approval.reference} is recorded as closed, and its history leads to active" in told.output
