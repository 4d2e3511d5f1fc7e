"""What can never be true is refused by the database, under the name of the constraint that says so.

The list of constraints comes from the models; the schema under attack is the one that the migrations made.
"""

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Dialect,
    Enum,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.exc import IntegrityError

from compliance.db import Base
from tests.models import kept
from tests.models.given import GIVEN
from tests.models.rows import Row, insert_row, prepare, row_for
from tests.models.statement_attacks import OF_STATEMENTS

Faults = dict[str, str]
DAY = "'2026-04-01'"
MET = {"met_at": DAY, "met_on": DAY}

# How each CHECK is broken, in SQL. Those of the enumerations are broken by a word that is none of theirs.
ATTACKS: dict[str, list[Faults]] = {
    **kept.ATTACKS,
    **OF_STATEMENTS,
    "ck_action_step_carried_over_with_date": [{"state": "'carried_over'"}, {"due_on": "'2026-04-01'"}],
    "ck_action_step_dropped_with_reason": [{"state": "'dropped'"}, {"state": "'dropped'", "note": "''"}],
    "ck_action_step_follows_one_answer": [{"answer_id": "NULL"}, {"assessment_answer_id": "1"}],
    "ck_answer_not_applicable_with_reason": [
        {"standing": "'not_applicable'"},
        {"standing": "'not_applicable'", "note": "''"},
    ],
    "ck_approval_event_decision_with_its_step": [
        {"step": "'decided'"},
        {"step": "'corrected'"},
        {"decision_id": "1"},
    ],
    "ck_approval_event_in_use_is_a_modification": [{"in_use_on": "'2026-04-01'"}],
    "ck_approval_event_modification_with_its_step": [
        {"step": "'modification_sent'"},
        {"modification_id": "1"},
    ],
    "ck_approval_event_number_from_one": [{"number": "0"}],
    "ck_approval_event_outcome_of_a_modification": [
        {"outcome": "'favourable'"},
        {"step": "'modification_decided'", "modification_id": "1"},
    ],
    "ck_approval_responded_at_with_responded_by": [
        {"responded_at": "'2026-04-01'", "response": "'x'"},
        {"responded_by_id": "1"},
    ],
    "ck_approval_responded_at_with_response": [
        {"response": "'x'"},
        {"responded_at": "'2026-04-01'", "responded_by_id": "1"},
    ],
    "ck_assessment_answer_not_applicable_with_reason": [
        {"standing": "'not_applicable'"},
        {"standing": "'not_applicable'", "note": "''"},
    ],
    "ck_board_approval_body_and_minute_given": [{"body": "''"}, {"minute": "''"}],
    "ck_board_approval_fingerprint_is_sha256": [{"fingerprint": "'abc'"}],
    "ck_board_return_comments_given": [{"comments": "''"}],
    "ck_board_submission_fingerprint_is_sha256": [{"fingerprint": "'abc'"}],
    "ck_calendar_feed_revoked_after_made": [{"revoked_at": "'2020-04-01'"}],
    "ck_calendar_feed_token_is_sha256": [{"token_sha256": "'abc'"}],
    "ck_clearance_ends_after_granted": [{"expires_on": "'2026-03-31'"}],
    "ck_clearance_left_after_granted": [{"left_on": "'2026-03-31'"}],
    "ck_clearance_person_and_force_given": [{"person": "''"}, {"issuing_force": "''"}],
    "ck_condition_evidence_of_what_is_met": [{"met_evidence_id": "1"}],
    "ck_condition_met_at_with_met_by": [MET | {"met_note": "'x'"}, {"met_by_id": "1"}],
    "ck_condition_met_at_with_met_on": [
        {"met_at": DAY, "met_by_id": "1", "met_note": "'x'"},
        {"met_on": DAY},
    ],
    "ck_condition_met_at_with_note": [MET | {"met_by_id": "1"}, {"met_note": "'x'"}],
    "ck_condition_text_given": [{"text": "''"}],
    "ck_contact_ends_after_start": [{"until_on": "'2026-04-01'"}, {"until_on": "'2026-03-31'"}],
    "ck_contact_post_and_mailbox_given": [{"post": "''"}, {"email": "''"}],
    "ck_decision_correction_with_reason": [{"corrects_id": "1"}],
    "ck_decision_expires_after_decision": [{"expires_on": "'2026-03-31'"}],
    "ck_decision_not_required_with_reason": [
        {"outcome": "'not_required'"},
        {"outcome": "'not_required'", "note": "''"},
    ],
    "ck_entry_link_expires_after_made": [{"expires_at": "'2020-04-01'"}],
    "ck_entry_link_token_is_sha256": [{"token_sha256": "'abc'"}],
    "ck_evidence_address_or_file": [
        {"address": "NULL"},
        {"sha256": "'f'", "file_name": "'a.pdf'", "media_type": "'x/y'", "size": "1"},
    ],
    "ck_evidence_file_described": [
        {"file_name": "'a.pdf'"},
        {"media_type": "'application/pdf'"},
        {"size": "1"},
    ],
    "ck_evidence_file_not_empty": [
        {"address": "NULL", "sha256": "'f'", "file_name": "'a.pdf'", "media_type": "'x/y'", "size": "0"}
    ],
    "ck_exemption_delay_ends": [{"expires_on": "NULL"}],
    "ck_exemption_delay_only": [{"code": "'x7'", "kind": "'withhold'"}],
    "ck_exemption_expires_after_decision": [{"expires_on": "'2026-03-31'"}],
    "ck_exemption_reason_and_approver_given": [{"reason": "''"}, {"approver": "''"}],
    "ck_exemption_reviewed_after_decision": [{"review_on": "'2026-03-31'"}],
    "ck_evidence_title_given": [{"title": "''"}],
    "ck_evidence_use_ended_at_with_ended_by": [{"ended_at": "'2026-04-01'"}, {"ended_by_id": "1"}],
    "ck_evidence_use_supports_one_record": [
        {"check_id": "NULL"},
        {"check_id": "1", "approval_id": "1"},
        {"check_id": "1", "assessment_id": "1"},
    ],
    "ck_membership_ends_after_start": [{"until_on": "'2026-03-31'"}],
    "ck_modification_description_and_reason_given": [{"description": "''"}, {"reason": "''"}],
    "ck_organisation_funding_ends_after_start": [{"funds_until_on": "'2026-04-01'"}],
    "ck_organisation_link_ends_after_start": [{"until_on": "'2026-04-01'"}],
    "ck_organisation_link_not_its_own_parent": [{"parent_id": "2"}],
    "ck_organisation_name_ends_after_start": [{"until_on": "'2026-04-01'"}],
    "ck_organisation_name_name_given": [{"name": "''"}],
    "ck_own_body_name_given": [{"name": "''"}],
    "ck_own_body_usual_days_positive": [{"usual_days": "0"}],
    "ck_own_body_validity_known": [{"validity": "'for ever'"}],
    "ck_partner_charter_for_suppliers": [{"kind": "'supplier'"}, {"kind": "'force'", "charter": "'signed'"}],
    "ck_partner_name_given": [{"name": "''"}],
    "ck_principle_rating_note_given": [{"note": "''"}],
    "ck_principle_rating_rated": [{"rating": "'not_assessed'"}, {"rating": "'not_applicable'"}],
    "ck_project_ended_after_started": [
        {"ended_on": "'2026-04-01'"},
        {"started_on": "'2026-04-02'", "ended_on": "'2026-04-01'"},
    ],
    "ck_project_expected_end_after_start": [
        {"expected_start_on": "'2026-04-02'", "expected_end_on": "'2026-04-01'"}
    ],
    "ck_project_interests_described": [
        {"interests_declared": "true"},
        {"interests_declared": "true", "interests": "''"},
    ],
    "ck_project_out_of_scope_with_reason": [
        {"scope_decision": "'out_of_scope'"},
        {"scope_decision": "'partly'"},
    ],
    "ck_project_registered_at_with_registered_by": [
        {"registered_at": "'2026-04-01'"},
        {"registered_by_id": "1"},
    ],
    "ck_project_title_given": [{"title": "''"}],
    "ck_reclassing_reason_given": [{"reason": "''"}],
    "ck_review_returned_with_comment": [{"kind": "'returned'"}, {"kind": "'comment'", "comment": "''"}],
    "ck_review_reviews_one_answer": [
        {"check_id": "NULL"},
        {"answer_id": "NULL"},
        {"assessment_id": "1"},
        {"assessment_answer_id": "1"},
    ],
    "ck_area_of_interest_code_and_text_given": [{"text": "''"}, {"code": "''"}],
    "ck_area_of_interest_ends_after_start": [{"until_on": "'2020-04-01'"}],
    "ck_reporting_period_ends_after_start": [{"ends_on": "'2026-04-01'"}],
    "ck_sample_fingerprint_is_sha256": [{"fingerprint": "'abc'"}],
    "ck_sample_response_a_no_with_its_reason": [{"protocol": "'no'"}, {"conditions": "'no'", "note": "''"}],
    "ck_sample_seed_given": [{"seed": "''"}],
    "ck_sample_size_within_population": [{"size": "0"}, {"size": "99"}],
    "ck_sampled_approval_place_from_one": [{"place": "0"}],
    "ck_saved_view_name_given": [{"name": "''"}],
    "ck_saved_view_query_given": [{"query": "''"}],
    "ck_sign_in_ends_after_beginning": [{"ended_at": "'2020-04-01'"}],
    "ck_sign_in_token_is_sha256": [{"token_sha256": "'abc'"}],
    "ck_sign_off_fingerprint_is_sha256": [{"fingerprint": "'abc'"}],
    "ck_sign_off_pdf_sha256_is_sha256": [{"pdf_sha256": "'abc'"}],
    "ck_statement_replaces_with_reason": [{"replaces_id": "1"}, {"replacement_reason": "'x'"}],
    "ck_wording_check_address_on_the_web": [{"address": "'http://gov.example'"}, {"address": "''"}],
    "ck_wording_check_difference_told": [{"note": "NULL"}, {"note": "''"}],
}

