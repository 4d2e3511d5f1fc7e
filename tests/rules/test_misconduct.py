"""Table 3B by the counting instructions of the RICS template, and what a case may become."""

from datetime import date

import pytest

from compliance.rules.anonymity import name_like
from compliance.rules.broken import RuleBroken
from compliance.rules.misconduct import (
    Allegation,
    Case,
    NewCase,
    NewClass,
    NewStage,
    check_nil,
    faults,
    is_ongoing,
    tabulate,
    warnings,
)
from compliance.rules.periods import financial_year
from compliance.terms import AllegationKind, CaseClass, CaseStep, Finding

K, S, F = AllegationKind, CaseStep, Finding
YEAR = financial_year(2025)
BEFORE, IN, LATER = date(2025, 2, 1), date(2025, 9, 1), date(2026, 5, 1)
TODAY = date(2026, 6, 9)


def case(received=IN, *, kinds=((K.PLAGIARISM, None),), screened=None, started=None, completed=None, **parts):
    return Case(
        reference=parts.pop("reference", "CASE-2025-01"),
        case_class=parts.pop("case_class", CaseClass.ALLEGED_MISCONDUCT),
        received_on=received,
        allegations=tuple(Allegation(kind, finding) for kind, finding in kinds),
        screened_out_on=screened,
        formal_started_on=started,
        formal_completed_on=completed,
        **parts,
    )


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        (case(), (1, 0, 0, 0)),
        (case(screened=IN), (1, 0, 0, 0)),
        (case(started=IN), (1, 0, 0, 0)),
        (case(started=IN, completed=IN, kinds=((K.PLAGIARISM, F.UPHELD_IN_PART),)), (1, 1, 1, 0)),
        (case(started=IN, completed=IN, kinds=((K.PLAGIARISM, F.NOT_UPHELD),)), (1, 1, 0, 0)),
        (case(BEFORE, started=BEFORE, completed=IN, kinds=((K.PLAGIARISM, F.UPHELD_IN_FULL),)), (0, 1, 0, 1)),
        (case(started=IN, completed=LATER, kinds=((K.PLAGIARISM, F.UPHELD_IN_FULL),)), (1, 0, 0, 0)),
        (case(LATER), (0, 0, 0, 0)),
        (case(case_class=CaseClass.QUESTIONABLE_PRACTICE), (0, 0, 0, 0)),
        (case(case_class=CaseClass.HONEST_ERROR), (0, 0, 0, 0)),
        (case(received=YEAR.starts_on), (1, 0, 0, 0)),
        (case(received=YEAR.ends_on), (1, 0, 0, 0)),
    ],
)
def test_a_case_stands_where_the_instructions_put_it(told, counts):
    total = tabulate([told], YEAR).total
    assert (total.reported, total.formal, total.upheld_part, total.upheld_full) == counts


def test_cases_and_allegations_are_counted_apart():
    table = tabulate([case(kinds=((K.FABRICATION, None), (K.PLAGIARISM, None)))], YEAR)
    assert (table.cases_reported, table.total.reported) == (1, 2)
    assert [row.reported for row in table.rows] == [1, 0, 1, 0, 0, 0, 0, 0]
    assert "1 case is counted in more than one row" in warnings(table)[0]


def test_what_was_carried_over_is_told():
    carried = case(BEFORE, started=BEFORE, completed=IN, reference="CASE-2025-01")
    table = tabulate([carried, case(reference="CASE-2025-02")], YEAR)
    assert table.carried_in == ("CASE-2025-01",)
    assert table.ongoing == ("CASE-2025-02",)
    assert warnings(tabulate([carried], YEAR)) == (
        "Plagiarism: more investigations than allegations, carried over from an earlier year",
    )
    assert warnings(table) == ()


def test_other_needs_words_and_says_them_once():
    silent = case(kinds=((K.OTHER, None),))
    assert "nothing says what it was" in faults(tabulate([silent], YEAR))[0]
    told = case(
        kinds=((K.OTHER, F.NOT_UPHELD),), started=IN, completed=IN, other_text="Analysis changed late"
    )
    assert tabulate([told], YEAR).other_text == "Analysis changed late"
    assert faults(tabulate([told], YEAR)) == ()


