"""Search: what each person finds, in which order, and that odd input is only words."""

import pytest
from sqlalchemy import text

from compliance import clock
from compliance.db import db
from compliance.derived import finding
from compliance.models import OrganisationLink
from compliance.projects.partnering import add_partner, remove_partner
from compliance.terms import Involvement, PartnerKind, Role
from tests.conftest import at_most
from tests.factories import added, changed

ODD = (
    '"', "AND", "OR NOT", "NEAR(a b)", "custody*", "^custody", "title:custody", "a:b", "-", "'); --", "%", "_",
    "x" * 10_000, "\x00", "🙂", "(((", "a\x00b", "ｃｕｓｔｏｄｙ", "\ud800", "\u202e", "{title}: x", "& | ! <->", ":*",
)  # fmt: skip


@pytest.fixture
def place(make, client):
    """A force below the council, and its integrity lead, signed in."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead = make.user(Role.INTEGRITY_LEAD, force)
    client.sign_in(lead)
    return force, lead


def test_a_record_is_found_by_its_words_and_by_its_reference_however_spelled(client, make, place):
    force, lead = place
    project = make.project(force, lead, title="Custody survey", involves=(Involvement.NHS_STAFF,))
    shown = client.get("/search?q=custod").text
    assert f"/projects/{project.reference}" in shown
    assert "Projects 1" in shown
    assert f"/approvals/{project.approvals[0].reference}" in shown, "by the title of its project"
    number = int(project.reference.removeprefix("PRJ-"))
    for typed in (
        f"prj{number}",
        project.reference.replace("-", ""),
        f"prj {number:06d}",
        "survey northmoor",
    ):
        assert f"/projects/{project.reference}" in client.get("/search", query_string={"q": typed}).text
    assert "Nothing was found" in client.get(f"/search?q=prj{number}0").text
    only = client.get("/search?q=custody&kind=approval").text
    assert f"/projects/{project.reference}" not in only
    assert "/expected/" in client.get("/search?q=integrity&kind=requirement").text


def test_what_was_renamed_or_taken_away_is_no_longer_found(client, make, place):
    force, lead = place
    project = make.project(force, lead, title="Custody survey")
    changed(project, title="Bodyworn video")
    add_partner(
        project,
        {"kind": PartnerKind.UNIVERSITY, "name": "Quayside", "charter": None},
        seen=project.version,
        by=lead,
    )
    changed(lead, name="Ada Lovelace")
    assert "Nothing was found" in client.get("/search?q=custody+survey").text
    for typed in ("bodyworn", "quayside", "lovelace"):
        assert f"/projects/{project.reference}" in client.get(f"/search?q={typed}").text, typed
    db.session.refresh(project)
    remove_partner(project, project.partners[0], seen=project.version, by=lead)
    assert "Nothing was found" in client.get("/search?q=quayside").text
    assert finding.recount(mend=False) == []


def test_nobody_finds_what_they_may_not_read(client, make, place):
    force, _ = place
    other = make.organisation("saltshire", under=make.organisation("elsewhere"))
    theirs = make.project(other, make.user(Role.RESEARCH_LEAD, other), title="Custody elsewhere")
    case = make.case(force, make.user(Role.MISCONDUCT_OFFICER, force))
    assert theirs.reference not in client.get("/search?q=custody").text
    for typed in (case.reference, "fabrication"):
        assert "/misconduct/" not in client.get(f"/search?q={typed}").text.partition("<main")[2]
    person = make.user(Role.BOARD_MEMBER, force, name="Grace Hopper")
    assert "Hopper" not in client.get("/search?q=hopper&kind=person").text.partition("<main")[2].replace(
        "“", ""
    )
    client.sign_in(make.user(Role.ADMINISTRATOR, force))
    shown = client.get("/search?q=hopp").text
    assert f"/people/{person.id}" in shown
    assert "Projects" not in shown.partition("<main")[2]
    client.sign_in(make.user(Role.ADMINISTRATOR, other))
    assert "Nothing was found" in client.get("/search?q=hopper").text


def test_who_reads_everywhere_is_told_all_and_others_what_is_theirs(client, make, place):
    force, lead = place
    npcc = force.links[0].parent
    make.project(force, lead, title="Custody survey")
    everywhere = make.user(Role.INTEGRITY_LEAD, npcc)
    client.sign_in(everywhere)
    assert "Projects 1<" in client.get("/search?q=custody").text
    # A place to which the role does not reach: what is there is counted for its own people alone.
    other = make.organisation("saltshire")
    theirs = make.user(Role.RESEARCH_LEAD, other)
    make.project(other, theirs, title="Custody elsewhere")
    assert "Projects 1<" in client.get("/search?q=custody").text
    client.sign_in(theirs)
    assert "Projects 1<" in client.get("/search?q=custody").text
    added(OrganisationLink(organisation_id=other.id, parent_id=npcc.id, from_on=clock.today()))
    client.sign_in(everywhere)
    assert "Projects 2<" in client.get("/search?q=custody").text


def test_a_statement_is_found_by_its_newest_words(client, make, place):
    force, _ = place
    cast = make.cast(force)
    statement = make.statement(force, make.period(), cast.lead)
    client.sign_in(cast.lead)
    make.words(statement, cast.lead, text="Our panel met seldom")
    assert f"/statements/{statement.reference}" in client.get("/search?q=seldom").text
    make.words(statement, cast.lead, text="Our panel met monthly")
    assert "Nothing was found" in client.get("/search?q=seldom").text
    assert f"/statements/{statement.reference}" in client.get(f"/search?q=monthly+{force.code}").text


def test_odd_input_is_only_words(client, make, place):
    force, lead = place
    make.project(force, lead, title="Custody survey")
    for typed in ODD:
        for page in ("/search", "/projects", "/approvals"):
            answer = client.get(page, query_string={"q": typed.encode("utf-8", "surrogatepass")})
            assert answer.status_code == 200, (page, typed)
    assert "Custody survey" in client.get("/search", query_string={"q": '"custody" AND* survey:'[:9]}).text
    assert "You can search projects" in client.get("/search?q=").text


def test_every_page_of_a_kind_asks_the_same_few_queries(client, make, place):
    force, lead = place
    make.project(force, lead, title="Custody number 0")
    client.get("/search?q=custody")
    with at_most(4) as few:
        client.get("/search?q=custody")
    for number in range(24):
        make.project(force, lead, title=f"Custody number {number}")
    with at_most(len(few)):
        shown = client.get("/search?q=custody").text
    assert "All 25 projects" in shown
    assert shown.count("/projects/PRJ-") == 5
    last = client.get("/search?q=custody&kind=project&page=99").text
    assert last.count("/projects/PRJ-") == 5
    assert client.get("/search?q=custody&kind=nonsense&page=x").status_code == 200


def test_a_hit_in_the_title_stands_before_one_in_the_summary(client, make, place):
    force, lead = place
    titled = make.project(force, lead, title="Custody")
    changed(make.project(force, lead, title="Other"), summary="It is about custody as well")
    shown = client.get("/search?q=custody&kind=project").text
    assert shown.index(titled.reference) < shown.index("It is about custody as well")


def test_the_index_holds_nothing_that_the_records_do_not_say(app, make, place):
    force, lead = place
    project = make.project(force, lead, title="Custody survey")
    assert finding.recount(mend=False) == []
    with db.engine.begin() as past:
        past.execute(text("UPDATE project SET title = 'Past the session'"))
    db.session.rollback()
    wrong = finding.recount(mend=False)
    assert {row[:2] for row in wrong} >= {("project", project.id)}
    finding.recount(mend=True)
    assert finding.recount(mend=False) == []
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM search_words"))
        finding.rebuild(connection)
    assert finding.recount(mend=False) == []