Named = CheckConstraint | UniqueConstraint | ForeignKeyConstraint | Index


def constraints(metadata: MetaData) -> dict[str, tuple[Table, Named]]:
    """Every named promise of the schema but the primary keys and what follows from them."""
    found: dict[str, tuple[Table, Named]] = {}
    for table in metadata.sorted_tables:
        for one in [*table.constraints, *(index for index in table.indexes if index.unique)]:
            if isinstance(one, Named) and not (is_unique(one) and set(table.primary_key) <= set(one.columns)):
                assert one.name, f"a constraint of {table.name} has no name"
                found[str(one.name)] = (table, one)
    return dict(sorted(found.items()))


def is_unique(one: Named) -> bool:
    return isinstance(one, UniqueConstraint | Index)


def enumeration_of(table: Table, check: CheckConstraint) -> list[Faults]:
    """For the CHECK of an enumeration: a word that is none of its own, in each column that it guards."""
    columns = [column for column in table.columns if isinstance(column.type, Enum)]
    return [{column.name: "'nonsense'"} for column in columns if f"{column.name} IN (" in str(check.sqltext)]


def faults_of(name: str, table: Table, one: Named) -> list[Faults]:
    """How a constraint is broken; empty when nobody said how. A UNIQUE is broken by repeating a row."""
    if isinstance(one, ForeignKeyConstraint):
        return [{column.name: "987654" for column in one.columns}]
    if isinstance(one, CheckConstraint):
        return ATTACKS.get(name) or enumeration_of(table, one)
    return [{}]


