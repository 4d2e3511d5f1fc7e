"""Every fault that is known from published statements, by its name: what it says, and where it is mended."""

from dataclasses import replace
from datetime import date

import pytest

from compliance.rules.broken import RuleBroken
from compliance.rules.faults import before_approval, blockers, findings, unacknowledged, warnings
from compliance.rules.holders import Holder
from compliance.rules.readiness import Finding, Readiness, SectionState, has_placeholder
from compliance.rules.statements import NewAcknowledgement, NewComment
from compliance.terms import ContactRole

LEAD, CONTACT, LIAISON = ContactRole
PROMPT = "How many plans were public before the study began, and what stood in the way? Why?"
BEGAN, ENDED = date(2025, 4, 1), date(2026, 3, 31)


def holder(person="Jo Amadi", from_on=date(2020, 1, 1), until_on=None):
    return Holder(person, from_on, until_on)


def section(key="ethics", **parts):
    whole = {
        "key": key,
        "name": f"Section {key}",
        "required": True,
        "words": 3,
        "limit": 600,
        "completed": True,
        "text": "All went well.",
        "prompt": PROMPT,
    }
    return SectionState(**{**whole, **parts})


CLEAN = Readiness(
    period_starts_on=BEGAN,
    period_ends_on=ENDED,
    today=date(2026, 6, 9),
    sections=(
        section("introduction", tables=("promises",), figures=("projects_in_scope",)),
        section("governance", tables=("contacts", "returns")),
        section("misconduct", tables=("misconduct",)),
        section("monitoring", tables=("standing",)),
    ),
    holders={LEAD: (holder(),), CONTACT: (holder("Ann Other"),), LIAISON: (holder(None),)},
    governing_body="Chief officers",
    approved_on=date(2026, 5, 4),
    approved_by="Chief officers",
    signatories=frozenset({1, 2}),
    writers=frozenset({2}),
)
ETHICS = {"sections": (section(),)}


def named(role, *holders):
    return {"holders": {**CLEAN.holders, role: holders}}


STOPS = {
    "period not over": ({"period_ends_on": date(2026, 6, 9)}, "The reporting period has not ended", ""),
    "section empty": (
        {"sections": (section(text="", words=0),)},
        "Section ethics has no text",
        "section:ethics",
    ),
    "section not completed": (
        {"sections": (section(completed=False),)},
        "Section ethics is not marked as completed",
        "section:ethics",
    ),
    "section over length": (
        {"sections": (section(words=601),)},
        "Section ethics has 601 words, the limit is 600",
        "section:ethics",
    ),
    "placeholder in a section": (
        {"sections": (section(text="We held [insert number] panels."),)},
        "Section ethics still holds placeholder text",
        "section:ethics",
    ),
    "prompt left in": (
        {"sections": (section(text=f"Many.\n{PROMPT.upper()} None."),)},
        "Section ethics still holds placeholder text",
        "section:ethics",
    ),
    "placeholder elsewhere": (
        {"placeholders": (("The fix on “Policies”", "requirement:25-C3-E1"),)},
        "The fix on “Policies” still holds placeholder text",
        "requirement:25-C3-E1",
    ),
    "not assessed": ({"not_assessed": 1}, "1 requirement is not assessed", "assessment:not_assessed"),
    "carried forward": (
        {"carried": 3},
        "3 answers are carried forward from last year and not confirmed",
        "carried",
    ),
    "wrong total": ({"misconduct_faults": ("More upheld",)}, "More upheld", "misconduct"),
    "nil not stated": (
        {"nil_to_confirm": True},
        "Nobody has confirmed that the year had no allegation",
        "misconduct",
    ),
    "small numbers undecided": (
        {"undecided": {"reported-PLA": "Plagiarism: reported", "cases_reported": "Cases reported"}},
        "2 small numbers wait for a decision",
        "small_numbers:reported-PLA",
    ),
    "a small number can be worked out": (
        {"exposed": {"reported-FAB": "Fabrication: reported"}},
        "Can be worked out from what is printed: Fabrication: reported",
        "small_numbers:reported-FAB",
    ),
    "senior lead missing": (
        named(LEAD),
        "No senior lead for research integrity is named",
        "contacts",
    ),
    "senior lead gone": (
        named(LEAD, holder(until_on=date(2026, 6, 9))),
        "No senior lead for research integrity is named",
        "contacts",
    ),
    "first contact not yet": (
        named(CONTACT, holder(from_on=date(2026, 6, 10))),
        "No first point of contact is named",
        "contacts",
    ),
    "approval missing": ({"approved_on": None}, "The governing body has not approved it", "approve"),
    "changed since approval": (
        {"changed_since_approval": True},
        "It has changed since the governing body approved it",
        "changes",
    ),
    "drafter signing": (
        {"signatories": frozenset({2})},
        "Everybody who may sign it wrote part of it",
        "signatory",
    ),
    "nobody signs": ({"signatories": frozenset()}, "Nobody holds the role of signatory", "signatory"),
}

