"""The list of small numbers is a form: many are decided at once, some stay open, nobody undoes another's."""

from datetime import date

import pytest
from sqlalchemy import func, select

from compliance.db import db
from compliance.models import AuditEvent, CellDecision
from compliance.rules import faults
from compliance.rules.broken import RuleBroken
from compliance.rules.suppression import NewDecision, NewPolicy
from compliance.statements import entering, queries, withholding
from compliance.statements.gather import gather
from compliance.terms import AllegationKind as K
from compliance.terms import Role
from tests.kept import kept
from tests.pages import parse

ALL = {"reported-PLA": 1, "reported-FAB": 2, "reported-TOTAL": 3, "cases_reported": 3}


@kept
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary")


@kept
def cast(make, force):
    return make.cast(force)


@kept
def statement(make, force, cast):
    for kind in (K.PLAGIARISM, K.FABRICATION, K.FABRICATION):
        make.case(force, cast.lead, received_on=date(2025, 9, 1), kinds=(kind,))
    entering.set_policy(force, NewPolicy(5, "The chief officers decided."), by=cast.lead)
    return make.statement(force, make.period(), cast.lead)


@pytest.fixture
def address(client, cast, statement):
    client.sign_in(cast.lead)
    return f"/statements/{statement.reference}/small-numbers"


def decided() -> list[tuple[str, bool, str]]:
    return [(row.cell, row.withheld, row.reason) for row in db.session.scalars(select(CellDecision))]


def asked(page) -> dict[str, str]:
    """The rows of the page: the number that each shows, by its key."""
    rows = [row for row in parse(page.text)[0].iter("tr") if row.get("id", "").startswith("row-")]
    return {row.get("id").removeprefix("row-"): int(next(row.iter("strong")).text) for row in rows}


def errors(page) -> list[tuple[str, str]]:
    """What the error summary says, and where each line leads."""
    links = [one for one in parse(page.text)[0].iter("a") if one.get("href", "").startswith("#")]
    return [(one.get("href"), one.text) for one in links if "govuk-skip-link" not in one.get("class", "")]


def stops(statement) -> list[tuple[str, str]]:
    found = faults.blockers(queries.readiness(statement))
    return [(row.where, row.message) for row in found if row.where.startswith("small_numbers")]


def test_all_are_decided_with_one_button_and_each_leaves_its_event(client, address, statement):
    assert asked(client.get(address)) == ALL
    values = dict.fromkeys(ALL, "withhold") | {"cases_reported": "print", "cases_reported-reason": "Known."}
    page = client.fill(address, values, follow_redirects=True)
    assert "4 decisions saved" in page.text.replace("\xa0", " ")
    assert "All are decided" in page.text
    small = "As proposed: it is small"
    assert set(decided()) == {
        ("reported-PLA", True, small),
        ("reported-FAB", True, small),
        ("reported-TOTAL", True, small),
        ("cases_reported", False, "Known."),
    }
    events = select(func.count()).where(AuditEvent.event == "small_number.decided")
    assert db.session.scalar(events) == 4
    assert stops(statement) == []


def test_a_row_left_open_stays_undecided_and_nothing_is_saved_twice(client, address, statement):
    assert stops(statement)[0] == ("small_numbers:reported-FAB", "4 small numbers wait for a decision")
    page = client.fill(address, {"reported-FAB": "withhold"}, follow_redirects=True)
    assert "3 of 4" in page.text
    assert stops(statement)[0] == ("small_numbers:reported-PLA", "3 small numbers wait for a decision")
    show = client.get(f"/statements/{statement.reference}").text
    assert f'href="{address}#row-reported-PLA"' in show
    assert 'id="row-reported-PLA"' in page.text
    assert "banner--success" in page.text
    again = client.fill(address, follow_redirects=True).text
    assert "Nothing was changed" in again
    assert "banner--success" not in again
    assert len(decided()) == 1


def test_what_is_wrong_stands_beside_its_row_and_nothing_typed_is_lost(client, address):
    wrong = {
        "reported-PLA": "print",
        "reported-FAB-reason": "Two people would know.",
        "reported-TOTAL": "withhold",
    }
    page = client.fill(address, wrong)
    assert (page.status_code, decided()) == (400, [])
    assert errors(page)[:2] == [
        ("#reported-FAB", "Select whether “Fabrication: reported” is withheld or printed"),
        ("#reported-PLA-reason", "Say why “Plagiarism: reported” is printed"),
    ]
    assert all(f'id="{where[1:]}"' in page.text for where, _ in errors(page)[:2])
    done = client.send(page, {"reported-PLA-reason": "Known.", "reported-FAB": "withhold"})
    assert done.status_code == 302
    assert set(decided()) == {
        ("reported-PLA", False, "Known."),
        ("reported-FAB", True, "Two people would know."),
        ("reported-TOTAL", True, "As proposed: it is small"),
    }


