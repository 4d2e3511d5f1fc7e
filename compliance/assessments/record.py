"""Everything that the page of one requirement shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import NotFound

from compliance import frameworks
from compliance.assessments import queries
from compliance.assessments.overview import next_to_judge
from compliance.assessments.queries import Judgement
from compliance.db import db
from compliance.expected.queries import wordings
from compliance.frameworks.schema import Framework, Heading, Requirement
from compliance.models import (
    Assessment,
    AssessmentAnswer,
    Evidence,
    Organisation,
    ReportingPeriod,
    Return,
    User,
)
from compliance.organisations.queries import get_organisation, holds
from compliance.permissions import Permission
from compliance.reviews.queries import InReview, assessments_of, in_review
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
    review: InReview | None
    # What the latest look at the source found; None when nobody looked.
    agrees: bool | None

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
    def following(self) -> Judgement | None:
        """The next requirement to judge."""
        return next_to_judge(self.rows, self.requirement.code)

    @property
    def neighbours(self) -> tuple[Requirement | None, Requirement | None]:
        """The requirements before and after this one in the framework's order."""
        listed = [row.requirement for row in self.rows]
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
    period = queries.get_period(period_key)
    framework, _ = frameworks.holders().get(requirement_code, (None, None))
    if framework is None:
        raise NotFound
    rows = queries.judgements(organisation.id, period.id, framework.key)
    mine = next((row for row in rows if row.requirement.code == requirement_code), None)
    if mine is None:
        raise NotFound
    stored = queries.get_assessment(organisation.id, period.id, requirement_code)
    return Record(
        organisation=organisation,
        period=period,
        framework=framework,
        requirement=mine.requirement,
        standing=mine.standing,
        version=stored.version if stored else 0,
        evidence=stored.evidence if stored else (),
        history=answers_over_time(organisation.id, requirement_code),
        before=queries.period_before(period),
        rows=rows,
        sent=queries.sent_return(organisation.id, period.id),
        may_judge=holds(organisation, Permission.ASSESSMENT_ANSWER, by=by),
        carried=mine.carried,
        agrees=wordings().get(requirement_code),
        review=in_review(assessments_of(organisation.id, period.id), requirement_code),
    )


def answers_over_time(organisation_id: int, code: str) -> Sequence[AssessmentAnswer]:
    """Every answer that an organisation ever gave to a requirement, the newest period first.

    Within a period the newest first; `answered_by` and `assessment.period` are loaded.
    """
    found: Sequence[AssessmentAnswer] = db.session.scalars(
        select(AssessmentAnswer)
        .join(AssessmentAnswer.assessment)
        .join(Assessment.period)
        .where(
            Assessment.organisation_id == organisation_id,
            Assessment.requirement_code == code,
        )
        .options(
            contains_eager(AssessmentAnswer.assessment).contains_eager(Assessment.period),
            joinedload(AssessmentAnswer.answered_by),
        )
        .order_by(ReportingPeriod.starts_on.desc(), AssessmentAnswer.id.desc())
    ).all()
    return found
