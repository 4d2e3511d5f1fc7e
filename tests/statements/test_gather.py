"""The bridge from records to document: what it takes over, as of which day, and at which cost."""

from datetime import UTC, date, datetime

from flask import current_app
from sqlalchemy import select

from compliance import audit, clock, frameworks
from compliance.assessments.carrying import carry_forward
from compliance.db import db, transaction
from compliance.models import ActionStep, AssessmentAnswer, OrganisationLink, OrganisationName
from compliance.statements import queries
from compliance.statements.draft import draft_from_records
from compliance.statements.gather import gather, sections_of
from compliance.terms import ActionState, AllegationKind, ContactRole, Involvement, Outcome, Role, Standing
from reports.statement import content_fingerprint, from_json, to_json
from tests.conftest import at_most, on_day
from tests.kept import kept

SITE = "https://integrity.example"


def document(place, period, layout="government"):
    return gather(draft_from_records(place, period, layout), site=SITE).statement


@kept
def npcc(make):
    return make.tree()["npcc"]


def test_the_snapshot_says_the_same_after_a_round_trip(npcc, make):
    made = document(npcc, make.period())
    assert from_json(to_json(made)) == made


def test_names_and_tree_are_those_of_the_last_day_of_the_period(make):
    places = make.tree()
    period = make.period()
    with transaction():
        audit.record("test.moved", subject="test", by=None)
        sister, unit = places["westmarch"], places["forensic"]
        sister.names[0].until_on = date(2026, 4, 1)
        sister.names.append(OrganisationName(name="West and March Police", from_on=date(2026, 4, 1)))
        unit.links[0].until_on = date(2026, 4, 1)
        unit.links.append(OrganisationLink(parent_id=sister.id, from_on=date(2026, 4, 1)))
    assert "Westmarch Police" in [row.organisation for row in document(places["npcc"], period).returns]
    assert [row.code for row in document(places["northmoor"], period).returns] == ["forensic"]
    assert document(sister, period).returns == ()


def test_contacts_are_those_in_office_now_and_senior_leads_of_the_period_with_their_dates(npcc, make):
    make.contact(npcc, person="Long gone", until_on=date(2025, 4, 1))
    make.contact(npcc, person="Gone", until_on=date(2026, 6, 1))
    make.contact(npcc, ContactRole.FIRST_CONTACT, person="Gone too", until_on=date(2026, 6, 1))
    make.contact(npcc, person="In office", from_on=date(2026, 6, 1))
    make.contact(npcc, ContactRole.FIRST_CONTACT, person="To come", from_on=date(2026, 7, 1))
    named = [(row.person, row.until_on) for row in document(npcc, make.period()).contacts]
    assert named == [("Gone", date(2026, 6, 1)), ("In office", None)]


def test_an_edition_that_was_not_in_force_says_so_wherever_it_is_named(npcc, make):
    lead = make.user(Role.INTEGRITY_LEAD, npcc)
    period = make.period(2024)
    make.judgement(npcc, period, lead)
    made = document(npcc, period)
    assert made.edition.key == "concordat-2025"
    assert made.edition.note.startswith("In force from 1 April 2026")
    assert "bound nobody then" in made.quality[0]


def test_an_edition_that_is_in_force_needs_no_note(npcc, make):
    made = document(npcc, make.period(2026))
    assert (made.edition.key, made.edition.note) == ("concordat-2025", "")


def test_a_shortfall_brings_what_is_missing_the_fix_its_owner_and_date(npcc, make):
    lead, period = make.user(Role.INTEGRITY_LEAD, npcc), make.period()
    fix = {"fix": "Write it", "fix_owner": "Head of research", "fix_due_on": date(2026, 12, 1)}
    make.judgement(npcc, period, lead, "25-C3-E1", Standing.NOT_MET, note="No policy", **fix)
    found = next(row for row in document(npcc, period).requirements if row.code == "25-C3-E1")
    assert (found.standing, found.note, found.fix, found.fix_owner, found.fix_due_on) == (
        "not_met",
        "No policy",
        *fix.values(),
    )


def test_approvals_are_the_decisions_dated_in_the_period_by_body_and_outcome(npcc, make):
    lead, period = make.user(Role.RESEARCH_LEAD, npcc), make.period()
    for outcome, on in (
        (Outcome.FAVOURABLE, date(2025, 6, 1)),
        (Outcome.FAVOURABLE, date(2025, 3, 31)),
        (Outcome.NO_OPINION, date(2025, 6, 1)),
        (Outcome.PROVISIONAL, date(2025, 6, 1)),
    ):
        project = make.project(npcc, lead, involves=(Involvement.PEOPLE,))
        make.decision(make.approval(project), lead, outcome, on=on)
    (row,) = document(npcc, period).approvals
    assert (row.favourable, row.provisional, row.other, row.total) == (1, 1, 1, 3)


def test_the_misconduct_table_comes_from_the_case_register_with_its_notes(npcc, make):
    lead, period = make.user(Role.MISCONDUCT_OFFICER, npcc), make.period()
    make.case(npcc, lead, received_on=date(2025, 9, 1), kinds=(AllegationKind.PLAGIARISM,))
    table = document(npcc, period).misconduct
    assert {row.key: row.reported.value for row in table.rows if row.reported.value} == {"PLA": 1}
    assert (table.nil, table.cases_reported.value) == (False, 1)
    assert table.notes == ("1 case was still open on the last day of the period.",)


