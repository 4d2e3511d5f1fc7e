"""Any day of the past can be asked: what was answered later is left out."""

from datetime import UTC, date, datetime

import pytest

from compliance import clock
from compliance.assessments.queries import judgements
from compliance.checks import actions as checks
from compliance.checks.queries import standings_as_at
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence
from compliance.terms import Role, Standing
from tests.conftest import on_day

APRIL, MAY = datetime(2026, 4, 20, 9, tzinfo=UTC), datetime(2026, 5, 20, 9, tzinfo=UTC)
BETWEEN = date(2026, 5, 1)


def test_an_assessment_as_at_a_day(client, make):
    tree, period = make.tree(), make.period()
    lead = make.user(Role.INTEGRITY_LEAD, tree["northmoor"])
    with on_day(APRIL):
        make.judgement(tree["northmoor"], period, lead, standing=Standing.NOT_MET, note="No policy")
    with on_day(MAY):
        make.judgement(tree["northmoor"], period, lead, standing=Standing.MET, note="Policy in force")
        make.judgement(tree["northmoor"], period, lead, "25-C12-E2")
    then = judgements(tree["northmoor"].id, period.id, as_at=clock.end_of(BETWEEN))
    assert [row.standing for row in then[:2]] == [Standing.NOT_MET, Standing.NOT_ASSESSED]
    now = judgements(tree["northmoor"].id, period.id)
    assert [row.standing for row in now[:2]] == [Standing.MET, Standing.MET]
    client.sign_in(lead)
    shown = client.get("/assessment/northmoor/2025-26?as_at=2026-05-01").text
    assert "As at 1\u00a0May\u00a02026" in shown
    assert "1 of 19 requirements judged" in shown
    assert "1 of 19 requirements judged" in client.get("/assessment/northmoor/2025-26?as_at=1/5/2026").text
    assert "2 of 19 requirements judged" in client.get("/assessment/northmoor/2025-26?as_at=nonsense").text


@pytest.mark.parametrize(
    "page",
    [
        "/assessment/northmoor/2025-26",
        "/assessment/northmoor/2025-26/standing",
        "/projects/{project}",
        "/projects/{project}/standing",
    ],
)
def test_a_day_that_is_none_is_told_at_the_top_and_beside_its_field(client, make, page):
    tree = make.tree()
    make.period()
    lead = make.user(Role.INTEGRITY_LEAD, tree["northmoor"])
    project = make.project(tree["northmoor"], lead)
    client.sign_in(lead)
    address = page.format(project=project.reference)
    told = client.get(f"{address}?as_at=31/2/2026").text
    assert '<a href="#as_at">Enter a real date, like 1/4/2026</a>' in told
    assert 'value="31/2/2026" aria-describedby="as_at-error"' in told
    assert "<title>Error: " in told
    for day in ("", "2026-5-1", "1/5/2026", "1 May 2026"):
        assert "Enter a real date" not in client.get(f"{address}?as_at={day}").text


def test_the_checks_of_a_project_as_at_a_day(client, make):
    force = make.organisation("northmoor")
    person = make.user(Role.RESEARCH_LEAD, force)
    project = make.project(force, person)
    check = make.check(project)
    for moment, standing in ((APRIL, Standing.PARTLY_MET), (MAY, Standing.MET)):
        with on_day(moment):
            checks.answer_check(
                check, NewAnswer(standing, None), NewEvidence(), seen=check.version, by=person
            )
    assert standings_as_at(project.id, clock.end_of(BETWEEN)) == {check.requirement_code: Standing.PARTLY_MET}
    assert standings_as_at(project.id, clock.end_of(date(2026, 4, 1))) == {}
    client.sign_in(person)
    shown = client.get(f"/projects/{project.reference}?as_at=2026-05-01").text
    assert "As at 1\u00a0May\u00a02026" in shown
    assert "1 of 13 answered" in shown
    assert "0 of 13 answered" in client.get(f"/projects/{project.reference}?as_at=2026-04-01").text


def test_the_evidence_of_a_project_as_at_a_day(client, make):
    force = make.organisation("northmoor")
    person = make.user(Role.RESEARCH_LEAD, force)
    project = make.project(force, person)
    check, told = make.check(project), NewAnswer(Standing.MET, None)
    policy, note = (NewEvidence(name, f"https://force.example/{name}") for name in ("policy", "note"))
    for moment, evidence in ((APRIL, policy), (MAY, note)):
        with on_day(moment):
            checks.answer_check(check, told, evidence, seen=check.version, by=person)
    client.sign_in(person)
    assert "2\u00a0items<" in client.get(f"/projects/{project.reference}").text
    then = client.get(f"/projects/{project.reference}?as_at=2026-05-01").text
    assert "1\u00a0item<" in then
    assert "2\u00a0items<" not in then
