"""One digest a person, each thing once a stage; a failing server loses nothing and is told."""

from datetime import date

from sqlalchemy import select

from compliance.approvals.queries import latest
from compliance.db import db
from compliance.models import Reminder
from compliance.rules.conditions import NewCondition
from compliance.terms import ApprovalStep, Outcome, Role
from tests.factories import changed
from tests.kept import kept

FC = Outcome.FAVOURABLE_WITH_CONDITIONS


@kept
def place(make):
    """A project with a condition due in three days and an approval that ends in twenty."""
    npcc = make.organisation("npcc")
    force = make.organisation("northmoor", under=npcc)
    lead = make.user(Role.RESEARCH_LEAD, force, name="Priya Lead", email="lead@northmoor.example")
    officer = make.user(Role.ETHICS_OFFICER, force, email="officer@northmoor.example")
    make.user(Role.INTEGRITY_LEAD, npcc, email="national@npcc.example")
    make.user(Role.BOARD_MEMBER, npcc, email="board@npcc.example")
    project = make.project(force, lead)
    condition = NewCondition("Secret words of the condition", before_start=False, due_on=date(2026, 6, 12))
    approval = make.decision(
        make.approval(project),
        officer,
        FC,
        on=date(2026, 5, 20),
        expires_on=date(2026, 6, 29),
        conditions=(condition,),
    )
    return approval, lead, officer


def remind(app, *options):
    return app.test_cli_runner().invoke(args=["remind", *options])


def kept():
    return db.session.scalars(select(Reminder).order_by(Reminder.id)).all()


def test_each_person_gets_one_digest_in_two_forms_without_the_words_of_a_record(app, place, mailbox):
    result = remind(app)
    assert result.exit_code == 0, result.output
    assert len(mailbox.messages) == 2
    message = mailbox.to("lead@northmoor.example")
    assert message["Subject"] == "2 things need you"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for words in (
        "condition due, 12 June 2026, in 3 days",
        "last day of the approval, 29 June 2026, in 20 days",
        "Set by the body with its decision of 20 May 2026",
        f"/approvals/{place[0].reference}",
    ):
        assert words in text
        assert words in html
    assert "Secret words" not in text + html
    assert "How victims learn" not in text + html
    assert mailbox.to("officer@northmoor.example")["Subject"] == "1 thing needs you"


def test_run_twice_it_sends_nothing_twice(app, place, mailbox):
    remind(app)
    again = remind(app)
    assert again.exit_code == 0
    assert "0 of 0 digests sent" in again.output
    assert len(mailbox.messages) == 2


def test_the_next_stage_is_sent_and_what_is_done_is_not(app, make, place, mailbox):
    remind(app)
    changed(latest(place[0]).conditions[0], met_at=None)
    later = remind(app, "--on", "2026-06-12")
    assert later.exit_code == 0
    last = mailbox.messages[-1]
    assert "lead@northmoor.example" in last["To"]
    assert "condition due, 12 June 2026, today" in last.get_body(("plain",)).get_content()
    assert "last day of the approval" not in last.get_body(("plain",)).get_content()


def test_a_long_delay_is_told_to_the_nearest_integrity_lead(app, place, mailbox):
    remind(app, "--on", "2026-06-19")
    assert "7 days late" in mailbox.to("national@npcc.example").get_body(("plain",)).get_content()


def test_fieldwork_without_an_approval_is_told_at_once_and_to_the_board_after_three_days(
    app, make, place, mailbox
):
    project = place[0].project
    changed(project, started_on=date(2026, 6, 9))
    make.step(place[0], place[2], ApprovalStep.HALTED)
    remind(app)
    assert (
        mailbox.to("national@npcc.example")["Subject"] == "Fieldwork without an approval; 1 thing needs you"
    )
    assert not [one for one in mailbox.messages if "board@npcc.example" in one["To"]]
    remind(app, "--on", "2026-06-16")
    told = mailbox.to("board@npcc.example").get_body(("plain",)).get_content()
    assert f"{project.reference}: fieldwork is running without a binding approval" in told
    assert "for 7 days" in told


def test_a_failing_server_loses_nothing_and_exits_with_an_error(app, place, mailbox):
    mailbox.refused.add("lead@northmoor.example")
    failed = remind(app)
    assert failed.exit_code == 1
    assert "lead@northmoor.example: not sent" in failed.output
    assert "no such mailbox" in failed.output
    assert {row.user_id for row in kept()} == {place[2].id}
    mailbox.refused.clear()
    assert remind(app).exit_code == 0
    assert mailbox.to("lead@northmoor.example")["Subject"] == "2 things need you"


def test_no_server_at_all_is_an_error_with_the_way_out(app, place):
    app.config["SMTP_HOST"], before = "", app.config["SMTP_HOST"]
    result = remind(app)
    app.config["SMTP_HOST"] = before
    assert result.exit_code == 1
    assert "Set COMPLIANCE_SMTP_HOST" in result.output


def test_a_server_that_nobody_runs_is_an_error(app, place, mailbox):
    app.config["SMTP_PORT"] = 9
    assert remind(app).exit_code == 1
    assert kept() == []


def test_a_dry_run_says_what_to_whom_and_why_and_sends_nothing(app, place, mailbox):
    result = remind(app, "--dry-run", "--on", "2026-06-12")
    assert result.exit_code == 0
    assert "To lead@northmoor.example: 2 things need you" in result.output
    assert "Set by the body with its decision of 20 May 2026" in result.output
    assert "[day]" in result.output
    assert mailbox.messages == []
    assert kept() == []


def test_somebody_who_left_is_not_told(app, place, mailbox):
    changed(place[1], active=False)
    remind(app)
    assert not [one for one in mailbox.messages if "lead@northmoor.example" in one["To"]]


def test_a_lead_without_a_role_there_is_not_told(app, make, place, mailbox):
    stranger = make.user(name="Moved On", email="moved@westmarch.example")
    changed(place[0].project, lead_id=stranger.id)
    remind(app)
    assert not [one for one in mailbox.messages if "moved@westmarch.example" in one["To"]]


def test_a_named_owner_is_told_instead_of_the_lead(app, make, place, mailbox):
    owner = make.user(Role.RESEARCH_LEAD, place[0].project.organisation, email="owner@northmoor.example")
    changed(latest(place[0]).conditions[0], owner_id=owner.id)
    remind(app)
    assert "condition due" in mailbox.to("owner@northmoor.example").get_body(("plain",)).get_content()
    assert mailbox.to("lead@northmoor.example")["Subject"] == "1 thing needs you"