def test_what_printing_one_gives_away_is_said_after_saving(client, address, statement):
    values = dict.fromkeys(ALL, "withhold")
    assert "Can be worked out" not in client.fill(address, values, follow_redirects=True).text
    given = {key: word for key in ("reported-PLA", "reported-TOTAL") for key, word in printed(key)}
    page = client.fill(address, given, follow_redirects=True).text
    assert '<a class="govuk-link" href="#row-reported-FAB">Fabrication: reported</a>' in page
    assert stops(statement) == [
        ("small_numbers:reported-FAB", "Can be worked out from what is printed: Fabrication: reported")
    ]


def printed(key):
    return ((key, "print"), (f"{key}-reason", "Known."))


def test_two_people_decide_about_different_rows_and_neither_undoes_the_other(
    make, client, address, force, cast
):
    other = make.user(Role.INTEGRITY_LEAD, force)
    client.fill(address, {"reported-PLA": "withhold"})
    mine, theirs = client.get(address), client.sign_in(other).get(address)
    client.send(theirs, dict(printed("reported-PLA")) | dict(printed("cases_reported")))
    done = client.sign_in(cast.lead).send(mine, {"reported-FAB": "withhold"}, follow_redirects=True)
    assert "1 decision saved" in done.text.replace("\xa0", " ")
    latest = {cell: withheld for cell, withheld, _ in decided()}
    assert latest == {"reported-PLA": False, "cases_reported": False, "reported-FAB": True}


def test_the_second_to_decide_about_one_sees_the_first_and_may_put_theirs_in_its_place(
    make, client, address, force, cast
):
    other = make.user(Role.INTEGRITY_LEAD, force)
    mine, theirs = client.get(address), client.sign_in(other).get(address)
    client.send(theirs, {"reported-PLA": "withhold", "reported-PLA-reason": "One person."})
    late = client.sign_in(cast.lead).send(mine, dict(printed("reported-PLA")) | {"reported-FAB": "withhold"})
    assert (late.status_code, len(decided())) == (409, 1)
    (where, said), *_ = errors(late)
    assert where == "#reported-PLA"
    assert f"{other.name} decided meanwhile that it is withheld (One person.)" in said
    assert client.send(late, {}).status_code == 302
    assert set(decided()[1:]) == {
        ("reported-PLA", False, "Known."),
        ("reported-FAB", True, "As proposed: it is small"),
    }


def test_a_number_that_changed_meanwhile_is_decided_about_as_it_is_now(make, client, address, force, cast):
    shown = client.get(address)
    make.case(force, cast.lead, received_on=date(2025, 9, 2), kinds=(K.PLAGIARISM,))
    late = client.send(shown, {"reported-PLA": "withhold"})
    assert (late.status_code, decided()) == (409, [])
    assert "“Plagiarism: reported” is 2 now" in errors(late)[0][1]
    assert asked(late)["reported-PLA"] == 2
    assert client.send(late, {}).status_code == 302
    assert [row.number for row in db.session.scalars(select(CellDecision))] == [2]


def test_one_broken_rule_keeps_all_of_them_from_being_saved(statement, cast):
    found = gather(queries.current_draft(statement), site="").shown
    seen = {
        row.cell.key: row.seen for row in withholding.rows_of(found, withholding.decided_about(statement))
    }
    given = {
        "reported-FAB": NewDecision(withheld=True, seen=seen["reported-FAB"]),
        "reported-PLA": NewDecision(withheld=False, seen=seen["reported-PLA"]),
    }
    with pytest.raises(RuleBroken, match="Say why “Plagiarism: reported” is printed"):
        withholding.decide(statement, found, given, by=cast.lead)
    assert decided() == []
    given["reported-PLA"] = NewDecision(withheld=True, seen=seen["reported-PLA"])
    assert withholding.decide(statement, found, given, by=cast.lead) == 2


def test_a_signed_statement_refuses_decisions(make, client, address, statement, cast):
    make.signature(statement, cast.signatory)
    page = client.fill(address, {"reported-PLA": "withhold"})
    assert (page.status_code, "This statement is signed" in page.text, decided()) == (400, True, [])


def test_without_what_was_seen_the_second_would_silently_replace_the_first(
    make, client, address, force, cast, monkeypatch
):
    """The control: what keeps the two apart is the row that each had before them, nothing else."""
    monkeypatch.setattr(withholding.Row, "seen", "1.0")
    other = make.user(Role.INTEGRITY_LEAD, force)
    mine, theirs = client.get(address), client.sign_in(other).get(address)
    client.send(theirs, {"reported-PLA": "withhold"})
    assert client.sign_in(cast.lead).send(mine, dict(printed("reported-PLA"))).status_code == 302
    assert decided()[-1] == ("reported-PLA", False, "Known.")