def unattacked(metadata: MetaData) -> list[str]:
    """Constraints that no attack tries."""
    return [name for name, (table, one) in constraints(metadata).items() if not faults_of(name, table, one)]


def second_row(name: str, table: Table, one: Named) -> Row:
    """The row under attack: a valid one, or for a UNIQUE one that repeats those columns of the first."""
    row = row_for(table, 2) | GIVEN.get(name, {})
    first = row_for(table, 1) | GIVEN.get(name, {})
    return row | {column.name: first[column.name] for column in one.columns} if is_unique(one) else row


def refused(connection: Connection, table: Table, row: Row, faults: Faults) -> str:
    """The words in which the database refuses a row with these faults; fails when it takes it."""
    with pytest.raises(IntegrityError) as error, connection.begin_nested():
        insert_row(connection, table, row, faults)
    return str(error.value.orig)


def expected_words(one: Named, dialect: Dialect) -> list[str]:
    """What the refusal must say: PostgreSQL names every constraint, SQLite the CHECKs and the columns."""
    if dialect.name == "postgresql" or isinstance(one, CheckConstraint):
        return [dialect.identifier_preparer.format_constraint(one).strip('"')]
    if isinstance(one, ForeignKeyConstraint):
        return ["FOREIGN KEY"]
    return ["UNIQUE", *(f"{one.table.name}.{column.name}" for column in one.columns)]


CONSTRAINTS = constraints(Base.metadata)


def test_every_constraint_has_an_attack_and_every_attack_a_constraint():
    assert unattacked(Base.metadata) == []
    assert {*ATTACKS, *GIVEN} - set(CONSTRAINTS) == set()


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_database_refuses_what_can_never_be_true(connection, name):
    table, one = CONSTRAINTS[name]
    prepare(connection, table, GIVEN.get(name, {}) if is_unique(one) else {})
    for faults in faults_of(name, table, one):
        said = refused(connection, table, second_row(name, table, one), faults)
        assert all(word in said for word in expected_words(one, connection.dialect)), said


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_the_database_takes_the_rows_that_the_attacks_start_from(connection, table):
    prepare(connection, table, {})
    insert_row(connection, table, row_for(table, 2), {})


def test_a_constraint_without_an_attack_is_told():
    metadata = MetaData()
    Table(
        "thing", metadata, Column("size", String), CheckConstraint("length(size) > 3", name="ck_thing_large")
    )
    assert unattacked(metadata) == ["ck_thing_large"]


def test_an_attack_that_breaks_nothing_is_told(connection):
    table = Base.metadata.tables["organisation_name"]
    prepare(connection, table, {})
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        refused(connection, table, row_for(table, 2), {"name": "'fine'"})
