"""What the workspace of a statement shows beside its figures: its sections and its steps."""

from datetime import date
from typing import NamedTuple

from compliance.frameworks.schema import Section
from compliance.models import Narrative, Statement
from compliance.rules.readiness import SectionState
from compliance.statements.gather import Gathered
from compliance.statements.words import day
from compliance.terms import NarrativeState


class Written(NamedTuple):
    """One section: what it is, how its words stand, and the newest version if there is one."""

    section: Section
    words: SectionState
    state: NarrativeState
    newest: Narrative | None


class Step(NamedTuple):
    """One step on the way to publication: done, now or later."""

    title: str
    words: str
    state: str


def sections_of(gathered: Gathered) -> list[Written]:
    """Every section of the layout in order."""
    by_key = {row.section: row for row in gathered.written.words}
    return [
        Written(section, words, state_of(words), by_key.get(section.key))
        for section, words in zip(gathered.layout.sections, gathered.readiness.sections, strict=True)
    ]


def state_of(section: SectionState) -> NarrativeState:
    """Where one section stands."""
    if section.completed:
        return NarrativeState.COMPLETED
    return NarrativeState.IN_PROGRESS if section.text else NarrativeState.NOT_STARTED


def steps_of(statement: Statement, gathered: Gathered, today: date) -> list[Step]:
    """The way from the end of the period to publication, with where the statement is on it."""
    ends, tree, approval = statement.period.ends_on, gathered.tree, statement.approval
    ended, asked = ends < today, len(tree.asked)
    returned = f"{len(tree.sent)} of {asked} in" if asked else "none asked for"
    approved = approval is not None and not gathered.readiness.changed_since_approval
    said = day(approval.approved_on) if approval else "to come"
    return [
        Step("Period ends", f"{day(ends)}{', done' if ended else ''}", "done" if ended else "now"),
        Step("Returns", returned, "done" if not tree.missing else "later"),
        Step("Draft", "complete" if approved else "you are here", "done" if approved else "now"),
        Step("Board approves", said, "done" if approved else "later"),
        Step("Signed", "you are here" if approved else "to come", "now" if approved else "later"),
        Step("Published", "to come", "later"),
    ]
