"""Any sequence of what people may do: no forbidden state, no past decision lost, and the trail tells it all."""

from datetime import date, timedelta
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from compliance.approvals import actions, history, steps
from compliance.approvals.conditions import meet_condition
from compliance.approvals.queries import facts, latest
from compliance.approvals.trail import faults
from compliance.db import db
from compliance.rules.approval_life import replay
from compliance.rules.approvals import NewApplication, NewDecision, start_blockers
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import NewCondition
from compliance.rules.modifications import NewModification, NewModificationDecision
from compliance.terms import ApprovalState, ApprovalStep, ModificationKind, Outcome, Role
from tests.factories import changed

T = ApprovalState
TODAY = date(2026, 6, 9)
# How much later something happens than what was tried last; sometimes before it, sometimes in the future.
DAYS = st.sampled_from([0, 0, 0, 1, 1, 2, -3, 90])
ENDS = st.one_of(st.none(), st.integers(-40, 200).map(lambda ahead: TODAY + timedelta(days=ahead)))
HELD = (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)
OUTCOMES = st.sampled_from([*HELD, *HELD, *HELD, *Outcome])
SIMPLE = st.sampled_from(
    [one for one in ApprovalStep if one not in (ApprovalStep.DECIDED, ApprovalStep.CORRECTED)]
)
# What is tried, the usual more often: one rule, so that each life meets everything.
ACTS = st.sampled_from(
    [
        "decide",
        "decide",
        "take",
        "take",
        "take",
        "meet",
        "change",
        "decide_change",
        "apply",
        "correct",
        "answer",
        "anew",
    ]
)
KINDS = st.sampled_from(ModificationKind)
WHO = st.sampled_from(["lead", "officer"])


