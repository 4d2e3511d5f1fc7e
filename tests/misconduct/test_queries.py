"""What statements and boards read of the register: totals over the tree of the time."""

from datetime import date

from compliance.misconduct import queries
from compliance.rules.periods import financial_year
from compliance.terms import AllegationKind, CaseStep, Finding, Role
from tests.conftest import at_most

YEAR = financial_year(2025)


def test_every_case_below_is_read_in_two_statements(make):
    tree = make.tree()
    officer = make.user(Role.MISCONDUCT_OFFICER, tree["npcc"])
    outside = make.organisation("elsewhere")
    make.case(outside, officer)
    for code in ("northmoor", "westmarch", "forensic"):
        make.case(tree[code], officer)
    npcc, force = tree["npcc"].id, tree["northmoor"].id
    with at_most(2):
        cases = queries.cases_below(npcc, date(2026, 3, 31))
    assert [case.reference for case in cases] == ["CASE-2025-02", "CASE-2025-03", "CASE-2025-04"]
    for _ in range(5):
        make.case(tree["forensic"], officer, kinds=(AllegationKind.FABRICATION, AllegationKind.PLAGIARISM))
    with at_most(2):
        assert len(queries.cases_below(npcc, date(2026, 3, 31))) == 8
    assert len(queries.cases_below(force, date(2026, 3, 31))) == 7


def test_the_table_holds_what_was_completed_whenever_it_began(make):
    tree = make.tree()
    officer = make.user(Role.MISCONDUCT_OFFICER, tree["npcc"])
    make.case(
        tree["northmoor"],
        officer,
        received_on=date(2025, 2, 1),
        stages=((CaseStep.FORMAL_STARTED, date(2025, 3, 1)), (CaseStep.FORMAL_COMPLETED, date(2025, 7, 1))),
        findings=(Finding.UPHELD_IN_FULL,),
    )
    make.case(tree["westmarch"], officer)
    table = queries.table_for(tree["npcc"].id, YEAR)
    assert (table.total.reported, table.total.formal, table.total.upheld_full) == (1, 1, 1)
    assert table.carried_in == ("CASE-2025-01",)
    assert table.ongoing == ("CASE-2025-02",)
    assert queries.table_for(tree["forensic"].id, YEAR).nil


def test_references_run_within_the_year_of_receipt(make):
    force = make.organisation()
    officer = make.user(Role.MISCONDUCT_OFFICER, force)
    days = (date(2025, 5, 1), date(2026, 1, 5), date(2025, 6, 1))
    assert [make.case(force, officer, received_on=day).reference for day in days] == [
        "CASE-2025-01",
        "CASE-2026-01",
        "CASE-2025-02",
    ]


def test_nothing_is_confirmed_until_somebody_does(make):
    force = make.organisation()
    assert not queries.nil_confirmed(force.id, make.period(2025).id)
