"""The life of an approval: every step from every stage, what is refused in which words, and the diagram."""

from datetime import date

import pytest

from compliance.rules.approval_diagram import mermaid
from compliance.rules.approval_life import (
    Asks,
    Life,
    Move,
    check_replace,
    open_steps,
    refusal,
    replay,
    take,
)
from compliance.rules.approval_transitions import REPLACEABLE, TRANSITIONS
from compliance.rules.broken import RuleBroken
from compliance.terms import ApprovalState, ApprovalStep, Outcome

S, T = ApprovalStep, ApprovalState
NHS, PANEL, SELF = Asks(final_report=True, incidents=True), Asks(), Asks(application=False)
DAY = date(2026, 5, 4)
DERIVED = {T.EXPIRES_SOON, T.EXPIRED}


def told(*steps, asks=NHS):
    """The life after these steps, all on one day; a decision is given by its outcome."""
    moves = [Move(S.DECIDED, DAY, one) if isinstance(one, Outcome) else Move(one, DAY) for one in steps]
    return replay(moves, asks)


IN_FORCE = (S.SENT, Outcome.FAVOURABLE, S.TOOK_EFFECT)


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ((), T.NEEDED),
        ((S.BEGUN,), T.DRAFT),
        ((S.SENT,), T.SUBMITTED),
        ((S.BEGUN, S.SENT, S.FOUND_VALID), T.VALID),
        ((S.SENT, S.FOUND_VALID, S.REVIEW_BEGAN), T.UNDER_REVIEW),
        ((S.SENT, S.FOUND_VALID, S.INFORMATION_ASKED), T.FURTHER_INFORMATION),
        ((S.SENT, S.INFORMATION_ASKED, S.INFORMATION_SENT), T.UNDER_REVIEW),
        ((S.SENT, S.INFORMATION_ASKED, S.LAPSED), T.LAPSED),
        ((S.SENT, Outcome.FAVOURABLE), T.FAVOURABLE),
        ((S.SENT, Outcome.FAVOURABLE_WITH_CONDITIONS), T.WITH_CONDITIONS),
        ((S.SENT, Outcome.PROVISIONAL), T.PROVISIONAL),
        ((S.SENT, Outcome.PROVISIONAL, S.INFORMATION_SENT, Outcome.FAVOURABLE), T.FAVOURABLE),
        ((S.SENT, Outcome.UNFAVOURABLE), T.UNFAVOURABLE),
        ((S.SENT, Outcome.UNFAVOURABLE, S.APPEALED), T.APPEAL),
        ((S.SENT, Outcome.UNFAVOURABLE, S.APPEALED, Outcome.FAVOURABLE), T.FAVOURABLE),
        ((S.SENT, Outcome.NO_OPINION, S.REVIEW_BEGAN), T.UNDER_REVIEW),
        ((S.SENT, Outcome.INVALID), T.INVALID),
        ((S.SENT, Outcome.INVALID, S.SENT), T.SUBMITTED),
        ((S.SENT, Outcome.WITHDRAWN), T.WITHDRAWN),
        ((Outcome.NOT_REQUIRED,), T.NOT_REQUIRED),
        ((S.SENT, Outcome.ADVICE), T.ADVICE),
        ((S.SENT, Outcome.ADVICE, S.RESPONDED), T.RESPONDED),
        (IN_FORCE, T.ACTIVE),
        ((*IN_FORCE, S.MODIFICATION_SENT), T.MODIFICATION_PENDING),
        ((*IN_FORCE, S.MODIFICATION_SENT, S.MODIFICATION_VALID), T.MODIFICATION_PENDING),
        ((*IN_FORCE, S.MODIFICATION_SENT, S.MODIFICATION_DECIDED), T.ACTIVE),
        ((*IN_FORCE, S.MODIFICATION_NOTED), T.ACTIVE),
        ((*IN_FORCE, S.HALTED), T.HALTED),
        ((*IN_FORCE, S.HALTED, S.TOLD, S.RESUMED), T.ACTIVE),
        ((*IN_FORCE, S.MODIFICATION_SENT, S.HALTED, S.RESUMED), T.MODIFICATION_PENDING),
        ((*IN_FORCE, S.HALTED, S.MODIFICATION_SENT, S.MODIFICATION_DECIDED), T.HALTED),
        ((*IN_FORCE, S.HALTED, S.SUSPENDED, S.RESUMED), T.ACTIVE),
        ((*IN_FORCE, S.STOPPED), T.TERMINATED),
        ((*IN_FORCE, S.STOPPED, S.TOLD, S.REPORTED), T.CLOSED),
        ((*IN_FORCE, S.ENDED), T.ENDED),
        ((*IN_FORCE, S.MODIFICATION_SENT, S.ENDED, S.TOLD), T.FINAL_REPORT_DUE),
        ((*IN_FORCE, S.ENDED, S.TOLD, S.REPORTED), T.CLOSED),
    ],
)
def test_a_history_leads_to_a_stage(steps, stage):
    assert told(*steps).stage is stage


