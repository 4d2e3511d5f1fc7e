"""What the state of reviews is told from, as narrow rows: a page of many requirements needs no more."""

from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal,
    null,
    select,
    true,
    union_all,
)

from compliance.db import UTCDateTime, db
from compliance.models import Answer, Assessment, AssessmentAnswer, Check, Review
from compliance.models import EvidenceUse as Use
from compliance.terms import ReviewKind, Standing

NO_MOMENT = cast(null(), UTCDateTime())
COLUMNS = ("code", "standing", "confirmed", "what", "number", "kind", "answer", "at", "until")


class Given(NamedTuple):
    """An answer: its number, and when it was given."""

    id: int
    answered_at: datetime


class Spoken(NamedTuple):
    """One thing said in a review, and the number of the answer it was said about."""

    kind: ReviewKind
    answer_id: int
    said_at: datetime
    assessment_answer_id: None = None


class Used(NamedTuple):
    """A piece of evidence that supports a row, since when, and until when."""

    added_at: datetime
    ended_at: datetime | None


class Marked(NamedTuple):
    """One requirement: how it stands, its answers from the newest, what was said, what supports it."""

    requirement_code: str
    standing: Standing
    # What only stands as it did last year is no answer yet.
    confirmed: bool
    answers: list[Given]
    reviews: list[Spoken]
    uses: list[Used]

    def supported(self, moment: datetime | None) -> int:
        """How many pieces of evidence support it now, or did at a moment."""
        if moment is None:
            return sum(one.ended_at is None for one in self.uses)
        return sum(
            one.added_at <= moment and (one.ended_at is None or one.ended_at > moment) for one in self.uses
        )


def marks_of_checks(project_id: int) -> list[Marked]:
    """Every check of a project that has an answer, a review or evidence, in one statement."""
    return marked(of_checks(), project=project_id)


def marks_of_assessments(organisation_id: int, period_id: int) -> list[Marked]:
    """Every requirement of an organisation in a period that has any, in one statement."""
    return marked(of_assessments(), organisation=organisation_id, period=period_id)


@cache
def of_checks() -> Select[*tuple[Any, ...]]:
    """The rows of the checks of the `project` that is given, built once."""
    mine = Check.project_id == bindparam("project", type_=Integer())
    return rows_of(Check, Answer, Answer.check_id, Review.check_id, Use.check_id, mine)


@cache
def of_assessments() -> Select[*tuple[Any, ...]]:
    """The rows of the assessments of the `organisation` and `period` that are given, built once."""
    given = [bindparam(name, type_=Integer()) for name in ("organisation", "period")]
    mine = and_(Assessment.organisation_id == given[0], Assessment.period_id == given[1])
    answer = AssessmentAnswer.assessment_id
    return rows_of(Assessment, AssessmentAnswer, answer, Review.assessment_id, Use.assessment_id, mine)


def rows_of(
    row: Any, given: Any, answered: Any, reviewed: Any, used: Any, mine: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """Rows of COLUMNS, by code and number."""
    about = Review.answer_id if row is Check else Review.assessment_answer_id
    confirmed = true() if row is Check else row.confirmed
    no_kind, no_number = cast(null(), Review.kind.type), cast(null(), Integer)
    parts = (
        (given, answered, ("answer", given.id, no_kind, no_number, given.answered_at, NO_MOMENT)),
        (Review, reviewed, ("review", Review.id, Review.kind, about, Review.said_at, NO_MOMENT)),
        (Use, used, ("use", Use.id, no_kind, no_number, Use.added_at, Use.ended_at)),
    )
    each = []
    for part, points, (what, *columns) in parts:
        told = [row.requirement_code, row.standing, confirmed, literal(what, String()), *columns]
        named = [one.label(name) for one, name in zip(told, COLUMNS, strict=True)]
        each.append(select(*named).join(part, points == row.id).where(mine))
    found = union_all(*each).subquery()
    return select(found).order_by(found.c.code, found.c.number)


def marked(statement: Select[*tuple[Any, ...]], **given: int) -> list[Marked]:
    """The rows as they belong together."""
    rows = db.session.execute(statement, given).all()
    return [one_of(code, list(marks)) for code, marks in groupby(rows, key=lambda row: row.code)]


def one_of(code: str, rows: list[Any]) -> Marked:
    """One requirement from its rows."""
    of: dict[str, list[Any]] = {"answer": [], "review": [], "use": []}
    for row in rows:
        of[row.what].append(row)
    return Marked(
        code,
        rows[0].standing,
        rows[0].confirmed,
        [Given(row.number, row.at) for row in reversed(of["answer"])],
        [Spoken(row.kind, row.answer, row.at) for row in of["review"]],
        [Used(row.at, row.until) for row in of["use"]],
    )
