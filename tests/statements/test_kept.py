"""What pages show of a statement is kept, and is to the byte what would be counted afresh after any write."""

from datetime import date

import pytest
from flask import current_app

from compliance import audit, clock, reads
from compliance.db import db, transaction
from compliance.models import EvidenceUse, OrganisationName
from compliance.organisations.actions import change_details
from compliance.rules.conditions import NewCondition
from compliance.rules.organisations import NewDetails
from compliance.rules.statements import NewComment, NewNarrative, NewOverride
from compliance.rules.suppression import NewPolicy
from compliance.statements import actions, entering, queries
from compliance.statements.gather import gather
from compliance.statements.kept import GATHERED, gathered_of, preview_of
from compliance.terms import Involvement, Outcome, Role, Standing
from reports.statement import to_json
from tests.conftest import at_most


class World:
    """A council whose statement is being drafted, with two forces below it that sent their returns."""

    def __init__(self, make):
        self.make = make
        self.tree = make.tree()
        self.npcc, self.force, self.unit = (self.tree[code] for code in ("npcc", "westmarch", "forensic"))
        self.before, self.period = make.period(2024), make.period()
        self.cast = make.cast(self.npcc)
        self.lead, self.officer = (
            make.user(role, self.npcc) for role in (Role.RESEARCH_LEAD, Role.ETHICS_OFFICER)
        )
        for place in (self.force, self.unit):
            make.sent(place, self.period, self.lead)
        self.statement = make.statement(self.npcc, self.period, self.cast.lead)
        self.project = self.study(self.force)
        self.undecided = make.project(
            self.force, self.lead, involves=(Involvement.PEOPLE, Involvement.ALGORITHM_OR_AI)
        )
        self.change(self.undecided, started_on=date(2025, 6, 1))
        make.judgement(self.npcc, self.period, self.cast.lead)
        make.case(self.npcc, make.user(Role.MISCONDUCT_OFFICER, self.npcc), received_on=date(2025, 9, 1))

    def study(self, place, **dates):
        """A project whose fieldwork ran in the period."""
        project = self.make.project(place, self.lead, involves=(Involvement.PEOPLE,))
        self.make.decision(self.make.approval(project), self.officer, on=date(2025, 5, 1))
        self.change(project, started_on=date(2025, 6, 1), **dates)
        return project

    def change(self, row, **values):
        """A row with other values, as some other page would leave it."""
        with transaction():
            audit.record("test.changed", subject="test", by=None)
            for name, value in values.items():
                setattr(row, name, value)

    def add(self, row):
        """A row that some other page would add."""
        with transaction():
            audit.record("test.added", subject="test", by=None)
            db.session.add(row)

    def number(self):
        """Of the newest words on ethics."""
        newest = queries.newest_narrative(self.statement.id, "ethics")
        return newest.number if newest else 0

    @property
    def site(self):
        return current_app.config["SERVICE_URL"]

    def kept(self, layout=None):
        """What the pages show."""
        return gathered_of(self.statement, layout, site=self.site)

    def fresh(self, layout=None):
        """The same, counted now."""
        return gather(queries.current_draft(self.statement, layout), site=self.site)


@pytest.fixture
def world(make):
    return World(make)


def judge(world, code="25-C12-E2"):
    world.make.judgement(world.npcc, world.period, world.cast.lead, code, Standing.NOT_MET)


def write(world):
    words = NewNarrative("We read [insert].", completed=True)
    actions.write(world.statement, "ethics", words, seen=0, by=world.cast.lead)


def override(world):
    figure = world.fresh().statement.figure("projects_in_scope")
    entering.override(world.statement, figure, NewOverride(7, None, "Counted by hand"), by=world.cast.lead)


def rename(world):
    world.change(world.force.names[0], until_on=date(2025, 7, 1))
    world.add(OrganisationName(organisation_id=world.force.id, name="West Police", from_on=date(2025, 7, 1)))


def use_evidence(world):
    evidence = world.make.evidence(world.make.check(world.project), world.lead)
    judged = world.make.judgement(world.npcc, world.period, world.cast.lead, "25-C12-E3").assessment
    used = {"added_at": clock.now(), "added_by_id": world.lead.id}
    world.add(EvidenceUse(evidence_id=evidence.id, assessment_id=judged.id, **used))
    world.change(evidence, review_by_on=date(2026, 1, 1))