@pytest.mark.parametrize(
    ("steps", "next_step", "asks", "words"),
    [
        ((), Outcome.FAVOURABLE, PANEL, "Record first when the application was sent"),
        ((S.SENT, Outcome.PROVISIONAL), Outcome.FAVOURABLE, PANEL, "Record first that you answered"),
        ((S.SENT, Outcome.NO_OPINION), Outcome.FAVOURABLE, NHS, "No opinion leads to a full review"),
        ((S.SENT, S.FOUND_VALID), Outcome.INVALID, NHS, "Only an application that was just sent"),
        (IN_FORCE, Outcome.UNFAVOURABLE, NHS, "A decision stands already"),
        ((S.SENT, Outcome.UNFAVOURABLE), Outcome.FAVOURABLE, NHS, "A decision stands already"),
        ((S.SENT,), S.MODIFICATION_SENT, NHS, "only while the approval is in force"),
        ((*IN_FORCE, S.MODIFICATION_SENT), S.MODIFICATION_SENT, NHS, "with the body already"),
        (IN_FORCE, S.MODIFICATION_DECIDED, NHS, "No modification is with the body"),
        ((*IN_FORCE, S.ENDED), S.MODIFICATION_SENT, NHS, "only while the approval is in force"),
        ((*IN_FORCE, S.ENDED), S.REPORTED, NHS, "after the body was told"),
        ((*IN_FORCE, S.ENDED), S.CLOSED, NHS, "asks for a final report"),
        ((*IN_FORCE, S.ENDED), S.TOLD, PANEL, "asks for no declaration"),
        (IN_FORCE, S.RESUMED, NHS, "halted or suspended"),
        (IN_FORCE, S.SENT, NHS, "cannot be sent again"),
        ((*IN_FORCE, S.HALTED), S.CORRECTED, NHS, "nothing has followed"),
        ((S.SENT, Outcome.ADVICE), S.TOOK_EFFECT, NHS, "Only a favourable decision takes effect"),
    ],
)
def test_what_cannot_follow_is_refused_with_its_reason(steps, next_step, asks, words):
    move = Move(S.DECIDED, DAY, next_step) if isinstance(next_step, Outcome) else Move(next_step, DAY)
    with pytest.raises(RuleBroken, match=words):
        take(told(*steps, asks=asks), move, asks)


def test_a_self_assessment_needs_no_application():
    assert told(Outcome.FAVOURABLE, asks=SELF).stage is T.FAVOURABLE


def test_a_body_without_reports_is_closed_at_once():
    assert told(*IN_FORCE, S.ENDED, S.CLOSED, asks=PANEL).stage is T.CLOSED


