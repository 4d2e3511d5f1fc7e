"""An organisation judges itself and sends its return through its pages."""

import pytest

from compliance import frameworks
from compliance.assessments import queries
from compliance.terms import Role, Standing
from tests.conftest import at_most
from tests.kept import kept

CODE = "25-C12-E1"
PAGE = "/assessment/northmoor/2025-26"
REQUIREMENT = f"{PAGE}/{CODE}"
WRITTEN = "Written by hand, an hour of work"


@kept
def tree(make):
    return make.tree()


@kept
def period(make):
    return make.period(2025)


@kept
def lead(make, tree):
    return make.user(Role.INTEGRITY_LEAD, tree["northmoor"], name="Marcus Oyelaran")


def judge_everything(make, force, period, lead, standing=Standing.MET):
    for row in queries.judgements(force.id, period.id):
        make.judgement(force, period, lead, row.requirement.code, standing)


def test_someone_with_one_organisation_goes_straight_there(client, make, tree, period):
    client.sign_in(make.user(Role.INTEGRITY_LEAD, tree["westmarch"]))
    assert client.get("/assessment").location == "/assessment/westmarch/2025-26"


def test_the_index_counts_in_words_and_shows_every_return(client, make, tree, period, lead):
    make.judgement(tree["northmoor"], period, lead)
    make.sent(tree["northmoor"], period, lead)
    client.sign_in(make.user(Role.BOARD_MEMBER, tree["npcc"]))
    page = client.get("/assessment").text
    assert "1 met, 18 to judge" in page
    assert "1 of 3\u00a0returns sent" in page
    assert "None asked" in page
    assert page.index("Westmarch Police") < page.index("National Council")
    assert client.get("/assessment?period=2019-20").status_code == 404


def test_the_index_without_a_period_says_so(client, make, tree):
    client.sign_in(make.user(Role.INTEGRITY_LEAD, tree["westmarch"]))
    assert "No reporting period has begun" in client.get("/assessment").text


def test_the_index_asks_as_often_for_thirty_organisations_as_for_four(client, make, tree, period):
    client.sign_in(make.user(Role.INTEGRITY_LEAD, tree["npcc"]))
    with at_most(12) as few:
        client.get("/assessment")
    for _ in range(26):
        make.organisation(under=tree["npcc"])
    with at_most(len(few)):
        assert client.get("/assessment").text.count("19 to judge") == 0


def test_the_assessment_asks_as_often_when_full_as_when_empty(client, make, tree, period, lead):
    make.judgement(tree["northmoor"], make.period(2024), lead, evidence=("A", "https://a.example"))
    make.judgement(tree["northmoor"], period, lead, evidence=("A", "https://a.example"))
    client.sign_in(lead)
    with at_most(12) as few:
        assert "1 of 19 requirements judged" in client.get(PAGE).text
    with at_most(26) as few_of_one:
        client.get(REQUIREMENT)
    judge_everything(make, tree["northmoor"], period, lead)
    judge_everything(make, tree["northmoor"], period, lead)
    with at_most(len(few)):
        assert "19 of 19 requirements judged" in client.get(PAGE).text
    with at_most(len(few_of_one)):
        client.get(REQUIREMENT)


def test_the_assessment_leads_to_the_next_and_filters(client, make, tree, period, lead):
    make.judgement(tree["northmoor"], period, lead, CODE, Standing.NOT_MET, note="No policy")
    client.sign_in(lead)
    page = client.get(PAGE).text
    assert f'Next: <a class="govuk-link" href="{PAGE}/25-C12-E2">' in page
    assert "Nothing planned" in page
    assert "19 to judge" not in page
    short = client.get(f"{PAGE}?show=without-fix").text
    assert f'href="{REQUIREMENT}"' in short
    assert f'href="{PAGE}/25-C12-E3"' not in short
    assert "None of these: 5 to judge" in short


