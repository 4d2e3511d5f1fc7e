"""A sample is drawn, looked at approval by approval, and read by whoever may read approvals there."""

from datetime import date

import pytest

from compliance.db import db
from compliance.models import Sample, SampleResponse
from compliance.rules.sampling import NewSample, fingerprint
from compliance.sampling.actions import draw
from compliance.sampling.queries import in_force
from compliance.terms import Outcome, Role
from tests.conftest import at_most


@pytest.fixture
def place(make, client):
    """A force with four approvals: two in force, one that ended, one undecided; its integrity lead, signed in."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead, officer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.ETHICS_OFFICER, force)
    approvals = [make.approval(make.project(force, lead, title=f"Study {number}")) for number in range(4)]
    for approval, until in zip(approvals, (None, date(2027, 1, 1), date(2026, 6, 8)), strict=False):
        make.decision(approval, officer, Outcome.FAVOURABLE, on=date(2026, 5, 1), expires_on=until)
    keeper = make.user(Role.INTEGRITY_LEAD, force)
    client.sign_in(keeper)
    return force, keeper, approvals


def test_a_sample_is_drawn_looked_at_and_kept(client, place):
    force, _, approvals = place
    wanted = {"organisation_code": "northmoor", "size": "2", "seed": "spring"}
    for size in ("0", "3", "many", "²"):
        assert client.fill("/samples/new", {**wanted, "size": size}).status_code == 400, size
    page = client.fill("/samples/new", wanted).headers["Location"]
    shown = client.get(page).text
    assert "0 of 2 have been looked at" in shown
    assert fingerprint(in_force(force)) in shown
    assert set(in_force(force)) == {approvals[0].reference, approvals[1].reference}
    refused = client.fill(f"{page}/1", {"protocol": "no", "conditions": "none"})
    assert refused.status_code == 400
    assert "Say what you found" in refused.text
    client.fill(f"{page}/1", {"protocol": "no", "conditions": "none", "note": "A second site"})
    client.fill(f"{page}/1", {"protocol": "yes", "conditions": "none", "note": "It was told in time"})
    shown = client.get(page).text
    assert "1 of 2 have been looked at" in shown
    assert "It was told in time" in shown
    assert "earlier answer on record" in shown
    assert client.get(f"{page}/3").status_code == 404
    sheet = client.get(f"{page}/sample.csv").text
    assert sheet.count("\n") == 3
    assert "It was told in time" in sheet
    assert "1 of 2" in client.get("/samples").text


def test_a_sample_is_read_there_and_kept_by_few(client, make, place):
    force, keeper, approvals = place
    sample = draw(force, NewSample(2, "spring"), by=keeper)
    page = f"/samples/{sample.reference}"
    client.sign_in(make.user(Role.BOARD_MEMBER, force))
    assert "Record what you found" not in client.get(page).text
    assert client.get(f"{page}/1").status_code == 403
    client.sign_in(make.user(Role.INTEGRITY_LEAD, make.organisation("saltshire")))
    assert client.get(page).status_code == client.get(f"{page}/1").status_code == 404
    assert sample.reference not in client.get("/samples").text
    elsewhere = {"organisation_code": "northmoor", "size": "1", "seed": "x"}
    assert client.fill("/samples/new", elsewhere).status_code == 400
    make.member(approvals[0].project.lead, Role.INTEGRITY_LEAD, force)
    client.sign_in(approvals[0].project.lead)
    own = client.fill(f"{page}/1", {"protocol": "yes", "conditions": "yes"})
    assert "You lead this project" in own.text
    assert db.session.query(SampleResponse).count() == 0


def test_the_page_of_a_sample_asks_a_fixed_number_of_queries(client, place):
    force, keeper, _ = place
    one, two = (draw(force, NewSample(size, "spring"), by=keeper).reference for size in (1, 2))
    with at_most(12) as few:
        client.get(f"/samples/{one}")
    with at_most(len(few)):
        client.get(f"/samples/{two}")
    assert db.session.query(Sample).count() == 2