def test_a_step_before_the_last_one_or_in_the_future_is_refused_beside_its_date():
    life = told(S.SENT)
    with pytest.raises(RuleBroken, match="must not be before what was recorded last, 4 May 2026") as early:
        take(life, Move(S.FOUND_VALID, date(2026, 5, 3)), NHS)
    with pytest.raises(RuleBroken, match="today or in the past") as late:
        take(life, Move(S.FOUND_VALID, date(2026, 5, 6)), NHS, today=date(2026, 5, 5))
    assert early.value.field == late.value.field == "on"


def test_the_day_of_an_application_may_be_corrected_until_something_follows():
    assert take(told(S.SENT), Move(S.SENT, date(2026, 5, 1)), NHS).last_on == date(2026, 5, 1)


def test_a_corrected_decision_leads_where_the_right_one_would():
    life = take(told(*IN_FORCE), Move(S.CORRECTED, date(2026, 5, 1), Outcome.UNFAVOURABLE), NHS)
    assert life.stage is T.UNFAVOURABLE


@pytest.mark.parametrize("stage", [one for one in T if one not in DERIVED])
@pytest.mark.parametrize("step", list(S))
def test_every_step_from_every_stage_is_taken_or_refused_in_words(stage, step):
    for asks in (NHS, PANEL, SELF):
        for outcome in Outcome if step in (S.DECIDED, S.CORRECTED) else (None,):
            why = refusal(Life(stage), step, asks, outcome)
            if why is None:
                assert take(Life(stage), Move(step, DAY, outcome), asks).stage not in DERIVED
            else:
                assert len(why) > 20
                assert not why.endswith(".")


def test_every_step_can_be_taken_somewhere_and_every_stage_reached():
    assert set(TRANSITIONS) == set(S)
    assert all(transition.sources for transition in TRANSITIONS.values())
    drawn = mermaid()
    for stage in T:
        assert (f"--> {stage.value}" in drawn) == (stage not in DERIVED), stage


def test_the_diagram_draws_what_the_rules_permit():
    lines = mermaid().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    active --> modification_pending: modification sent" in lines
    assert "    final_report_due --> closed: final report sent" in lines
    assert not [line for line in lines if line.strip().startswith("ended --> active")]


def test_the_steps_on_offer_are_those_that_may_be_taken():
    assert set(open_steps(told(*IN_FORCE), NHS)) == {
        S.CORRECTED,
        S.MODIFICATION_SENT,
        S.MODIFICATION_NOTED,
        S.PROGRESS_REPORTED,
        S.BREACH,
        S.ADVERSE_EVENT,
        S.HALTED,
        S.SUSPENDED,
        S.STOPPED,
        S.ENDED,
    }


@pytest.mark.parametrize("incident", [S.BREACH, S.ADVERSE_EVENT])
def test_the_body_is_told_of_an_incident_once_and_the_approval_goes_on(incident):
    life = told(*IN_FORCE)
    assert refusal(life, S.INCIDENT_TOLD, NHS).startswith("The body was told of every")
    life = take(life, Move(incident, DAY), NHS)
    assert (life.stage, life.incidents_open) == (T.ACTIVE, 1)
    life = take(life, Move(S.INCIDENT_TOLD, DAY), NHS)
    assert (life.stage, life.incidents_open) == (T.ACTIVE, 0)
    assert refusal(Life(), incident, NHS) == "This can be recorded only once the approval has taken effect"
    assert refusal(told(*IN_FORCE), incident, PANEL).startswith("The rules of this body ask for no report")
    assert incident not in open_steps(told(*IN_FORCE), PANEL)
    assert told(*IN_FORCE, incident, asks=PANEL).incidents_open == 1, "what was told once stands"


@pytest.mark.parametrize("stage", [one for one in T if one not in DERIVED])
def test_only_what_is_decided_or_over_is_replaced(stage):
    if stage in REPLACEABLE:
        check_replace(stage)
    else:
        with pytest.raises(RuleBroken, match="A new application can follow"):
            check_replace(stage)
