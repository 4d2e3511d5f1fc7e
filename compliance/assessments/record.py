"""Everything that the page of one requirement shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from compliance import frameworks
from compliance.assessments import queries
from compliance.assessments.asked import of_funders
from compliance.assessments.derived import answered
from compliance.assessments.overview import next_to_judge
from compliance.assessments.promises import Promised, answers_and_steps, followed_up, promised_by
from compliance.assessments.queries import FRAMEWORK, Judgement
from compliance.evidence.queries import uses_of
from compliance.expected.queries import wordings
from compliance.frameworks import Relative
from compliance.frameworks.schema import Framework, Heading, Ref, Requirement, Subject
from compliance.models import (
    Assessment,
    AssessmentAnswer,
    Evidence,
    EvidenceUse,
    Organisation,
    ReportingPeriod,
    Return,
    User,
)
from compliance.organisations.queries import get_organisation, holds
from compliance.permissions import Permission
from compliance.reviews.queries import InReview, assessments_of, in_review
from compliance.rules.assessments import why_retired
from compliance.rules.derivation import Derived, derive
from compliance.rules.evidence import supported
from compliance.rules.wording import Look
from compliance.terms import Standing


@dataclass(frozen=True)
class Record:
    """One requirement of one organisation in one period, with what stands around it."""

    organisation: Organisation
    period: ReportingPeriod
    framework: Framework
    requirement: Requirement
    standing: Standing
    version: int
    evidence: Sequence[Evidence]
    history: Sequence[AssessmentAnswer]
    before: ReportingPeriod | None
    rows: Sequence[Judgement]
    sent: Return | None
    may_judge: bool
    carried: bool
    # What supported each answer of the history while it held, by its number.
    supported: Mapping[int, Sequence[EvidenceUse]]
    review: InReview | None
    # The latest look at the source; None when nobody looked.
    look: Look | None
    # Whether it binds the organisation in this period: the duties of funders bind who pays for research.
    asked: bool
    # How it stands by its own answer, or else by those to its relatives.
    derived: Derived
    relatives: Sequence[tuple[Relative, Derived | None]]
    promised: Sequence[Promised]

    @property
    def answer(self) -> AssessmentAnswer | None:
        """The answer that holds in this period."""
        return self._latest(self.period)

    @property
    def last_year(self) -> AssessmentAnswer | None:
        """The answer that held in the period before."""
        return self._latest(self.before) if self.before else None

    @property
    def heading(self) -> Heading:
        """The commitment that the requirement serves."""
        return self.framework.heading(self.requirement.heading)

    @property
    def under(self) -> str | None:
        """The framework as addresses name it; None for the one that they mean without."""
        return None if self.framework.key == FRAMEWORK else self.framework.key

    @property
    def retired(self) -> str:
        """Why the requirement is no longer judged in this period; empty while it is."""
        return why_retired(self.framework.short, self.framework.in_force_until, self.period.starts_on)

    @property
    def following(self) -> Judgement | None:
        """The next requirement to judge."""
        return next_to_judge(self.rows, self.requirement.code)

    @property
    def neighbours(self) -> tuple[Requirement | None, Requirement | None]:
        """The requirements before and after this one in the framework's order."""
        listed = [row.requirement for row in self.rows]
        if self.requirement not in listed:
            return (None, None)
        at = listed.index(self.requirement)
        return (listed[at - 1] if at else None, listed[at + 1] if at + 1 < len(listed) else None)

    def filled(self, *, from_last_year: bool) -> dict[str, Any]:
        """What the form begins with: the present answer, or only the words of last year's when asked."""
        if self.answer:
            return {
                "standing": self.answer.standing.value,
                **words_of(self.answer),
                "fix_due_on": self.answer.fix_due_on,
            }
        return words_of(self.last_year) if from_last_year and self.last_year else {}

    def _latest(self, period: ReportingPeriod) -> AssessmentAnswer | None:
        return next((row for row in self.history if row.assessment.period_id == period.id), None)