def test_a_missing_return_is_named_and_its_projects_are_not_provided(npcc, make):
    row = next(one for one in document(npcc, make.period()).returns if one.code == "northmoor")
    assert (row.state, row.projects.kind) == ("missing", "not_provided")
    notes = document(npcc, make.period(2024)).quality
    assert any("Northmoor Constabulary" in text and "not counted as zero" in text for text in notes)


def test_last_year_comes_from_the_signed_statement_although_records_changed(make):
    force = make.organisation("northmoor")
    cast = make.cast(force)
    last, this = make.period(2024), make.period(2025)
    make.published(force, last, cast)
    project = make.project(force, cast.lead)
    make.judgement(force, this, cast.lead)
    with transaction():
        audit.record("test.dated", subject="test", by=None)
        project.started_on, project.ended_on = date(2024, 6, 1), date(2024, 9, 1)
    made = document(force, this)
    assert made.figure("projects_in_scope").previous.value == 0
    assert made.previous.address == f"{SITE}/published/northmoor/2024-04-01-to-2025-03-31"
    assert made.commitments[0].previous.met == 4
    assert any("signed for the period before" in text for text in made.quality)


def test_without_a_signed_statement_last_year_is_counted_from_the_records(npcc, make):
    make.period(2024)
    made = document(npcc, make.period(2025))
    assert made.figure("projects_in_scope").previous.value == 0
    assert made.previous is None
    assert any("No statement was signed for the period before" in text for text in made.quality)


def test_the_first_year_has_no_previous_figures(npcc, make):
    made = document(npcc, make.period())
    assert {row.previous for row in made.figures} == {None}


def test_a_section_without_words_draws_on_the_other_layout_each_text_once():
    found = {
        row.key: row.text
        for row in sections_of(
            frameworks.layout("rics"), {"guidance_training": "Courses.", "ethics": "Panels."}, ()
        )
    }
    assert found["policies"] == "Panels."
    assert found["communications"] == "Courses."
    assert found["culture"].startswith("This is answered under 2A, ")
    assert found["case_study"] == ""


def test_the_content_fingerprint_knows_words_and_figures_and_no_formality(make):
    force = make.organisation("northmoor")
    cast, period = make.cast(force), make.period()
    statement = make.complete(force, period, cast)
    before = make.gathered(statement).content
    make.board_approval(statement, cast.board)
    with on_day(datetime(2026, 7, 1, tzinfo=UTC)):
        assert make.gathered(statement).content == before
    make.words(statement, cast.lead, text="Other words.")
    assert make.gathered(statement).content != before


def test_it_costs_as_many_queries_for_thirty_projects_as_for_one(make):
    force = make.organisation("northmoor")
    cast, period = make.cast(force), make.period()
    make.period(2024)
    statement = make.statement(force, period, cast.lead)

    def study():
        project = make.project(force, cast.lead, involves=(Involvement.PEOPLE,))
        make.decision(make.approval(project), cast.lead, on=date(2025, 5, 1))
        with transaction():
            audit.record("test.dated", subject="test", by=None)
            project.started_on = date(2025, 6, 1)

    study()
    with at_most(15) as few:
        queries.readiness(statement)
    for number in range(29):
        study()
        if number % 5 == 0:
            make.organisation(under=force)
    with at_most(len(few)):
        found = gather(queries.current_draft(statement), site=current_app.config["SERVICE_URL"])
    assert len(found.statement.projects) == 30
    assert content_fingerprint(found.statement) == found.content


def test_what_was_promised_last_year_is_answered_and_answers_carried_forward_are_counted(npcc, make):
    lead = make.user(Role.INTEGRITY_LEAD, npcc)
    last, period = make.period(2025), make.period(2026)
    fix = {"fix": "Write it", "fix_owner": "Head of research", "fix_due_on": date(2026, 12, 1)}
    make.judgement(npcc, last, lead, "25-C3-E1", Standing.NOT_MET, note="No policy", **fix)
    made = document(npcc, period)
    assert [(row.code, row.promised, row.owner, row.state) for row in made.promises] == [
        ("25-C3-E1", "Write it", "Head of research", "not_begun")
    ]
    with transaction():
        audit.record("test.followed_up", subject="test", by=lead)
        db.session.add(
            ActionStep(
                assessment_answer=db.session.scalars(select(AssessmentAnswer)).one(),
                state=ActionState.CARRIED_OVER,
                note="It waits for the board.",
                due_on=date(2027, 5, 1),
                recorded_at=clock.now(),
                recorded_by=lead,
            )
        )
    assert [(row.state, row.new_due_on) for row in document(npcc, period).promises] == [
        ("carried_over", date(2027, 5, 1))
    ]
    carry_forward(npcc, period, by=lead)
    made = document(npcc, period)
    assert [row.standing for row in made.requirements if row.carried_forward] == ["not_assessed"]
    assert any(text.startswith("1 answer is carried forward") for text in made.quality)
    assert made.promises[0].note == "It waits for the board."
    make.judgement(npcc, period, lead, "25-C3-E1", Standing.MET)
    told = "It waits for the board. The requirement has since been judged met."
    assert document(npcc, period).promises[0].note == told
