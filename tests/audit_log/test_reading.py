"""Events in words."""

import json
from datetime import UTC, date, datetime

import pytest

from compliance.audit_log.reading import Change, entries, moment_of, value_of, words_of
from compliance.models import AuditEvent

AT = datetime(2026, 6, 9, 10, 0, tzinfo=UTC)


def event(seq: int, row: str, change: dict, **parts) -> AuditEvent:
    values = {"at": AT, "actor": "Jo", "event": "project.started", "subject": "PRJ-0001", **parts}
    return AuditEvent(seq=seq, row=row, change=json.dumps(change), **values)


def test_the_rows_of_one_transaction_are_one_entry():
    rows = [
        event(5, "project 2", {"title": [None, "B"]}, subject="PRJ-0002"),
        event(4, "check 7", {"standing": ["met", "not_met"]}, organisation_id=3),
        event(3, "project 1", {"id": [None, 1], "version": [None, 1], "title": [None, "A"]}),
    ]
    found = entries(rows, {})
    assert [(entry.subject, entry.numbers) for entry in found] == [("PRJ-0002", "5"), ("PRJ-0001", "3 to 4")]
    assert found[1].organisation_id == 3
    assert found[1].rows[0].changes == (Change("Title", None, "A"),)
    assert found[1].rows[1].changes == (Change("Standing", "Met", "Not met"),)


def test_accounts_are_told_by_the_names_they_bear_now():
    rows = [
        event(2, "user 9", {}, subject="account 9", actor="account 4", actor_id=4),
        event(1, "user 9", {}, subject="old@force.example", actor="As it was told before", actor_id=8),
    ]
    found = entries(rows, {"account 4": "Ada", "account 9": "Former account 9"})
    assert [(one.actor, one.subject, one.person) for one in found] == [
        ("Ada", "account 9", "Former account 9"),
        ("As it was told before", "old@force.example", ""),
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("project.started", "Project: started"),
        ("nil_year.confirmed", "Nil year: confirmed"),
        ("approval.decision_recorded", "Approval: decision recorded"),
        ("odd", "Odd"),
    ],
)
def test_an_event_in_words(name, words):
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("table", "column", "value", "shown"),
    [
        ("check", "standing", "partly_met", "Partly met"),
        ("check", "standing", "a word of the past", "a word of the past"),
        ("check", "gone", "met", "met"),
        ("gone", "standing", "met", "met"),
        ("project", "started_on", "2026-04-03", date(2026, 4, 3)),
        ("organisation", "invented", True, "Yes"),
        ("project", "lead_id", 3, 3),
        ("project", "title", None, None),
    ],
)
def test_a_value_as_it_is_shown(table, column, value, shown):
    assert value_of(table, column, value) == shown


@pytest.mark.parametrize("text", ["2026", "2026-", "2026-13-01", "1234-abc", "", "On 2026-04-03"])
def test_what_only_looks_like_a_date_stays_text(text):
    assert moment_of(text) == text


def test_a_moment_is_read_as_one():
    assert moment_of("2026-04-03T10:00:00+00:00") == datetime(2026, 4, 3, 10, 0, tzinfo=UTC)
