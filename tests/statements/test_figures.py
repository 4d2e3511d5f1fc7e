"""Each figure against records made by hand: what it counts, and what it does not."""

from datetime import date

import pytest

from compliance import audit
from compliance.approvals.actions import declare_not_required
from compliance.db import db, transaction
from compliance.rules.conditions import NewCondition
from compliance.statements.draft import draft_from_records
from compliance.statements.figures import figures_of
from compliance.statements.gather import gather
from compliance.statements.records import read
from compliance.terms import (
    AllegationKind,
    CaseStep,
    ContactRole,
    Finding,
    Involvement,
    Outcome,
    Role,
    ScopeDecision,
    ScopeReason,
    Standing,
)
from reports.statement.count import Number, Ratio

K = AllegationKind


def ratio(part, whole):
    return Ratio(part=Number(value=part), whole=Number(value=whole))


@pytest.fixture
def world(make):
    """A council with two forces that returned for 2025-26, and somebody who records."""
    return World(make)


class World:
    def __init__(self, make):
        self.make = make
        self.tree = make.tree()
        self.npcc, self.force, self.sister = (self.tree[code] for code in ("npcc", "northmoor", "westmarch"))
        self.period = make.period()
        self.lead = make.user(Role.RESEARCH_LEAD, self.npcc)
        self.second = make.user(Role.ETHICS_OFFICER, self.npcc)
        for place in (self.force, self.sister, self.tree["forensic"]):
            make.sent(place, self.period, self.lead)

    def study(self, at=None, **dates):
        """A project in scope with these dates, set as records that others made."""
        scope = dates.pop("scope", ScopeDecision.IN_SCOPE)
        project = self.make.project(at or self.force, self.lead, involves=dates.pop("involves", ()))
        with transaction():
            audit.record("test.dated", subject="test", by=None)
            project.scope_reason = None if scope is ScopeDecision.IN_SCOPE else ScopeReason.CONSULTATION
            project.scope_decision = scope
            for name, value in dates.items():
                setattr(project, name, value)
        return project

    def decided(self, project, outcome=Outcome.FAVOURABLE, **parts):
        """A decision of every binding body."""
        for approval in [row for row in project.approvals if row.binding]:
            # Nobody says of a project of their own that something is not required.
            self.make.decision(approval, self.second, outcome, **parts)

    def figure(self, key, at=None):
        draft = draft_from_records(at or self.npcc, self.period, "government")
        return next(row for row in figures_of(read(draft), {}) if row.key == key)


def test_requirements_met_counts_the_met_of_those_that_apply(world):
    codes = ("25-C12-E1", "25-C12-E2", "25-C12-E3")
    standings = (Standing.MET, Standing.NOT_APPLICABLE, Standing.PARTLY_MET)
    for code, standing in zip(codes, standings, strict=True):
        world.make.judgement(world.npcc, world.period, world.lead, code, standing)
    other = world.make.organisation("kingsferry", under=world.npcc)
    world.make.judgement(other, world.period, world.lead, "25-C3-E1")
    figure = world.figure("requirements_met")
    assert figure.value == ratio(1, 18)
    assert figure.counted == ("25-C12-E1",)
    assert "25-C12-E2" not in figure.references
    assert figure.coverage == "16 not assessed yet"


def test_projects_under_way_are_registered_in_scope_and_ran_in_the_period(world):
    runs = world.study(started_on=date(2025, 6, 1))
    partly = world.study(started_on=date(2024, 6, 1), scope=ScopeDecision.PARTLY)
    ended = world.study(started_on=date(2024, 6, 1), ended_on=date(2025, 4, 1))
    world.study(started_on=date(2024, 6, 1), ended_on=date(2025, 3, 31))
    world.study(started_on=date(2026, 4, 1))
    world.study()
    world.make.draft(world.force, world.lead)
    world.study(started_on=date(2025, 6, 1), scope=ScopeDecision.OUT_OF_SCOPE)
    figure = world.figure("projects_in_scope")
    assert figure.counted == tuple(sorted(row.reference for row in (runs, partly, ended)))
    assert figure.value == Number(value=3)


