"""What is kept until something that it was made of changes: it is made again then, and only then."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from compliance import audit, reads
from compliance.db import db, transaction
from compliance.models import Check, Contact, Organisation, Project, ProjectStanding, User
from compliance.reads import Reads, apart, by_place
from compliance.terms import Role
from compliance.touched import UNTOLD, sources, tables_in
from tests.conftest import TODAY, at_most, on_day


@pytest.fixture
def force(make):
    return make.organisation("northmoor")


@pytest.fixture
def lead(make, force):
    return make.user(Role.RESEARCH_LEAD, force)


class Counts:
    """How many projects there are, and how often that was asked."""

    def __init__(self):
        self.kept, self.asked, self.log = Reads(most=2), 0, []

    def projects(self):
        return self.kept.of("projects", self.make)

    def make(self):
        self.asked += 1
        return db.session.scalar(select(func.count(Project.id)))

    def whole(self, *wanted):
        """Something that has a part, which has a part and answers by place in turn."""
        return self.kept.of("whole", lambda: self.told("whole", apart(self.part, wanted)))

    def part(self, wanted):
        return self.told("part", apart(self.contacts), dict(by_place(self.in_each, wanted)))

    def contacts(self):
        return self.told("contacts", db.session.scalar(select(func.count(Contact.id))))

    def told(self, what, *parts):
        self.log.append(what)
        return parts

    def places(self, *wanted):
        return self.kept.of(("by place", wanted), lambda: dict(by_place(self.in_each, wanted)))

    def in_each(self, places):
        self.asked += 1
        self.of = list(places)
        rows = select(Project.organisation_id, func.count()).group_by(Project.organisation_id)
        return dict(db.session.execute(rows.where(Project.organisation_id.in_(places))).all())


@pytest.fixture
def counts(app):
    return Counts()


def renamed(what, name):
    with transaction():
        audit.record("test.renamed", subject="test", by=None)
        what.title = name


def test_nothing_is_made_again_while_nothing_that_it_names_changes(counts, make, force, lead):
    make.project(force, lead)
    assert counts.projects() == 1
    make.contact(force)
    with at_most(1):
        assert counts.projects() == 1
    make.project(force, lead)
    assert (counts.projects(), counts.asked) == (2, 2)


def test_without_looking_at_the_trail_the_old_would_be_shown(counts, make, force, lead, monkeypatch):
    make.project(force, lead)
    assert counts.projects() == 1
    monkeypatch.setattr(reads, "since", lambda seen, _now: (seen, []))
    make.project(force, lead)
    assert counts.projects() == 1


def test_a_change_in_one_organisation_is_read_there_alone(counts, make, force, lead):
    sister = make.organisation("westmarch")
    other = make.user(Role.RESEARCH_LEAD, sister)
    make.project(force, lead)
    project = make.project(sister, other)
    assert counts.places(force.id, sister.id) == {force.id: 1, sister.id: 1}
    renamed(project, "Another name")
    assert counts.places(force.id, sister.id) == {force.id: 1, sister.id: 1}
    assert (counts.of, counts.asked) == ([sister.id], 2)


def test_what_moves_to_another_organisation_is_read_in_both(counts, make, force, lead):
    sister = make.organisation("westmarch")
    project = make.project(force, lead)
    assert counts.places(force.id, sister.id) == {force.id: 1, sister.id: None}
    with transaction():
        audit.record("test.moved", subject="test", by=None)
        project.organisation, project.lead = sister, None
    assert counts.places(force.id, sister.id) == {force.id: None, sister.id: 1}


def test_a_part_is_made_again_alone_and_the_whole_only_where_the_part_is_another(counts, make, force, lead):
    project = make.project(force, lead)
    place = force.id
    made = ((0,), {place: 1})
    assert counts.whole(place) == (made,)
    assert counts.log == ["contacts", "part", "whole"]
    # What no part reads; and what is read again, of one place, to the same answer.
    make.organisation("westmarch")
    renamed(project, "Another name")
    with at_most(2):
        assert counts.whole(place) == (made,)
    assert counts.log == ["contacts", "part", "whole"]
    make.contact(force)
    assert counts.whole(place) == (((1,), {place: 1}),)
    assert counts.log[3:] == ["contacts", "part", "whole"]
    make.project(force, lead)
    assert counts.whole(place) == (((1,), {place: 2}),)
    assert counts.log[6:] == ["part", "whole"]


def test_what_follows_from_records_changes_with_them():
    assert tables_in(str(select(ProjectStanding.not_met))) >= {"project", "check", "decision", "condition"}
    assert tables_in(str(select(Check.standing))) == {"check"}
    # Nothing tells when somebody failed to sign in: such a thing is never kept beyond an event.
    assert sources()["failed_sign_in"] == {UNTOLD}
    told = {mapper.local_table.name for mapper in (Organisation.__mapper__, User.__mapper__)}
    assert all(sources()[one] == {one} for one in told)


def test_what_no_event_tells_of_is_made_again_after_any(counts, make, force):
    def tries():
        counts.asked += 1
        return db.session.scalar(text("SELECT count(*) FROM failed_sign_in"))

    for _ in range(2):
        counts.kept.of("tries", tries)
    make.contact(force)
    counts.kept.of("tries", tries)
    assert counts.asked == 2


def test_what_was_rolled_back_is_forgotten(counts, make, force, lead):
    project = make.project(force, lead)
    assert counts.projects() == 1
    with pytest.raises(RuntimeError), transaction():
        audit.record("test.removed", subject="test", by=None)
        project.title = "Never"
        db.session.flush()
        counts.projects()
        raise RuntimeError
    renamed(project, "Another name")
    before = counts.asked
    counts.projects()
    assert counts.asked == before + 1


def test_another_day_begins_afresh(counts, make, force, lead):
    make.project(force, lead)
    assert counts.projects() == 1
    with on_day(TODAY + timedelta(days=1)):
        counts.projects()
    assert counts.asked == 2


def test_at_most_so_many_are_kept(counts, force):
    for key in ("a", "b", "c", "a"):
        counts.kept.of(key, counts.make)
    assert (len(counts.kept.made), counts.asked) == (2, 4)


def test_an_answer_that_made_room_for_others_is_asked_for_again(counts, make, force, lead, monkeypatch):
    monkeypatch.setattr(reads, "QUESTIONS", 0)
    make.project(force, lead)
    assert counts.places(force.id) == {force.id: 1}
    make.project(force, lead)
    assert counts.places(force.id) == {force.id: 2}


def test_many_events_at_once_are_not_read_one_by_one(counts, make, force, lead, monkeypatch):
    make.project(force, lead)
    counts.projects()
    monkeypatch.setattr("compliance.touched.MANY", 2)
    make.contact(force)
    make.contact(force)
    make.contact(force)
    with at_most(3):
        counts.projects()
    assert counts.asked == 2