def words_of(answer: AssessmentAnswer) -> dict[str, Any]:
    """The words of an answer; how it stands and by when are for the person to say anew."""
    return {"note": answer.note, "fix": answer.fix, "fix_owner": answer.fix_owner}


def get_record(code: str, period_key: str, requirement_code: str, *, by: User) -> Record:
    """The record of one requirement; NotFound when any part of it is unknown or not visible."""
    organisation = get_organisation(code, Permission.ASSESSMENT_VIEW, by=by)
    periods = queries.periods()
    period = queries.period_of(periods, period_key)
    framework, _ = frameworks.holders().get(requirement_code, (None, None))
    if framework is None:
        raise NotFound
    rows = queries.judgements(organisation.id, period.id, framework.key)
    mine = next((row for row in rows if row.requirement.code == requirement_code), None)
    shown = mine or unasked(framework, requirement_code)
    stored = next(iter(assessments_of(organisation.id, period.id, requirement_code)), None)
    return Record(
        organisation=organisation,
        period=period,
        framework=framework,
        requirement=shown.requirement,
        standing=shown.standing,
        version=stored.version if stored else 0,
        evidence=evidence_of(stored) if stored else (),
        rows=rows,
        may_judge=mine is not None and holds(organisation, Permission.ASSESSMENT_ANSWER, by=by),
        carried=shown.carried,
        asked=mine is not None,
        before=next((row for row in periods if row.ends_on < period.starts_on), None),
        review=in_review([stored] if stored else [], requirement_code),
        **around(organisation, period, requirement_code),
    )


def evidence_of(stored: Assessment) -> list[Evidence]:
    """What supports a judgement now."""
    return sorted((use.evidence for use in stored.uses if use.ended_at is None), key=lambda row: row.id)


def unasked(framework: Framework, code: str) -> Judgement:
    """A duty of funders that does not bind the organisation, without an answer; else NotFound."""
    for requirement in of_funders(framework):
        if requirement.code == code:
            return queries.judgement_of(requirement, None)
    raise NotFound


def around(organisation: Organisation, period: ReportingPeriod, code: str) -> dict[str, Any]:
    """What stands around one requirement: its answers, the newest first, its actions, its relatives."""
    named = joinedload(AssessmentAnswer.answered_by)
    answers, steps = answers_and_steps(followed_up(organisation.id, code).options(named))
    history = answers[::-1]
    return {
        "history": history,
        "supported": supported_over_time(history),
        "promised": promised_by(answers, steps),
        **standings_of(answered(organisation.id, period.id), code),
        "sent": queries.sent_return(organisation.id, period.id),
        "look": wordings().get(code),
    }


def standings_of(answers: Mapping[Ref, Standing], code: str) -> dict[str, Any]:
    """How the organisation stands to a requirement and to its relatives in the other frameworks.

    What is checked for a project says nothing about an organisation as a whole: then there is no standing.
    """
    links = frameworks.links(Subject.ORGANISATION)
    relatives: list[tuple[Relative, Derived | None]] = []
    for one in frameworks.relatives(code):
        own = one.requirement.checked_for is Subject.ORGANISATION
        ref = Ref(one.framework.key, one.requirement.code)
        relatives.append((one, derive(ref, answers, links) if own else None))
    this = Ref(frameworks.holders()[code][0].key, code)
    return {"derived": derive(this, answers, links), "relatives": relatives}


def supported_over_time(history: Sequence[AssessmentAnswer]) -> Mapping[int, Sequence[EvidenceUse]]:
    """What supported each of these answers while it held; each period has evidence of its own."""
    periods = {number: list(rows) for number, rows in groupby(history, lambda row: row.assessment_id)}
    uses = uses_of(EvidenceUse.assessment_id, periods)
    found: dict[int, Sequence[EvidenceUse]] = {}
    for number, answers in periods.items():
        found |= supported(answers, [use for use in uses if use.assessment_id == number])
    return found
