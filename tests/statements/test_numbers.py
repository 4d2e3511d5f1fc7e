"""Single numbers: values entered by hand stand beside the counted ones; small ones are withheld everywhere."""

import csv
import io
import re
from datetime import date

import pytest
from flask import current_app

from compliance.rules import faults
from compliance.rules.broken import RuleBroken
from compliance.rules.statements import NewOverride
from compliance.rules.suppression import NewDecision, NewPolicy
from compliance.statements import entering, queries, withholding
from compliance.statements.gather import gather
from compliance.statements.kept import document_of
from compliance.terms import AllegationKind
from reports.statement import from_json, to_article, to_json
from reports.statement.files import figures_csv, misconduct_csv
from reports.verify.sums import sum_differences
from tests.kept import kept

K = AllegationKind


@kept
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary")


@kept
def cast(make, force):
    return make.cast(force)


@kept
def statement(make, force, cast):
    for kinds in ((K.PLAGIARISM,), (K.FABRICATION,), (K.FABRICATION,)) + ((K.OBLIGATIONS,),) * 6:
        make.case(force, cast.lead, received_on=date(2025, 9, 1), kinds=kinds)
    return make.statement(force, make.period(), cast.lead)


def document(statement):
    return document_of(statement, site=current_app.config["SERVICE_URL"])


def stops(statement):
    return [
        row for row in faults.blockers(queries.readiness(statement)) if row.where.startswith("small_numbers")
    ]


def policy(force, cast, below=5):
    entering.set_policy(force, NewPolicy(below, "The chief officers decided."), by=cast.lead)


def decide(statement, cast, **withheld):
    """Decide about reported fabrication and plagiarism as they stand."""
    shown = gather(queries.current_draft(statement), site="").shown
    rows = {row.cell.key: row for row in withholding.rows_of(shown, withholding.decided_about(statement))}
    given = {
        key: NewDecision(one, "Looked at.", rows[key].seen)
        for key, one in ((f"reported-{name.upper()}", one) for name, one in withheld.items())
    }
    withholding.decide(statement, shown, given, by=cast.lead)


def test_both_values_and_the_reason_show_and_are_warned_of(statement, cast):
    figure = document(statement).figure("projects_in_scope")
    entering.override(statement, figure, NewOverride(4, None, "Four were not registered yet."), by=cast.lead)
    made = document(statement)
    held = made.figure("projects_in_scope")
    assert (held.value.value, held.from_records.value) == (4, 0)
    words = "Entered by hand; the records give 0. Four were not registered yet."
    assert held.remark == words
    assert words in to_article(made)
    assert "Four were not registered yet." in figures_csv(made)
    assert from_json(to_json(made)) == made
    assert list(sum_differences(made)) == []
    (warned,) = [row for row in faults.warnings(queries.readiness(statement)) if "overridden" in row.key]
    assert words in warned.facts
    entering.override(statement, held, NewOverride(None, None, "Registered by now."), by=cast.lead)
    assert document(statement).figure("projects_in_scope").override is None


def test_a_ratio_has_both_parts_and_the_register_is_never_overridden(statement, cast):
    made = document(statement)
    ratio, cases = made.figure("ethics_before_start"), made.figure("allegations_reported")
    for figure, new, said in (
        (ratio, NewOverride(3, None, "x"), "Enter both numbers"),
        (ratio, NewOverride(3, 2, "x"), "cannot be more"),
        (made.figure("projects_in_scope"), NewOverride(3, 4, "x"), "is one number"),
        (cases, NewOverride(3, None, "x"), "Correct the case register"),
    ):
        with pytest.raises(RuleBroken, match=said):
            entering.override(statement, figure, new, by=cast.lead)
    entering.override(statement, ratio, NewOverride(2, 3, "Two of three."), by=cast.lead)
    assert document(statement).figure("ethics_before_start").value.text == "2 of 3"


def test_without_a_policy_every_number_is_printed(statement):
    rows = {row.key: row.reported.text for row in document(statement).misconduct.rows}
    assert (rows["PLA"], rows["OBL"], stops(statement)) == ("1", "6", [])