def test_a_judgement_is_saved_and_leads_to_the_next(client, tree, period, lead):
    client.sign_in(lead)
    answer = client.fill(
        f"{PAGE}/25-C5-E3",
        {
            "standing": "partly_met",
            "note": "Half of it",
            "fix": "Write the rest",
            "fix_owner": "Head of research",
            "fix_due_on": ["30", "9", "2026"],
            "evidence_title": "Policy",
            "evidence_address": "https://northmoor.example/policy",
        },
    )
    assert answer.location == REQUIREMENT
    page = client.get(f"{PAGE}/25-C5-E3").text
    for shown in (
        "Half of it",
        "Write the rest",
        'value="2026"',
        "https://northmoor.example/policy",
        lead.name,
    ):
        assert shown in page
    assert "Head of research, 30\u00a0September\u00a02026" in client.get(PAGE).text


def test_the_last_judgement_leads_back_to_the_assessment(client, make, tree, period, lead):
    judge_everything(make, tree["northmoor"], period, lead)
    client.sign_in(lead)
    answer = client.fill(REQUIREMENT, {"standing": "met"})
    assert answer.location == PAGE
    assert "Every other requirement is judged" in client.get(PAGE).text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Select how the organisation stands"),
        ({"standing": "not_applicable"}, "Say why this does not apply"),
        (
            {
                "standing": "not_met",
                "note": WRITTEN,
                "fix": "Later",
                "fix_owner": "Me",
                "fix_due_on": ["8", "6", "2026"],
            },
            "Due date must be today or in the future",
        ),
        ({"standing": "met", "evidence_address": "https://a.example"}, "Enter a title for the evidence"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    client, tree, period, lead, values, message
):
    client.sign_in(lead)
    answer = client.fill(
        REQUIREMENT, {"note": WRITTEN if values.get("standing") != "not_applicable" else "", **values}
    )
    assert answer.status_code == 400
    assert answer.text.count(message) == 2
    assert WRITTEN in answer.text or "note" not in values or not values.get("note")


def test_the_words_of_last_year_may_be_taken_over_but_not_its_judgement(client, make, tree, period, lead):
    make.judgement(tree["northmoor"], make.period(2024), lead, CODE, Standing.MET, note="As every year")
    client.sign_in(lead)
    page = client.get(REQUIREMENT).text
    assert "Last year, 2024 to 2025" in page
    assert "As every year</textarea>" not in page
    begun = client.get(f"{REQUIREMENT}?words=last-year").text
    assert "As every year</textarea>" in begun
    assert "checked" not in begun


def test_the_second_of_two_writers_sees_both_and_may_save_knowingly(client, make, tree, period, lead):
    client.sign_in(lead)
    drawn = client.get(REQUIREMENT)
    other = make.user(Role.INTEGRITY_LEAD, tree["npcc"], name="Gwen Prys-Rowlands")
    make.judgement(tree["northmoor"], period, other, CODE, Standing.MET, note="Seen on the website")
    both = client.send(
        drawn,
        {
            "standing": "not_met",
            "note": WRITTEN,
            "evidence_title": "Policy",
            "evidence_address": "https://a.example",
        },
    )
    assert both.status_code == 409
    for shown in (
        "Gwen Prys-Rowlands saved a judgement",
        "Seen on the website",
        WRITTEN,
        "https://a.example",
    ):
        assert shown in both.text
    assert client.send(both, {}).status_code == 302
    answers = queries.get_assessment(tree["northmoor"].id, period.id, CODE).answers
    assert [one.note for one in answers] == [WRITTEN, "Seen on the website"]


def test_what_was_typed_survives_a_return_sent_meanwhile(client, make, tree, period, lead):
    client.sign_in(lead)
    drawn = client.get(REQUIREMENT)
    make.sent(tree["northmoor"], period, lead)
    answer = client.send(drawn, {"standing": "not_met", "note": WRITTEN})
    assert answer.status_code == 400
    assert "can no longer be changed" in answer.text
    assert WRITTEN in answer.text


def test_evidence_can_be_added_on_its_own(client, tree, period, lead):
    client.sign_in(lead)
    wrong = client.fill(
        f"{REQUIREMENT}/evidence", {"evidence_title": "Policy", "evidence_address": "ftp://a"}
    )
    assert wrong.status_code == 400
    assert "https://" in wrong.text
    client.fill(
        f"{REQUIREMENT}/evidence", {"evidence_title": "Policy", "evidence_address": "https://a.example"}
    )
    assert 'href="https://a.example"' in client.get(REQUIREMENT).text


