"""The life of approvals on the command line: its diagram, and its replay."""

from compliance.rules.approval_diagram import mermaid
from compliance.terms import ApprovalState, Role
from tests.factories import changed
from tests.source import ROOT


def test_the_diagram_is_that_of_the_rules(app):
    assert app.test_cli_runner().invoke(args=["approvals", "diagram"]).output.strip() == mermaid()


def test_the_map_holds_the_same_diagram():
    drawn = (ROOT / "ARCHITECTURE.md").read_text().split("```mermaid\n")[1].split("\n```")[0]
    assert drawn == mermaid()


def test_a_stage_that_its_history_does_not_lead_to_is_told(app, make):
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    officer = make.user(Role.ETHICS_OFFICER, force)
    approval = make.decision(make.approval(make.project(force, officer)), officer)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["approvals", "replay"]).exit_code == 0
    assert runner.invoke(args=["approvals", "replay", "--trail"]).exit_code == 0
    changed(approval, stage=ApprovalState.CLOSED)
    assert "its trail leads to active" in runner.invoke(args=["approvals", "replay", "--trail"]).output
    told = runner.invoke(args=["approvals", "replay"])
    assert told.exit_code == 1
    assert f"{approval.reference} is recorded as closed, and its history leads to active" in told.output
