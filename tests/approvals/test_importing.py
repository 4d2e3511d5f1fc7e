"""Approvals from a sheet: every fault with its line, nothing recorded unless all is right, and then all of it."""

import io

import pytest

from compliance.approvals.actions import check_sheet, record_sheet
from compliance.approvals.queries import latest
from compliance.db import db
from compliance.models import Approval, AuditEvent
from compliance.rules.broken import RuleBroken
from compliance.rules.imports import COLUMNS, MOST, read_sheet, text_of
from compliance.terms import ApprovalState, Outcome, Role
from tests.kept import kept

HEAD = ",".join(COLUMNS)


@kept
def place(make):
    """Two projects of a force, and its ethics officer."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead, officer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.ETHICS_OFFICER, force)
    return make.project(force, lead), make.project(force, lead, title="Two"), officer


def sheet(*lines):
    return "\n".join([HEAD, *lines]) + "\n"


def looked_at(text, by):
    """What a look at a sheet says, as (line, column)."""
    lines, faults = read_sheet(text)
    checked = check_sheet(lines, by=by)
    return [(one.line, one.column) for one in sorted([*faults, *checked.faults], key=lambda one: one.line)]


def counted():
    return db.session.query(Approval).count(), db.session.query(AuditEvent).count()


def right(place):
    one, two, _ = place
    return sheet(
        f"{one.reference},force-ethics-panel,P/1,2026-05-01,approve,2026-05-20,2027-05-20,,",
        f"{two.reference},university-rec,U/7,2026-05-02,favourable_with_conditions,2026-05-21,,Send the sheet,",
        f"{two.reference},force-ethics-panel,P/2,2026-05-02,,,,,",
    )


def test_a_right_sheet_is_recorded_as_a_whole(place):
    one, two, officer = place
    lines, faults = read_sheet(right(place))
    assert (faults, check_sheet(lines, by=officer).faults) == ([], ())
    record_sheet(lines, by=officer)
    panel = next(row for row in one.approvals if row.body_key == "force-ethics-panel")
    assert (panel.stage, panel.body_reference) == (ApprovalState.ACTIVE, "P/1")
    assert latest(panel).own_word == "Approve"
    university = next(row for row in two.approvals if row.body_key == "university-rec")
    assert latest(university).outcome is Outcome.FAVOURABLE_WITH_CONDITIONS
    assert [row.text for row in latest(university).conditions] == ["Send the sheet"]
    sent = next(row for row in two.approvals if row.body_key == "force-ethics-panel")
    assert sent.stage is ApprovalState.SUBMITTED


def test_a_look_records_nothing(place):
    before = counted()
    assert looked_at(right(place), place[2]) == []
    assert counted() == before


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("{},no-such-body,,,,,,,", "body", "no body with the code “no-such-body”"),
        ("PRJ-9999,dpia,,,,,,,", "project", "no registered project PRJ-9999"),
        (",dpia,,,,,,,", "project", "Enter the reference of the project"),
        ("{},force-ethics-panel,,2026-02-30,,,,,", "applied_on", "Write it like 2026-05-31"),
        ("{},force-ethics-panel,,2026-05-01,Approve,,,,", "decided_on", "belong together"),
        (
            "{},force-ethics-panel,,2026-05-01,Blessed,2026-05-02,,,",
            "decision",
            "It says: Approve, Approve with",
        ),
        ("{},force-ethics-panel,,,Approve,2026-05-02,,,", "applied_on", "when the application was sent"),
        (
            "{},force-ethics-panel,,2026-05-01,Approve,2026-04-02,,,",
            "decided_on",
            "not be before the application",
        ),
        ("{},force-ethics-panel,,2026-05-01,Approve,2027-04-02,,,", "decided_on", "today or in the past"),
        ("{},force-ethics-panel,,2027-05-01,,,,,", "applied_on", "today or in the past"),
        ("{},force-ethics-panel,,2026-05-01,Approve,2026-05-02,2026-05-01,,", "expires_on", "not be before"),
        (
            "{},force-ethics-panel,,2026-05-01,Approve with minor amendments,2026-05-02,,,",
            "condition",
            "at least one condition",
        ),
        ("{},ai-covenant,,,advice,2026-05-02,,,", "decision", "Answer first"),
    ],
)
def test_each_fault_is_told_with_its_line_and_stops_everything(place, line, column, words):
    one, two, officer = place
    good = f"{two.reference},force-ethics-panel,P/2,2026-05-02,,,,,"
    lines, faults = read_sheet(sheet(good, line.format(one.reference)))
    before = counted()
    found = [*faults, *check_sheet(lines, by=officer).faults]
    assert [(row.line, row.column) for row in found] == [(3, column)]
    assert words in found[0].message
    assert counted() == before


def test_several_faults_are_told_at_once(place):
    one = place[0].reference
    text = sheet(f"{one},nonsense,,,,,,,", f"{one},dpia,,x,,,,,", "PRJ-9999,dpia,,,,,,,")
    assert looked_at(text, place[2]) == [(2, "body"), (3, "applied_on"), (4, "project")]


def test_what_lives_already_or_stands_twice_is_left_to_its_record(make, place):
    one, two, officer = place
    make.decision(make.approval(one), officer)
    line = f"{two.reference},force-ethics-panel,,2026-05-02,,,,,"
    text = sheet(f"{one.reference},force-ethics-panel,,2026-05-02,,,,,", line, line)
    assert looked_at(text, officer) == [(2, "body"), (4, "body")]


def test_a_reference_that_was_used_before_is_a_warning(place):
    one, _, officer = place
    lines, _ = read_sheet(right(place))
    record_sheet(lines, by=officer)
    again, _ = read_sheet(sheet(f"{one.reference},university-rec,u/7,2026-05-01,,,,,"))
    checked = check_sheet(again, by=officer)
    assert checked.faults == ()
    assert "has the same reference at this body" in checked.warnings[0].message


def test_nobody_records_for_a_project_that_is_not_theirs(make, place):
    stranger = make.user(Role.ETHICS_OFFICER, make.organisation("westmarch"))
    assert {column for _, column in looked_at(right(place), stranger)} == {"project"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "must name the columns"),
        (HEAD, "no line below"),
        ("project,colour\nx,y\n", "must name the columns"),
        ("project,body\n" + "PRJ-1,dpia\n" * (MOST + 1), "split it"),
    ],
)
def test_what_is_no_such_sheet_is_refused(text, words):
    with pytest.raises(RuleBroken, match=words):
        read_sheet(text)


def test_a_line_with_too_many_cells_and_a_file_that_is_no_text_are_told():
    _, faults = read_sheet("project,body\nPRJ-0001,dpia,extra\n")
    assert "more cells" in faults[0].message
    with pytest.raises(RuleBroken, match="UTF-8"):
        text_of(b"\xff\xfe")


def test_the_page_looks_first_and_then_records(client, place):
    one, _, officer = place
    client.sign_in(officer)
    wrong = send(client, sheet(f"{one.reference},nonsense,,,,,,,"))
    assert wrong.status_code == 400
    assert "Nothing is recorded yet" in wrong.text
    assert "Line 2" in wrong.text
    seen = send(client, right(place))
    assert "Check what would be recorded" in seen.text
    assert latest(one.approvals[0]) is None
    client.send(seen, {}, button="record")
    assert latest(one.approvals[0]).outcome is Outcome.FAVOURABLE
    assert "must name the columns" in send(client, "x").text


def send(client, text):
    """Choose a file and press the button."""
    return client.fill("/approvals/import", {"file": (io.BytesIO(text.encode()), "approvals.csv")})


def test_the_command_records_all_or_nothing(app, place, tmp_path):
    one, _, officer = place
    file, runner = tmp_path / "sheet.csv", app.test_cli_runner()
    command = ["approvals", "import", str(file), "--by", officer.email]
    file.write_text(sheet(f"{one.reference},nonsense,,,,,,,"))
    told = runner.invoke(args=command)
    assert told.exit_code == 1
    assert "line 2, body: There is no body with the code “nonsense”" in told.output
    file.write_text(right(place))
    assert "3 approvals can be recorded" in runner.invoke(args=[*command, "--dry-run"]).output
    assert latest(one.approvals[0]) is None
    assert "3 approvals recorded" in runner.invoke(args=command).output
    assert latest(one.approvals[0]).outcome is Outcome.FAVOURABLE
    assert runner.invoke(args=[*command[:-1], "nobody@force.example"]).exit_code == 1