@pytest.mark.parametrize(
    ("told", "ongoing"),
    [
        (case(), True),
        (case(LATER), False),
        (case(screened=IN), False),
        (case(started=IN), True),
        (case(started=IN, completed=LATER), True),
        (case(started=IN, completed=IN), False),
    ],
)
def test_a_case_is_ongoing_until_it_is_closed(told, ongoing):
    assert is_ongoing(told, YEAR.ends_on) is ongoing


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (NewCase(date(2026, 6, 10), CaseClass.ALLEGED_MISCONDUCT, (K.PLAGIARISM,)), "today or in the past"),
        (NewCase(TODAY, CaseClass.ALLEGED_MISCONDUCT, ()), "at least one kind"),
        (NewCase(TODAY, CaseClass.ALLEGED_MISCONDUCT, (K.OTHER,)), "what “Other” is"),
        (NewCase(TODAY, CaseClass.ALLEGED_MISCONDUCT, (K.MULTIPLE, K.PLAGIARISM)), "Select either"),
    ],
)
def test_a_case_cannot_be_opened_so(new, message):
    with pytest.raises(RuleBroken, match=message):
        new.check(TODAY)


@pytest.mark.parametrize(
    ("new", "current", "message"),
    [
        (NewStage(S.FORMAL_COMPLETED, IN, (F.NOT_UPHELD,)), S.RECEIVED, "cannot go there"),
        (NewStage(S.FORMAL_STARTED, IN), S.SCREENED_OUT, "cannot go there"),
        (NewStage(S.SCREENED_OUT, IN), S.FORMAL_STARTED, "cannot go there"),
        (NewStage(S.RECEIVED, IN), S.RECEIVED, "cannot go there"),
        (NewStage(S.FORMAL_STARTED, date(2026, 6, 10)), S.RECEIVED, "today or in the past"),
        (NewStage(S.FORMAL_STARTED, date(2025, 8, 31)), S.RECEIVED, "not be before the stage"),
        (NewStage(S.FORMAL_COMPLETED, IN), S.FORMAL_STARTED, "each allegation"),
        (NewStage(S.FORMAL_COMPLETED, IN, (F.NOT_UPHELD,) * 2), S.FORMAL_STARTED, "each allegation"),
    ],
)
def test_a_stage_out_of_order_is_refused(new, current, message):
    with pytest.raises(RuleBroken, match=message):
        new.check(current, IN, 1, TODAY)


@pytest.mark.parametrize(
    ("new", "current"),
    [
        (NewStage(S.SCREENED_OUT, IN), S.RECEIVED),
        (NewStage(S.FORMAL_STARTED, TODAY), S.RECEIVED),
        (NewStage(S.FORMAL_COMPLETED, IN, (F.UPHELD_IN_FULL,)), S.FORMAL_STARTED),
    ],
)
def test_the_stages_in_order_are_accepted(new, current):
    new.check(current, IN, 1, TODAY)


def test_a_class_must_change_to_be_changed():
    NewClass(CaseClass.HONEST_ERROR, "A slip in a table").check(CaseClass.ALLEGED_MISCONDUCT)
    with pytest.raises(RuleBroken, match="already"):
        NewClass(CaseClass.HONEST_ERROR, "A slip in a table").check(CaseClass.HONEST_ERROR)


def test_a_nil_year_is_over_and_empty():
    check_nil(tabulate([], YEAR), YEAR, TODAY)
    with pytest.raises(RuleBroken, match="when the year is over"):
        check_nil(tabulate([], YEAR), YEAR, YEAR.ends_on)
    with pytest.raises(RuleBroken, match="not a nil year"):
        check_nil(tabulate([case()], YEAR), YEAR, TODAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Copied from Jane O’Connor without asking", ("Jane O’Connor",)),
        ("PC Harris changed the counts", ("PC Harris",)),
        ("Dr. Okafor-Lind and Mary-Ann McDonald", ("Dr. Okafor", "Mary-Ann McDonald")),
        ("Analysis changed after the results were seen", ()),
        ("The Research Integrity Panel of Northmoor Constabulary", ()),
        ("the NHS Trust", ()),
        (None, ()),
    ],
)
def test_what_looks_like_a_name_is_noticed(text, found):
    assert name_like(text) == found