def test_the_return_lists_what_stops_it_then_is_sent_and_locks(client, make, tree, period, lead):
    client.sign_in(lead)
    page = client.get(f"{PAGE}/return").text
    assert "19 requirements are still to judge" in page
    assert "Nobody is named as senior lead" in page
    assert '<form method="post" novalidate>' not in page
    judge_everything(make, tree["northmoor"], period, lead)
    assert client.fill(f"{PAGE}/return", {}, button="Send the return").location == f"{PAGE}/return"
    assert "Return sent" in client.get(f"{PAGE}/return").text
    for url in (PAGE, REQUIREMENT):
        page = client.get(url).text
        assert "Marcus Oyelaran sent the return on 9\u00a0June\u00a02026" in page
        assert "Save the judgement" not in page


def test_the_council_may_send_for_a_force_but_sends_none_itself(client, make, tree, period):
    national = make.user(Role.INTEGRITY_LEAD, tree["npcc"])
    for force in (tree["northmoor"], tree["npcc"]):
        judge_everything(make, force, period, national)
    client.sign_in(national)
    assert client.fill(f"{PAGE}/return", {}, button="Send the return").status_code == 302
    refused = client.get("/assessment/npcc/2025-26/return").text
    assert "No return is asked of this organisation" in refused
    assert "Send the return</button>" not in refused


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BOARD_MEMBER])
def test_auditors_and_board_members_read_and_change_nothing(client, make, tree, period, lead, role):
    make.judgement(tree["northmoor"], period, lead, CODE, Standing.PARTLY_MET, note="Half of it")
    client.sign_in(lead)
    drawn = client.get(REQUIREMENT)
    client.sign_in(make.user(role, tree["npcc"]))
    page = client.get(REQUIREMENT).text
    assert "Half of it" in page
    assert "Save the judgement" not in page
    token = {"csrf_token": drawn.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]}
    assert client.post(REQUIREMENT, data=token).status_code in (400, 403)
    assert client.get(f"{PAGE}/return").status_code == 403
    assert client.get(f"{REQUIREMENT}/evidence").status_code == 403


def test_own_and_below_are_found_and_a_sister_is_not(client, make, tree, period, lead):
    client.sign_in(lead)
    for code, status in (("northmoor", 200), ("forensic", 200), ("westmarch", 404), ("npcc", 404)):
        for rest in ("", f"/{CODE}", f"/{CODE}/evidence", "/return"):
            assert client.get(f"/assessment/{code}/2025-26{rest}").status_code == status, (code, rest)
    assert client.get(f"{PAGE}/25-XX-E9").status_code == 404
    assert client.get("/assessment/northmoor/2019-20").status_code == 404


def test_reading_everywhere_and_judging_in_one_place(client, make, tree, period, lead):
    make.member(lead, Role.AUDITOR, tree["npcc"])
    client.sign_in(lead)
    assert "Save the judgement" in client.get(REQUIREMENT).text
    sister = f"/assessment/westmarch/2025-26/{CODE}"
    assert "Save the judgement" not in client.get(sister).text
    drawn = client.get(REQUIREMENT)
    posted = client.post(
        sister,
        data={"csrf_token": drawn.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]},
    )
    assert posted.status_code == 403
    assert client.get(f"{sister}/evidence").status_code == 403
    assert client.get("/assessment/westmarch/2025-26/return").status_code == 404


def test_wording_that_nobody_verified_is_never_printed_as_an_obligation(app):
    framework = frameworks.get("concordat-2025")
    verified = framework.requirement(CODE)
    guidance = frameworks.get("government-guidance")
    guess = guidance.requirements[0]
    with app.test_request_context():
        expected = app.jinja_env.get_template("components/requirement.html").module.expected
        assert "In our words, not a quotation" in expected(verified, framework)
        assert "Expected of government bodies; wording not verified" in expected(guess, guidance)
        assert "In our words" not in expected(guess, guidance)
