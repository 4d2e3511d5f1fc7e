"""What people wrote, said and decided about a draft, read in one statement."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, and_, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import contains_eager, undefer
from sqlalchemy.orm.attributes import set_committed_value

from compliance.db import db
from compliance.models import (
    Acknowledgement,
    BoardApproval,
    CellDecision,
    Comment,
    FigureOverride,
    Narrative,
    SignOff,
    SmallNumberPolicy,
    Statement,
    User,
)
from compliance.statements.discussion import Said, may_sign
from compliance.statements.numbers import Decided, decided_of

OF, PLACE, PERIOD, REPLACES = (
    bindparam(name, type_=Integer()) for name in ("of", "place", "period", "replaces")
)
# What is read whole, each with the person who wrote it.
WHOLE = (
    Narrative,
    Comment,
    Acknowledgement,
    FigureOverride,
    CellDecision,
    SmallNumberPolicy,
    BoardApproval,
    SignOff,
)
WRITER, SIGNATORY, VERSION = "writer", "signatory", "version"


class Written(NamedTuple):
    """The newest words of each section, what was said and decided, by whom; and which version it is."""

    words: tuple[Narrative, ...] = ()
    said: Said = Said()
    decided: Decided = Decided()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    # The names of all who began the statement or wrote any version of a section, in order.
    writers: tuple[str, ...] = ()
    version: int = 1
    # The board's latest approval, with what it saw.
    approval: BoardApproval | None = None
    # Of the statement that it replaces: the fingerprint, and when it was signed.
    replaced: tuple[str, datetime] | None = None


def narrow(kind: str, number: Any, person: Any) -> Select[str, int, int]:
    """Rows that say of which kind they are, with an id or a number, and a person."""
    return select(
        literal(kind).label("kind"),
        cast(number, Integer).label("number"),
        cast(person, Integer).label("person_id"),
    )


def of_whole(model: Any, person: Any) -> Select[str, int, int]:
    """Narrow rows of a model."""
    return narrow(model.__name__, model.id, person)


def narrow_rows() -> list[Select[str, int, int]]:
    """All that is read, one narrow query a kind."""
    newest = select(func.max(Narrative.id)).where(Narrative.statement_id == OF).group_by(Narrative.section)
    policy = select(func.max(SmallNumberPolicy.id)).where(SmallNumberPolicy.organisation_id == PLACE)
    approved = select(func.max(BoardApproval.id)).where(BoardApproval.statement_id == OF)
    earlier = and_(Statement.organisation_id == PLACE, Statement.period_id == PERIOD, Statement.id < OF)
    wrote = narrow(WRITER, null(), Narrative.written_by_id)
    return [
        of_whole(Narrative, Narrative.written_by_id).where(Narrative.id.in_(newest)),
        of_whole(Comment, Comment.said_by_id).where(Comment.statement_id == OF),
        of_whole(Acknowledgement, Acknowledgement.said_by_id).where(Acknowledgement.statement_id == OF),
        of_whole(FigureOverride, FigureOverride.entered_by_id).where(FigureOverride.statement_id == OF),
        of_whole(CellDecision, CellDecision.decided_by_id).where(CellDecision.statement_id == OF),
        of_whole(SmallNumberPolicy, null()).where(SmallNumberPolicy.id == policy.scalar_subquery()),
        of_whole(BoardApproval, null()).where(BoardApproval.id == approved.scalar_subquery()),
        of_whole(SignOff, null()).where(SignOff.statement_id == REPLACES),
        wrote.where(Narrative.statement_id == OF).distinct(),
        narrow(WRITER, null(), Statement.created_by_id).where(Statement.id == OF),
        narrow(SIGNATORY, null(), may_sign(PLACE).subquery().c.user_id),
        narrow(VERSION, func.count(Statement.id), null()).where(earlier),
    ]


@cache
def everything() -> Select[Any]:
    """The narrow rows with what they are about, built once."""
    found = union_all(*narrow_rows()).subquery()
    asked = select(found.c.kind, found.c.number, found.c.person_id, User.name, *WHOLE).select_from(found)
    asked = asked.outerjoin(User, User.id == found.c.person_id)
    for model in WHOLE:
        asked = asked.outerjoin(model, and_(found.c.kind == model.__name__, model.id == found.c.number))
    people = (Narrative.written_by, Comment.said_by, Acknowledgement.said_by, CellDecision.decided_by)
    named = (contains_eager(one).load_only(User.name) for one in people)
    approved = undefer(BoardApproval.snapshot)
    return asked.options(*named, approved).order_by(found.c.number)


def written_about(of: int, place: int, period: int, replaces: int | None) -> Written:
    """All of it, of a statement by its id and those of its organisation, its period and what it replaces."""
    given = {"of": of, "place": place, "period": period, "replaces": replaces}
    people: dict[str, dict[int, str]] = {WRITER: {}, SIGNATORY: {}}
    found: dict[type[Any], list[Any]] = {model: [] for model in WHOLE}
    version = 1
    for kind, number, person, name, *whole in db.session.execute(everything(), given):
        if kind in people:
            people[kind][person] = name
        elif kind == VERSION:
            version = number + 1
        for row in whole:
            if row is not None:
                found[type(row)].append(row)
    return sorted_out(found, people)._replace(version=version)


def sorted_out(found: Mapping[type[Any], list[Any]], people: Mapping[str, Mapping[int, str]]) -> Written:
    """What was found by model, and the names of people by why they are named."""
    acknowledged, (signed, *_) = found[Acknowledgement], (*found[SignOff], None)
    (policy, *_), (approval, *_) = (*found[SmallNumberPolicy], None), (*found[BoardApproval], None)
    return Written(
        words=tuple(found[Narrative]),
        said=Said(
            open_comments=still_open(found[Comment]),
            acknowledged=frozenset((row.warning, row.facts) for row in acknowledged),
            writers=frozenset(people[WRITER]),
            signatories=frozenset(people[SIGNATORY]),
        ),
        decided=decided_of(found[FigureOverride], found[CellDecision], policy),
        acknowledgements=tuple(acknowledged),
        writers=tuple(sorted(people[WRITER].values())),
        approval=approval,
        replaced=(signed.fingerprint, signed.signed_at) if signed else None,
    )


def still_open(comments: Sequence[Comment]) -> Counter[str]:
    """How many comments of each section are not settled, given them and their answers, the oldest first."""
    for row in comments:
        set_committed_value(row, "answers", [one for one in comments if one.answers_id == row.id])
    return Counter(row.section for row in comments if row.answers_id is None and not row.resolved)
