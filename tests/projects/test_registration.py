"""A registration is kept as far as it goes: half a task, a partner, another organisation."""

import pytest

from compliance.conflict import Conflict
from compliance.projects import partnering
from compliance.rules.broken import RuleBroken
from compliance.terms import CharterStatus, PartnerKind, Role, ScopeDecision, Stage, Tick
from tests.kept import kept
from tests.pages import parse, text_of

LATER = "Save and come back later"


@kept
def place(make):
    tree = make.tree()
    return tree, make.user(Role.INTEGRITY_LEAD, tree["npcc"])


@pytest.fixture
def draft(make, place, client):
    tree, person = place
    client.sign_in(person)
    return make.draft(tree["northmoor"], person)


def status_of(client, draft, key: str) -> str:
    """What the task list says of a task."""
    root, _ = parse(client.get(f"/projects/{draft.reference}/register").text)
    return next(text_of(one) for one in root.iter("div") if one.get("id") == f"{key}-status")


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("tier", {"stage": "deploy"}, lambda one: (one.tier, one.stage) == (None, Stage.DEPLOY)),
        ("lead", {"funder": "The force"}, lambda one: (one.lead, one.funder) == (None, "The force")),
        (
            "dates",
            {"expected_end_on": ["1", "9", "2026"]},
            lambda one: one.expected_end_on and not one.expected_start_on,
        ),
        ("people", {"people": "unsure"}, lambda one: [row.answer for row in one.intake] == [Tick.UNSURE]),
        ("openness", {"protocol_plan": "Soon"}, lambda one: one.protocol_plan and not one.publication_plan),
        ("scope", {"scope_note": "Ask Daniel"}, lambda one: one.scope_note and not one.scope_decision),
        ("interests", {"interests": "Shares"}, lambda one: one.interests and one.interests_declared is None),
    ],
)
def test_half_a_task_is_kept_for_later_and_said_to_be_in_progress(client, draft, key, typed, kept):
    address = f"/projects/{draft.reference}/register/{key}"
    assert client.fill(address, typed, button="Save and continue").status_code == 400
    assert not kept(draft)
    assert client.fill(address, typed, button=LATER).location.endswith("/register")
    assert kept(draft)
    open_tasks = {"scope": "Not yet started", "interests": "Not yet started"}
    assert status_of(client, draft, key) == open_tasks.get(key, "In progress")


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("about", {"title": ""}, "Enter the title"),
        ("dates", {"expected_start_on": ["31", "2", "2026"]}, "must be a real date"),
        (
            "dates",
            {"expected_start_on": ["1", "9", "2026"], "expected_end_on": ["1", "8", "2026"]},
            "on or after",
        ),
        ("scope", {"scope_decision": "out_of_scope"}, "Select the reason"),
        ("interests", {"interests_declared": "yes"}, "Say what the conflict is"),
    ],
)
def test_what_cannot_be_kept_is_refused_even_for_later(client, draft, key, typed, told):
    page = client.fill(f"/projects/{draft.reference}/register/{key}", typed, button=LATER)
    assert page.status_code == 400
    assert told in page.text


def test_a_registered_project_is_complete_and_stays_so(client, make, place):
    tree, person = place
    project = make.project(tree["northmoor"], person)
    client.sign_in(person)
    address = f"/projects/{project.reference}/register/about"
    assert LATER not in client.get(address).text
    version = client.get(address).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    forced = {"later": "yes", "version": version, "title": project.title, "summary": ""}
    with client.session_transaction() as session:
        forced["csrf_token"] = session.get("csrf_token", "")
    assert client.post(address, data=forced).status_code == 400
    assert project.summary


def test_a_partner_is_added_corrected_and_removed(client, draft):
    address = f"/projects/{draft.reference}/partners"
    client.fill(address, {"kind": "supplier", "name": "Plainway", "charter": "signed"})
    number = draft.partners[0].id
    client.fill(f"{address}/{number}", {"kind": "charity", "name": "After the Uniform"})
    assert [(row.kind, row.name, row.charter) for row in draft.partners] == [
        (PartnerKind.CHARITY, "After the Uniform", None)
    ]
    client.fill(address, {}, button=str(number))
    assert draft.partners == []
    assert client.get(f"{address}/{number}").status_code == 404


def test_who_saw_other_partners_changes_none(client, make, draft, place):
    person, old = place[1], draft.version
    values = {"kind": PartnerKind.SUPPLIER, "name": "Plainway", "charter": CharterStatus.SIGNED}
    partnering.add_partner(draft, values, seen=old, by=person)
    [partner] = draft.partners
    for act in (
        lambda: partnering.add_partner(draft, values, seen=old, by=person),
        lambda: partnering.change_partner(draft, partner, values, seen=old, by=person),
        lambda: partnering.remove_partner(draft, partner, seen=old, by=person),
        lambda: partnering.move_draft(draft, place[0]["westmarch"], seen=old, by=person),
    ):
        with pytest.raises(Conflict):
            act()
    address = f"/projects/{draft.reference}/partners"
    shown = client.get(address)
    partnering.change_partner(draft, partner, {**values, "name": "Theirs"}, seen=draft.version, by=person)
    answer = client.send(shown, {"kind": "charity", "name": "Mine"})
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    assert [row.name for row in draft.partners] == ["Theirs"]


def test_a_draft_moves_to_another_organisation_and_leaves_a_lead_who_cannot_lead_there(
    client, make, place, draft
):
    tree = place[0]
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    client.fill(
        f"/projects/{draft.reference}/register/lead", {"lead_id": str(lead.id), "funder": "The force"}
    )
    address = f"/projects/{draft.reference}/register/organisation"
    assert 'value="northmoor" selected' in client.get(address).text
    page = client.get(client.fill(address, {"organisation_code": "westmarch"}).location)
    assert "Choose the lead again" in page.text
    assert (draft.organisation.code, draft.lead) == ("westmarch", None)
    assert status_of(client, draft, "lead") == "In progress"


def test_a_registered_project_stays_with_its_organisation(client, make, place):
    tree, person = place
    project = make.project(tree["northmoor"], person)
    with pytest.raises(RuleBroken, match="its organisation stays"):
        partnering.move_draft(project, tree["westmarch"], seen=project.version, by=person)
    client.sign_in(person)
    assert "which organisation answers" not in client.get(f"/projects/{project.reference}/register").text


@pytest.mark.parametrize(("asked", "found"), [("100%", 2), ("%", 0), ("a_b", 1), ("100", 2), ("HUNDRED", 1)])
def test_what_is_searched_are_words_and_no_sign_stands_for_another(client, make, place, asked, found):
    tree, person = place
    for title in ("100% of calls", "1000 calls", "a_b and axb", "axb", "Hundreds of calls"):
        make.draft(tree["northmoor"], person, title=title)
    client.sign_in(person)
    page = client.get("/projects", query_string={"q": asked}).text
    assert f"{found}\u00a0project{'' if found == 1 else 's'}<" in page


def test_a_draft_that_is_half_done_says_so_and_can_still_not_be_registered(client, draft, place):
    client.fill(f"/projects/{draft.reference}/register/tier", {"stage": "deploy"}, button=LATER)
    assert "11 tasks to complete first" in text_of(
        parse(client.get(f"/projects/{draft.reference}/register/check").text)[0]
    ).replace("\u00a0", " ")
    assert draft.scope_decision is not ScopeDecision.IN_SCOPE
    assert draft.registered_at is None