WARNS = {
    "edition not in force": ({"edition_note": "Later"}, "edition_not_in_force", "Later", "assessment"),
    "publication address missing": ({"integrity_page": None}, "integrity_page_missing", "", "details"),
    "senior lead only a mailbox": (named(LEAD, holder(None)), "senior_lead_mailbox", "", "contacts"),
    "gap between two leads": (
        named(LEAD, holder(until_on=date(2025, 6, 1)), holder("A Successor", date(2025, 7, 1))),
        "senior_lead_gap",
        "1 June 2025 to 30 June 2025",
        "contacts",
    ),
    "same person twice (V11)": (named(CONTACT, holder()), "same_person", "Jo Amadi", "contacts"),
    "liaison missing": (named(LIAISON), "confidential_liaison_missing", "", "contacts"),
    "open comments": (
        {"sections": (section(open_comments=2),)},
        "comments_ethics",
        "2 comments are open",
        "section:ethics",
    ),
    "missing returns": ({"missing_returns": ("Mid", "Isle")}, "missing_returns", "Mid, Isle", "returns"),
    "no fix": ({"shortfalls_without_fix": 1}, "without_fix", "1 shortfall has", "assessment:without-fix"),
    "expired evidence": ({"expired_evidence": ("Policy",)}, "expired_evidence", "Policy", "evidence"),
    "last year’s plans (V12, P17)": (
        {"promises_without_status": ("Training",)},
        "promises_without_status",
        "Training",
        "actions",
    ),
    "misconduct": ({"misconduct_warnings": (("spread", "1 case"),)}, "spread", "1 case", "misconduct"),
    "printed by the version before": (
        {"printed_before": {"reported-PLA": "Plagiarism: reported"}},
        "printed_before",
        "Plagiarism: reported",
        "small_numbers:reported-PLA",
    ),
    "given away of those below": (
        {"given_away": ("Plagiarism: reported of Mid",)},
        "given_away",
        "Plagiarism: reported of Mid",
        "small_numbers",
    ),
    "overridden figure": (
        {"overridden": (("projects_in_scope", "Typed"),)},
        "overridden_projects_in_scope",
        "Typed",
        "figure:projects_in_scope",
    ),
    "approved before the end (P2)": (
        {"approved_on": ENDED},
        "approved_too_early",
        "31 March 2026",
        "approve",
    ),
    "approved by another body (P7)": (
        {"approved_by": "A committee"},
        "approving_body",
        "A committee",
        "approve",
    ),
}


def test_a_clean_statement_has_no_fault():
    assert findings(CLEAN) == ()


@pytest.mark.parametrize(("faults", "message", "where"), STOPS.values(), ids=STOPS)
def test_what_stops_it(faults, message, where):
    assert blockers(replace(CLEAN, **faults)) == (Finding(message, where),)


@pytest.mark.parametrize(("faults", "key", "says", "where"), WARNS.values(), ids=WARNS)
def test_what_is_warned_of(faults, key, says, where):
    (found,) = warnings(replace(CLEAN, **faults))
    assert (found.key, found.where) == (key, where)
    assert says in found.facts
    assert blockers(replace(CLEAN, **faults)) == ()


def test_everything_stands_in_the_order_of_the_document():
    everything = {
        "holders": {},
        "missing_returns": ("Mid",),
        "promises_without_status": ("Training",),
        "nil_to_confirm": True,
        "not_assessed": 2,
        "overridden": (("projects_in_scope", "Typed"),),
        "approved_on": None,
    }
    places = [row.where for row in findings(replace(CLEAN, **everything))]
    assert places == [
        *("contacts", "contacts", "contacts", "actions", "figure:projects_in_scope", "returns"),
        *("misconduct", "assessment:not_assessed", "approve"),
    ]


def test_what_a_layout_prints_nowhere_is_still_asked_once():
    found = findings(replace(CLEAN, sections=(section(),), missing_returns=("Mid",), not_assessed=1))
    assert [row.where for row in found] == ["returns", "assessment:not_assessed"]


def test_an_acknowledgement_goes_stale_when_the_facts_change():
    ready = replace(CLEAN, missing_returns=("Mid", "Isle"))
    (warning,) = unacknowledged(ready)
    known = replace(ready, acknowledged=frozenset({(warning.key, warning.facts)}))
    assert unacknowledged(known) == ()
    assert warnings(known) == (warning,)
    (again,) = unacknowledged(replace(known, missing_returns=("Mid",)))
    assert again.key == warning.key
    NewAcknowledgement(warning.key, warning.facts, "Asked").check(warnings(ready))
    with pytest.raises(RuleBroken, match="has changed"):
        NewAcknowledgement(warning.key, warning.facts, "Asked").check((again,))


def test_the_board_is_asked_before_its_own_approval_and_the_signature():
    ready = replace(CLEAN, approved_on=None, signatories=frozenset(), not_assessed=1)
    assert [row.where for row in before_approval(blockers(ready))] == ["assessment:not_assessed"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[insert the number]", True),
        ("To be agreed: TBC.", True),
        ("Approved on DD/MM/YY", True),
        ("Lorem ipsum dolor", True),
        ("We asked [the panel] again.", False),
        ("The abtbd group met. Why?", False),
        ("How many plans were public before the study began, and what stood in the way?", True),
    ],
)
def test_placeholders(text, found):
    assert has_placeholder(text, PROMPT) is found


@pytest.mark.parametrize(
    ("text", "resolved", "answers", "is_resolved", "allowed"),
    [
        ("Words", False, False, False, True),
        (None, False, False, False, False),
        (None, True, True, False, True),
        (None, False, True, True, True),
        (None, True, True, True, False),
    ],
)
def test_a_comment_says_or_changes_something(text, resolved, answers, is_resolved, allowed):
    new = NewComment(text, resolved)
    if allowed:
        new.check(answers=answers, is_resolved=is_resolved)
    else:
        with pytest.raises(RuleBroken, match="Enter your comment"):
            new.check(answers=answers, is_resolved=is_resolved)