class AnyLife(RuleBasedStateMachine):
    """One approval at the hands of two people who try everything."""

    people: ClassVar[dict] = {}
    reached: ClassVar[set] = set()
    made = staticmethod(lambda: None)

    def __init__(self) -> None:
        super().__init__()
        self.approval = self.made()
        self.past: list[tuple] = []
        self.day = TODAY - timedelta(days=60)

    def later(self, days: int) -> date:
        on = self.day + timedelta(days=days)
        self.day = max(self.day, on) if on <= TODAY else self.day
        return on

    def attempt(self, act) -> None:
        """Act; what is refused must leave everything as it was."""
        before = self.seen()
        try:
            act()
        except RuleBroken:
            db.session.rollback()
            db.session.refresh(self.approval)
            assert self.seen() == before

    def seen(self) -> tuple:
        return (self.approval.stage, self.approval.version, len(self.approval.events), self.decided())

    def decided(self) -> list[tuple]:
        return [
            (row.id, row.outcome, row.decided_on, row.expires_on, row.note)
            for row in sorted(self.approval.decisions, key=lambda row: row.id)
        ]

    def apply(self, who, on):
        new, by = NewApplication(self.later(on), None), self.people[who]
        self.attempt(lambda: actions.apply(self.approval, new, seen=self.approval.version, by=by))

    @initialize(sent=st.sampled_from([True, True, True, False]))
    def begin(self, sent):
        if sent:
            self.apply("lead", 0)

    def take(self, who, step, on):
        by, seen, when = self.people[who], self.approval.version, self.later(on)
        self.attempt(lambda: steps.take_step(self.approval, step, when, None, seen=seen, by=by))

    def decide(self, who, outcome, on, ends, before, again):
        held = outcome is Outcome.FAVOURABLE_WITH_CONDITIONS
        conditions = (NewCondition("Send it", before_start=before, due_on=None),) if held else ()
        new = NewDecision(outcome, None, self.later(on), ends, "As the letter says", conditions)
        act = actions.correct_decision if again else actions.record_decision
        by, seen = self.people[who], self.approval.version
        self.attempt(lambda: act(self.approval, new, letter=None, seen=seen, by=by))

    def meet(self, who, on):
        decision, when = latest(self.approval), self.later(on)
        for row in decision.conditions if decision else ():
            self.attempt(lambda row=row: meet_condition(row, "Seen", by=self.people[who], on=when))

    def change(self, who, kind, on):
        new, by = NewModification(kind, "A second site", "Too few", False, self.later(on)), self.people[who]
        seen = self.approval.version
        self.attempt(lambda: steps.send_modification(self.approval, new, seen=seen, by=by))

    def decide_change(self, who, outcome, on, ends):
        held = outcome is Outcome.FAVOURABLE_WITH_CONDITIONS
        conditions = (NewCondition("Tell the site", before_start=False, due_on=None),) if held else ()
        new = NewModificationDecision(outcome, None, self.later(on), ends, None, None, conditions)
        by, seen = self.people[who], self.approval.version
        self.attempt(lambda: steps.decide_modification(self.approval, new, seen=seen, by=by))

    def answer_advice(self, who):
        by, seen = self.people[who], self.approval.version
        self.attempt(lambda: actions.respond(self.approval, "We follow it", seen=seen, by=by))

    def begin_anew(self, who):
        by, seen = self.people[who], self.approval.version
        self.attempt(lambda: actions.replace(self.approval, "Again", seen=seen, by=by))

    @rule(
        act=ACTS, who=WHO, on=DAYS, outcome=OUTCOMES, ends=ENDS, step=SIMPLE, kind=KINDS, maybe=st.booleans()
    )
    def try_something(self, act, who, on, outcome, ends, step, kind, maybe):
        match act:
            case "apply":
                self.apply(who, on)
            case "take":
                self.take(who, step, on)
            case "decide" | "correct":
                self.decide(who, outcome, on, ends, maybe, act == "correct")
            case "meet":
                self.meet(who, on)
            case "change":
                self.change(who, kind, on)
            case "decide_change":
                self.decide_change(who, outcome, on, ends)
            case "answer":
                self.answer_advice(who)
            case "anew":
                self.begin_anew(who)

    @invariant()
    def no_decision_is_lost_or_changed(self):
        now = self.decided()
        assert now[: len(self.past)] == self.past
        self.past = now
        self.reached.add(self.approval.stage)

    @invariant()
    def it_stands_where_its_steps_lead(self):
        assert replay(history.moves_of(self.approval), history.asks_of(None)).stage is self.approval.stage
        assert [row.number for row in self.approval.events] == list(range(1, len(self.approval.events) + 1))

    @invariant()
    def nothing_forbidden_holds(self):
        decision, told = latest(self.approval), facts(self.approval)
        if self.approval.stage in (T.ACTIVE, T.MODIFICATION_PENDING):
            assert decision.outcome in (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)
            assert not told.open_before_start
        if told.open_before_start or (decision and decision.outcome is Outcome.UNFAVOURABLE):
            assert start_blockers([told], TODAY)
        if self.approval.stage is T.NOT_REQUIRED:
            assert decision.recorded_by is not self.people["lead"]


def test_any_sequence_of_actions_keeps_the_promises(make):
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead, officer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.ETHICS_OFFICER, force)
    AnyLife.people = {"lead": lead, "officer": officer}
    AnyLife.made = staticmethod(lambda: make.approval(make.project(force, lead)))
    run_state_machine_as_test(
        AnyLife,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Else it would have shown little: a life that began, and most of what may follow.
    assert T.ACTIVE in AnyLife.reached
    assert len(AnyLife.reached) >= 8
    assert list(faults()) == []


def test_the_trail_tells_of_what_was_changed_past_the_rules(make):
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    officer = make.user(Role.ETHICS_OFFICER, force)
    approval = make.decision(make.approval(make.project(force, officer)), officer)
    assert list(faults()) == []
    changed(approval, stage=T.CLOSED)
    assert list(faults()) == [f"{approval.reference} is recorded as closed, its trail leads to active"]
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE approval SET body_name = 'Another body'")
    db.session.rollback()
    assert any("stored is Another body" in line for line in faults())
