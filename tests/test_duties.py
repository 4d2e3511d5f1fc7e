"""Separation of duties: what nobody does alone, and what nobody else learns of misconduct.

That nobody gives or confirms a role of their own stands in tests/accounts, that nobody accepts their own answer in
tests/reviews; here is what two roles in one hand would allow.
"""

import json
from datetime import date

import pytest
from sqlalchemy import select

from compliance import audit
from compliance.db import db
from compliance.models import AuditEvent
from compliance.rules.approvals import check_not_required
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import check_met
from compliance.rules.statements import check_approver, check_signatory
from compliance.terms import Role

ME, YOU = 1, 2


def met_by(person: int) -> None:
    """Say that a condition that ME sees to is met."""
    day = date(2026, 6, 1)
    check_met(day, day, day, meeter_id=person, keeper_id=ME)


@pytest.mark.parametrize(
    ("refused", "allowed"),
    [
        (lambda: check_signatory(ME, {ME, YOU}), lambda: check_signatory(ME, {YOU})),
        (lambda: check_approver(ME, {ME}), lambda: check_approver(ME, {YOU})),
        (lambda: met_by(ME), lambda: met_by(YOU)),
        (lambda: check_not_required(ME, ME), lambda: check_not_required(ME, YOU)),
    ],
    ids=[
        "signs what they drafted",
        "approves what they drafted",
        "meets their own condition",
        "waives their own approval",
    ],
)
def test_what_nobody_does_alone(refused, allowed):
    with pytest.raises(RuleBroken):
        refused()
    allowed()


def test_who_drafted_cannot_record_the_approval(client, make):
    tree, period = make.tree(), make.period()
    both = make.user(Role.INTEGRITY_LEAD, tree["northmoor"])
    make.member(both, Role.BOARD_MEMBER, tree["northmoor"])
    statement = make.statement(tree["northmoor"], period, both)
    client.sign_in(both)
    client.get(f"/statements/{statement.reference}/approve")
    assert statement.approval is None


def test_every_view_of_a_case_is_recorded_and_told_to_nobody_else(client, make):
    tree = make.tree()
    officer = make.user(Role.MISCONDUCT_OFFICER, tree["northmoor"], name="Moira Fenwick")
    case = make.case(tree["northmoor"], officer)
    client.sign_in(officer)
    for _ in range(2):
        assert client.get(f"/misconduct/{case.reference}").status_code == 200
    rows = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "case.viewed")).all()
    assert [(row.actor, row.subject, row.row, json.loads(row.change)) for row in rows] == [
        (audit.account(officer.id), case.reference, f"case {case.id}", {})
    ] * 2
    assert {row.organisation_id for row in rows} == {tree["northmoor"].id}
    assert audit.verify()[1] is None
    client.sign_in(make.user(Role.RESEARCH_LEAD, tree["westmarch"]))
    assert client.get(f"/misconduct/{case.reference}").status_code == 403
    assert len(db.session.scalars(select(AuditEvent).where(AuditEvent.event == "case.viewed")).all()) == 2


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MISCONDUCT_OFFICER}))
def test_no_page_list_or_file_names_a_case_to_another_role(client, make, role):
    tree, period = make.tree(), make.period()
    officer = make.user(Role.MISCONDUCT_OFFICER, tree["northmoor"])
    case = make.case(tree["northmoor"], officer)
    client.sign_in(officer)
    client.get(f"/misconduct/{case.reference}")
    make.statement(tree["northmoor"], period, make.user(Role.INTEGRITY_LEAD, tree["northmoor"]))
    client.sign_in(make.user(role, tree["npcc"]))
    for page in (
        "/my-work",
        "/audit",
        f"/audit?q={case.reference}",
        "/board",
        "/projects",
        f"/projects?q={case.reference}",
        "/approvals.csv",
        "/projects.csv",
        "/board/all.csv",
        "/approvals",
        "/statements",
        "/evidence",
        "/people",
    ):
        answer = client.get(page)
        assert answer.status_code in (200, 302, 403, 404), page
        # What the reader typed stands in the field again, and in addresses that keep or use the filter.
        typed = (f'value="{case.reference}"', f"q%3D{case.reference}", f"?q={case.reference}")
        shown = answer.text
        for words in typed:
            shown = shown.replace(words, "")
        assert case.reference not in shown, page
