"""What changed since last year: on the page, in the document where somebody chose so, and against an altered file."""

import json

import pytest

from compliance.db import db
from compliance.models import AuditEvent
from compliance.rules.broken import RuleBroken
from compliance.statements import actions
from compliance.statements.kept import document_of
from compliance.terms import Standing
from reports.statement import from_json, to_html, to_json
from reports.statement.since import ANOTHER_LAYOUT, NOT_SIGNED, since_last_year
from reports.verify.sums import since_differences
from tests.kept import kept
from tests.statement_factory import MakesStatements

SITE = "https://integrity.example"


@kept
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary")


@kept
def cast(make, force):
    return make.cast(force)


@kept
def statement(make: MakesStatements, force, cast):
    """This year's draft, after a year that was signed; one requirement stands otherwise by now."""
    make.published(force, make.period(2024), cast)
    period = make.period(2025)
    make.judgement(force, period, cast.lead, "25-C12-E1", standing=Standing.PARTLY_MET)
    statement = make.statement(force, period, cast.lead)
    make.words(statement, cast.lead, text="What we did, in plain words.\n\nAnd what we learnt.")
    return statement


def document(statement):
    return document_of(statement, site=SITE)


def test_the_page_tells_figures_standings_and_words(client, statement, cast):
    page = client.sign_in(cast.board).get(f"/statements/{statement.reference}/since-last-year").text
    assert "Requirements met" in page
    assert "25-C12-E1" in page
    assert "<ins>And what we learnt.</ins>" in page
    assert "<del>What we did" not in page
    assert "Print it as an annex" not in page


def test_who_drafts_says_whether_it_is_printed(client, statement, cast):
    address = f"/statements/{statement.reference}/since-last-year"
    assert document(statement).since is None
    client.sign_in(cast.lead).fill(address, {}, button="Print it as an annex")
    made = document(statement)
    assert [row.code for row in made.since.standings][:1] == ["25-C12-E1"]
    assert "What changed since last year" in to_html(made)
    assert from_json(to_json(made)) == made
    assert "statement.annex_chosen" in [row.event for row in db.session.query(AuditEvent)]
    client.sign_in(cast.lead).fill(address, {}, button="Leave the annex out")
    assert document(statement).since is None


def test_a_signed_statement_keeps_its_choice(make, force, cast):
    signed = make.published(force, make.period(2024), cast)
    with pytest.raises(RuleBroken, match="is signed"):
        actions.choose_annex(signed, printed=True, by=cast.lead)


def test_what_cannot_be_compared_is_said(statement):
    made = document(statement)
    assert since_last_year({}, None, made).notes == (NOT_SIGNED,)
    other = made.model_copy(update={"layout": "rics"})
    found = since_last_year(None, other, made)
    assert ANOTHER_LAYOUT in found.notes
    assert (len(found.notes), found.standings, found.texts) == (2, (), ())


def test_an_altered_annex_is_found(statement, cast):
    actions.choose_annex(statement, printed=True, by=cast.lead)
    content = json.loads(to_json(document(statement)))
    assert list(since_differences(from_json(json.dumps(content)))) == []
    content["since"]["standings"][0]["after"] = "not_met"
    assert "25-C12-E1" in next(since_differences(from_json(json.dumps(content))))