@pytest.mark.parametrize(
    ("outcome", "on", "expires_on", "note", "counted"),
    [
        (Outcome.FAVOURABLE, date(2025, 6, 1), None, None, 1),
        (Outcome.FAVOURABLE, date(2025, 6, 2), None, None, 0),
        (Outcome.FAVOURABLE, date(2025, 5, 1), date(2025, 5, 31), None, 0),
        (Outcome.UNFAVOURABLE, date(2025, 5, 1), None, None, 0),
        (Outcome.NOT_REQUIRED, date(2025, 5, 1), None, "Nobody takes part", 1),
    ],
)
def test_ethics_before_start_asks_for_every_binding_decision_on_that_day(
    world, outcome, on, expires_on, note, counted
):
    project = world.study(started_on=date(2025, 6, 1), involves=(Involvement.PEOPLE,))
    world.decided(project, outcome, on=on, expires_on=expires_on, note=note)
    world.study(started_on=date(2024, 6, 1))
    figure = world.figure("ethics_before_start")
    assert figure.value == ratio(counted, 1)
    assert figure.references == (project.reference,)


def test_a_project_with_one_of_two_binding_decisions_is_not_counted(world):
    project = world.study(
        started_on=date(2025, 6, 1), involves=(Involvement.PEOPLE, Involvement.PERSONAL_DATA)
    )
    binding = [row for row in project.approvals if row.binding]
    assert len(binding) > 1
    world.make.decision(binding[0], world.lead, on=date(2025, 5, 1))
    assert world.figure("ethics_before_start").value == ratio(0, 1)


def test_protocols_in_advance_are_public_before_the_day_of_the_start(world):
    early = world.study(started_on=date(2025, 6, 1), protocol_published_on=date(2025, 5, 31))
    world.study(started_on=date(2025, 6, 1), protocol_published_on=date(2025, 6, 1))
    world.study(started_on=date(2025, 6, 1))
    world.study(started_on=date(2024, 6, 1), protocol_published_on=date(2024, 5, 1))
    figure = world.figure("protocols_in_advance")
    assert figure.value == ratio(1, 3)
    assert figure.counted == (early.reference,)


def test_results_count_in_the_year_of_the_end_when_public_by_the_day_of_the_returns(world):
    began = date(2024, 6, 1)
    public = world.study(started_on=began, ended_on=date(2026, 3, 31), results_published_on=date(2026, 4, 30))
    world.study(started_on=began, ended_on=date(2026, 3, 31), results_published_on=date(2026, 5, 1))
    world.study(started_on=began, ended_on=date(2025, 12, 1))
    world.study(started_on=began, ended_on=date(2025, 3, 31), results_published_on=date(2025, 4, 1))
    figure = world.figure("results_published")
    assert figure.value == ratio(1, 3)
    assert figure.counted == (public.reference,)


def test_fieldwork_without_decision_is_told_on_the_last_day(world):
    people = (Involvement.PEOPLE,)
    alarm = world.study(started_on=date(2025, 6, 1), involves=people)
    world.study(started_on=date(2025, 6, 1), ended_on=date(2026, 3, 31), involves=people)
    late = world.study(started_on=date(2025, 6, 1), involves=people)
    world.decided(late, on=date(2026, 3, 31))
    figure = world.figure("fieldwork_without_decision")
    assert figure.counted == (alarm.reference,)


def test_conditions_past_their_date_are_due_by_the_end_and_not_met(world):
    project = world.study(started_on=date(2025, 6, 1), involves=(Involvement.PEOPLE,))
    conditions = tuple(
        NewCondition(f"Due {day}", before_start=False, due_on=day)
        for day in (date(2026, 3, 31), date(2026, 4, 1))
    )
    world.decided(project, Outcome.FAVOURABLE_WITH_CONDITIONS, on=date(2025, 5, 1), conditions=conditions)
    binding = sum(row.binding for row in project.approvals)
    assert world.figure("conditions_open").value == Number(value=binding)


def test_allegations_count_by_receipt_and_investigations_by_completion(world):
    world.make.case(
        world.force, world.lead, received_on=date(2025, 6, 1), kinds=(K.PLAGIARISM, K.FABRICATION)
    )
    world.make.case(
        world.sister,
        world.lead,
        received_on=date(2025, 3, 1),
        stages=(
            (CaseStep.FORMAL_STARTED, date(2025, 3, 20)),
            (CaseStep.FORMAL_COMPLETED, date(2025, 7, 1)),
        ),
        findings=(Finding.UPHELD_IN_FULL,),
    )
    world.make.case(world.force, world.lead, received_on=date(2026, 4, 1))
    assert world.figure("allegations_reported").value == Number(value=2)
    assert world.figure("investigations_completed").value == Number(value=1)
    assert world.figure("allegations_reported").references == ()


