"""The life of an approval as a diagram, drawn by asking the rules where each step leads."""

from collections.abc import Iterator
from datetime import date

from compliance.rules.approval_life import Asks, Life, Move, after, refusal
from compliance.rules.approval_transitions import TRANSITIONS
from compliance.terms import ApprovalState, ApprovalStep, Outcome

S = ApprovalStep
ANY_DAY = date(2026, 4, 28)
# Decided by the body itself; the other outcomes have their own arrows.
BY_THE_BODY = tuple(
    one for one in Outcome if one not in (Outcome.INVALID, Outcome.WITHDRAWN, Outcome.NOT_REQUIRED)
)
CHOICE = "decision"


def targets(stage: ApprovalState, step: ApprovalStep, outcome: Outcome | None) -> set[ApprovalState]:
    """Every stage that a step may lead to from here: with reports or without, modification or none."""
    found = set()
    for asks in (Asks(final_report=True), Asks(final_report=False)):
        for opened in (False, True):
            life = Life(stage, modification_open=opened)
            if refusal(life, step, asks, outcome) is None:
                found.add(after(life, Move(step, ANY_DAY, outcome), asks).stage)
    return found


def edges() -> Iterator[tuple[str, str, str]]:
    """(from, to, words) of everything that the rules permit where a body takes applications.

    Corrections and steps that stay are left out; what a body decides goes through one choice.
    """
    for step, transition in TRANSITIONS.items():
        for stage in (one for one in ApprovalState if one in transition.sources and step is not S.CORRECTED):
            if step is not S.DECIDED:
                for target in sorted(targets(stage, step, None) - {stage}):
                    yield stage.value, target.value, step.label.lower()
                continue
            if targets(stage, step, Outcome.FAVOURABLE):
                yield stage.value, CHOICE, step.label.lower()
            for outcome in (one for one in Outcome if one not in BY_THE_BODY):
                for target in targets(stage, step, outcome):
                    yield stage.value, target.value, outcome.label.lower()
    for outcome in BY_THE_BODY:
        for target in targets(ApprovalState.UNDER_REVIEW, S.DECIDED, outcome):
            yield CHOICE, target.value, outcome.label.lower()


def mermaid() -> str:
    """The diagram in Mermaid's words, steps between the same two stages on one arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for source, target, text in edges():
        arrows.setdefault((source, target), []).append(text)
    lines = ["stateDiagram-v2", f"    state {CHOICE} <<choice>>", f"    [*] --> {ApprovalState.NEEDED}"]
    lines += [f"    {source} --> {target}: {', '.join(texts)}" for (source, target), texts in arrows.items()]
    ends = sorted({target for _, target in arrows} - {source for source, _ in arrows})
    lines += [f"    {stage} --> [*]" for stage in ends]
    return "\n".join(lines)