def test_small_numbers_wait_for_a_person_and_are_withheld_until_then(force, statement, cast):
    policy(force, cast)
    made = document(statement).misconduct
    rows = {row.key: row.reported.text for row in made.rows}
    assert (rows["PLA"], rows["FAB"], rows["FAL"]) == ("fewer than 5", "fewer than 5", "0")
    assert (made.total.reported.text, made.cases_reported.text) == ("9", "9")
    (stop,) = stops(statement)
    assert stop.message == "2 small numbers wait for a decision"


def test_what_a_person_prints_must_not_give_another_away(force, statement, cast):
    policy(force, cast)
    decide(statement, cast, fab=True, pla=False)
    (stop,) = stops(statement)
    assert stop.message == "Can be worked out from what is printed: Fabrication: reported"
    decide(statement, cast, fab=True, pla=True)
    assert stops(statement) == []


def test_a_decision_goes_stale_when_the_number_or_the_policy_changes(make, force, statement, cast):
    policy(force, cast)
    decide(statement, cast, fab=True, pla=True)
    assert stops(statement) == []
    make.case(force, cast.lead, received_on=date(2025, 9, 1), kinds=(K.PLAGIARISM,))
    assert len(stops(statement)) == 1
    policy(force, cast, below=None)
    assert stops(statement) == []


def test_page_data_and_tables_agree_on_what_is_withheld(force, statement, cast):
    policy(force, cast)
    made = document(statement)
    held = [
        [getattr(row, name).text for name in ("reported", "formal", "upheld_part", "upheld_full")]
        for row in (*from_json(to_json(made)).misconduct.rows, made.misconduct.total)
    ]
    rows = list(csv.reader(io.StringIO(misconduct_csv(made))))[1:]
    page = to_article(made)
    part = page[page.index("Type of allegation") :]
    printed = re.findall(r"<tr class.*?</tr>", part[: part.index("</table>")], re.DOTALL)
    cells = [re.findall(r"<td[^>]*><span[^>]*>[^<]*</span> <span>([^<]*)</span>", row) for row in printed]
    assert held == [row[2:] for row in rows] == [row for row in cells if row]
    assert made.figure("allegations_reported").value == made.misconduct.total.reported
    assert list(sum_differences(made)) == []
    assert '"value":1}' not in to_json(made).split('"misconduct":', 1)[1].split('"notice"')[0]


def test_last_years_small_total_is_withheld_too(make, force, cast):
    make.period(2024)
    make.case(force, cast.lead, received_on=date(2024, 9, 1), kinds=(K.PLAGIARISM,))
    statement = make.statement(force, make.period(), cast.lead)
    assert document(statement).figure("allegations_reported").previous.text == "1"
    policy(force, cast)
    assert document(statement).figure("allegations_reported").previous.text == "fewer than 5"


def test_it_is_done_in_the_browser(client, force, statement, cast):
    client.sign_in(cast.lead)
    address = f"/statements/{statement.reference}"
    wrong = client.fill("/organisations/northmoor/small-numbers", {"below": "2", "reason": "Ours"})
    assert (wrong.status_code, "Enter a number from 3 to 20" in wrong.text) == (400, True)
    client.fill("/organisations/northmoor/small-numbers", {"below": "5", "reason": "Ours"})
    assert "2 of 2" in client.get(f"{address}/small-numbers").text
    value = f"{address}/figures/projects_in_scope/value"
    assert client.fill(value, {"number": "four", "reason": "x"}).status_code == 400
    page = client.fill(value, {"number": "4", "reason": "Not registered."}, follow_redirects=True).text
    assert "Entered by hand" in page
    again = client.get(value).text
    assert 'value="4"' in again, "what was entered stands in the form"
    assert "Not registered.</textarea>" in again
    other = client.get(f"{address}/preview?layout=rics").text
    assert "2A" in other
    assert client.get(f"{address}/statement.json?layout=rics").json["layout"] == "rics"
    assert "This is a draft" in client.get(f"{address}/statement.html?layout=rics").text
    assert client.get(f"{address}/preview?layout=triptych").status_code == 404
