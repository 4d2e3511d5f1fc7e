"""Filters that people keep: above the list they belong to, and only for whoever saved them."""

import pytest

from compliance.rules.broken import RuleBroken
from compliance.rules.saved import MOST, NewView, canonical
from compliance.saved.actions import save_view
from compliance.saved.queries import all_saved, saved_for
from compliance.terms import Role
from tests.conftest import at_most


@pytest.fixture
def lead(make, client):
    """An integrity lead who is signed in."""
    user = make.user(Role.INTEGRITY_LEAD, make.organisation("npcc"))
    client.sign_in(user)
    return user


def test_a_filter_is_named_opened_and_deleted(client, lead):
    shown = client.get("/approvals?show=expiring&body=&q=&page=2").text
    assert "Save this filter" in shown
    assert "Your filters" not in shown
    page = "/saved-filters/approvals.index/new?query=show%3Dexpiring%26body%3D"
    saved = client.fill(page, {"name": "Ending soon"})
    assert saved.headers["Location"] == "/approvals?show=expiring"
    listed = client.get("/approvals").text
    assert '<a class="govuk-link" href="/approvals?show=expiring">Ending soon</a>' in listed
    there = client.get("/approvals?show=expiring").text
    assert '<strong aria-current="true">Ending soon</strong>' in there
    assert "Save this filter" not in there
    assert "Ending soon" not in client.get("/projects").text
    assert "Ending soon" in client.get("/saved-filters").text
    number = all_saved(by=lead)[0].id
    client.fill(f"/saved-filters/{number}/delete", {})
    assert all_saved(by=lead) == []
    assert "You have saved no filter" in client.get("/saved-filters").text


@pytest.mark.parametrize("page", ["/approvals", "/projects", "/evidence"])
def test_a_list_without_a_filter_offers_nothing_to_save(client, lead, page):
    assert "Save this filter" not in client.get(page).text
    assert "Save this filter" in client.get(f"{page}?q=custody").text


def test_a_view_of_a_board_is_kept_with_its_organisation_and_year(client, make, lead):
    make.period()
    make.organisation("northmoor", under=lead.memberships[0].organisation)
    shown = client.get("/organisations/northmoor/board?period=2025-26").text
    assert "/saved-filters/board.organisation/new?query=code%3Dnorthmoor%26period%3D2025-26" in shown
    page = "/saved-filters/board.organisation/new?query=code%3Dnorthmoor%26period%3D2025-26"
    kept = client.fill(page, {"name": "Northmoor last year"}).headers["Location"]
    assert kept == "/organisations/northmoor/board?period=2025-26"
    assert client.get(kept).status_code == 200
    assert kept in client.get("/saved-filters").text
    own = client.fill("/saved-filters/board.show/new?query=period%3D2025-26", {"name": "Ours"})
    assert own.headers["Location"] == "/board?period=2025-26"
    assert client.get("/saved-filters/board.organisation/new?query=period%3D2025-26").status_code == 404


def test_nobody_sees_or_deletes_the_filter_of_another(client, make, lead):
    other = make.user(Role.INTEGRITY_LEAD, make.organisation("northmoor"))
    row = save_view(NewView("projects.index", "Theirs", "q=x"), by=other)
    assert "Theirs" not in client.get("/projects").text
    assert client.get(f"/saved-filters/{row.id}/delete").status_code == 404
    assert len(saved_for("projects.index", by=other)) == 1


def test_what_cannot_be_kept_is_refused_beside_the_field(client, lead):
    page = "/saved-filters/projects.index/new?query=q%3Dx"
    client.fill(page, {"name": "Mine"})
    twice = client.fill(page, {"name": "mine"})
    assert twice.status_code == 400
    assert "You have a filter of this name for this list already" in twice.text
    assert "Enter a name" in client.fill(page, {"name": " "}).text
    empty = client.fill("/saved-filters/projects.index/new", {"name": "Nothing"})
    assert "Filter the list first" in empty.text
    assert client.get("/saved-filters/work.show/new?query=q%3Dx").status_code == 404


def test_a_list_keeps_a_fixed_number_of_filters_and_of_queries(client, lead):
    with at_most(14) as few:
        client.get("/projects")
    for number in range(MOST):
        save_view(NewView("projects.index", f"Filter {number}", f"q={number}"), by=lead)
    with at_most(len(few)):
        client.get("/projects")
    with pytest.raises(RuleBroken, match="Delete one first"):
        save_view(NewView("projects.index", "One more", "q=y"), by=lead)


def test_a_filter_is_kept_without_its_page_and_what_is_empty():
    assert canonical("show=expiring&page=3&q=+&body=dpia") == "body=dpia&show=expiring"
    assert canonical("page=3") == ""
    assert canonical("q=a&q=b") == "q=a&q=b"