def test_a_missing_return_is_left_out_and_never_zero(world):
    missing = world.make.organisation("kingsferry", name="Kingsferry City Police", under=world.npcc)
    world.study(missing, started_on=date(2025, 6, 1))
    kept = world.study(started_on=date(2025, 6, 1))
    figure = world.figure("projects_in_scope")
    assert figure.counted == (kept.reference,)
    assert figure.coverage == "From 3 of 4 organisations; 1 without a return left out"
    returned = world.figure("returns_received")
    assert returned.value == ratio(3, 4)
    assert "kingsferry" not in returned.counted


def test_a_body_with_nobody_below_has_no_figure_of_returns_instead_of_0_of_0(world):
    place = world.make.organisation("calderfirth", under=world.npcc)
    with pytest.raises(StopIteration):
        world.figure("returns_received", at=place)
    assert world.figure("roles_named", at=place).value == ratio(0, 1)
    made = gather(draft_from_records(place, world.period, "government"), site="").statement
    shown = {key for section in made.sections for key in section.figures}
    assert ("returns_received" in shown, "roles_named" in shown) == (False, True)
    asked = gather(draft_from_records(world.npcc, world.period, "government"), site="").statement
    assert "returns_received" in {key for section in asked.sections for key in section.figures}


def test_an_own_statement_counts_its_records_before_its_return(world):
    world.make.organisation("kingsferry", under=world.npcc)
    place = world.make.organisation("calderfirth", under=world.npcc)
    world.study(place, started_on=date(2025, 6, 1))
    figure = world.figure("projects_in_scope", at=place)
    assert (figure.value, figure.coverage) == (Number(value=1), "")


def test_roles_are_named_on_the_last_day_of_the_period(world):
    for place in (world.npcc, world.force, world.sister):
        world.make.contact(place, ContactRole.SENIOR_LEAD)
    world.make.contact(world.npcc, ContactRole.FIRST_CONTACT)
    world.make.contact(world.force, ContactRole.FIRST_CONTACT, person=None)
    world.make.contact(world.sister, ContactRole.FIRST_CONTACT, from_on=date(2026, 4, 1))
    figure = world.figure("roles_named")
    assert figure.counted == ("npcc", "northmoor")
    assert figure.value == ratio(2, 4)
    tree = read(draft_from_records(world.npcc, world.period, "government")).tree
    returned = {row.code: (row.senior_lead, row.first_contact) for row in tree.below}
    assert returned["northmoor"] == ("Named", "Mailbox")
    assert returned["westmarch"] == ("Named", "Vacant")
    assert returned["forensic"] == ("Not provided", "Not provided"), "nobody recorded anybody there"


def test_every_figure_says_what_it_counts(world):
    draft = draft_from_records(world.npcc, world.period, "government")
    found = figures_of(read(draft), {})
    assert len({row.key for row in found}) == len(found) == 12
    assert all(row.definition.endswith(".") and row.title for row in found)
    db.session.rollback()


def test_projects_with_ai_count_once_all_six_principles_are_rated(world):
    began = date(2025, 6, 1)
    rated, half, missing = (
        world.study(started_on=began, involves=(Involvement.ALGORITHM_OR_AI,)) for _ in range(3)
    )
    world.study(started_on=began)
    spared = world.study(started_on=began, involves=(Involvement.ALGORITHM_OR_AI,))
    officer = world.make.user(Role.ETHICS_OFFICER, world.force)
    world.make.covenant(rated, officer, on=date(2026, 3, 31))
    world.make.covenant(half, officer, on=date(2026, 4, 1))
    approval = world.make.approval(spared, "ai-covenant")
    declare_not_required(approval, "No model", seen=approval.version, by=officer, on=date(2026, 3, 1))
    figure = world.figure("ai_principles_rated")
    assert figure.value == ratio(1, 3)
    assert figure.counted == (rated.reference,)
    assert figure.references == (rated.reference, half.reference, missing.reference)