WRITES = {
    "a project begins": lambda world: world.study(world.force),
    "a project below a force": lambda world: world.study(world.unit),
    "a project ends": lambda world: world.change(world.project, ended_on=date(2025, 9, 1)),
    "a project of last year": lambda world: world.change(world.project, started_on=date(2025, 3, 1)),
    "a title": lambda world: world.change(world.project, title="Another title"),
    "a decision": lambda world: world.make.decision(
        world.make.approval(world.undecided), world.officer, Outcome.UNFAVOURABLE, on=date(2025, 6, 2)
    ),
    "a condition": lambda world: world.make.decision(
        world.make.approval(world.undecided),
        world.officer,
        Outcome.FAVOURABLE_WITH_CONDITIONS,
        on=date(2025, 6, 2),
        conditions=(NewCondition("Store it encrypted", before_start=False, due_on=date(2026, 1, 1)),),
    ),
    "the Covenant": lambda world: world.make.covenant(world.undecided, world.lead, on=date(2025, 6, 2)),
    "a judgement": judge,
    "evidence that expired": use_evidence,
    "a case": lambda world: world.make.case(world.npcc, world.lead, received_on=date(2025, 10, 1)),
    "words": write,
    "a comment": lambda world: actions.comment(
        world.statement, "ethics", NewComment("Which half?"), by=world.cast.lead
    ),
    "a value by hand": override,
    "a policy on small numbers": lambda world: entering.set_policy(
        world.npcc, NewPolicy(5, "Said so"), by=world.cast.lead
    ),
    "a contact": lambda world: world.make.contact(world.npcc),
    "a contact below": lambda world: world.make.contact(world.force),
    "details": lambda world: change_details(
        world.npcc, NewDetails("The council", "https://e.example/"), seen=world.npcc.version, by=world.lead
    ),
    "a name below": rename,
    "a new organisation below": lambda world: world.make.organisation(
        under=world.npcc, returns_from_on=date(2025, 4, 1)
    ),
    "a signatory": lambda world: world.make.user(Role.SIGNATORY, world.npcc),
    "the annex": lambda world: actions.choose_annex(world.statement, printed=True, by=world.cast.lead),
}


def said(gathered):
    """All that pages show; in these tests no time goes by."""
    counted = gathered.readiness, gathered.shown, gathered.tree
    return to_json(gathered.statement), *counted, gathered.written.said, gathered.written.writers


@pytest.mark.parametrize("what", WRITES)
def test_after_a_write_it_says_what_would_be_counted_afresh(world, what, monkeypatch):
    before = said(world.kept())
    WRITES[what](world)
    fresh = said(world.fresh())
    assert fresh != before
    # Whoever does not look at the trail is shown what was.
    with monkeypatch.context() as blind:
        blind.setattr(reads, "since", lambda seen, _now: (seen, []))
        assert said(world.kept()) == before
    # A page asks two more: who asks, and the statement.
    with at_most(10):
        assert said(world.kept()) == fresh
    assert world.kept().content == world.fresh().content


def test_a_change_elsewhere_makes_nothing_again(world):
    first = world.kept()
    world.study(world.tree["northmoor"])
    assert world.kept() is first


def test_a_change_that_changes_no_count_is_read_in_one_organisation_alone(client, world):
    client.sign_in(world.cast.lead)
    address = f"/statements/{world.statement.reference}/preview"
    client.get(address)
    first = world.kept()
    world.change(world.make.check(world.project), standing=Standing.MET)
    # Beside what the page asks, the projects of that organisation.
    with at_most(5):
        client.get(address)
    assert world.kept() is first


def test_after_a_word_was_saved_only_the_words_are_asked_for(client, world):
    client.sign_in(world.cast.lead)
    address = f"/statements/{world.statement.reference}"
    for page, most in (("/preview", 4), ("", 8), ("/sections/ethics", 10), ("/since-last-year", 5)):
        client.get(address + page)
        before = world.kept()
        words = NewNarrative(f"We read {page}.", completed=True)
        actions.write(world.statement, "ethics", words, seen=world.number(), by=world.cast.lead)
        with at_most(most):
            assert client.get(address + page).status_code == 200
        assert world.kept().statement != before.statement
        assert world.kept().statement.projects[0] is before.statement.projects[0]


def test_the_first_view_asks_as_often_for_many_organisations_and_projects_as_for_few(client, world):
    client.sign_in(world.cast.lead)
    address = f"/statements/{world.statement.reference}/preview"
    client.get(address)
    GATHERED.forget()
    with at_most(15) as few:
        client.get(address)
    for _ in range(4):
        place = world.make.organisation(under=world.npcc, returns_from_on=date(2024, 4, 1))
        world.make.sent(place, world.period, world.lead)
        world.study(place)
        world.study(world.force)
    GATHERED.forget()
    with at_most(len(few)):
        client.get(address)


def test_all_pages_of_a_draft_share_what_was_gathered(client, world):
    client.sign_in(world.cast.lead)
    address = f"/statements/{world.statement.reference}"
    client.get(f"{address}/preview")
    first = world.kept()
    for page, most in (("/preview", 3), ("", 7), ("/figures/projects_in_scope", 4)):
        client.get(address + page)
        with at_most(most):
            assert client.get(address + page).status_code == 200
    assert world.kept() is first


def test_whoever_may_not_see_a_statement_is_not_shown_what_is_kept(client, world):
    world.kept()
    client.sign_in(world.make.user(Role.INTEGRITY_LEAD, world.force))
    for page in ("", "/preview", "/figures/projects_in_scope"):
        assert client.get(f"/statements/{world.statement.reference}{page}").status_code == 404


def test_each_layout_is_kept_by_itself(world):
    assert world.kept("rics").statement.layout == "rics"
    assert world.kept().statement.layout == "government"
    assert world.kept("rics").statement == world.fresh("rics").statement


def test_what_was_signed_is_shown_as_it_was_signed_and_published(make, world):
    place = world.tree["northmoor"]
    cast = make.cast(place)
    signed = make.published(place, world.period, cast)
    shown = preview_of(signed, site=world.site)
    assert to_json(shown.statement) == signed.sign_off.snapshot
    make.contact(place)
    assert preview_of(signed, site=world.site) is shown
