"""What is expected, read: what was found at the source, and which requirements stored answers point at."""

from collections.abc import Iterator, Sequence

from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.db import db
from compliance.frameworks.schema import Ref
from compliance.models import Assessment, Check, User, WordingCheck
from compliance.rules.wording import Look

POINTING = (Check, Assessment, WordingCheck)


def wording_checks(code: str) -> Sequence[WordingCheck]:
    """Every look at the source of one requirement, the latest first."""
    found: Sequence[WordingCheck] = db.session.scalars(
        select(WordingCheck)
        .where(WordingCheck.requirement_code == code)
        .options(joinedload(WordingCheck.checked_by))
        .order_by(WordingCheck.id.desc())
    ).all()
    return found


def wordings() -> dict[str, Look]:
    """The latest look at the source of each requirement, by code; no entry, no look.

    Pages and documents hand it to `rules.wording.words_of`.
    """
    rows = db.session.execute(
        select(WordingCheck.requirement_code, WordingCheck.agrees, WordingCheck.checked_at, User.name)
        .join(User, User.id == WordingCheck.checked_by_id)
        .order_by(WordingCheck.id)
    ).all()
    # The last of a code wins.
    return {code: Look(agrees, clock.day_of(checked_at), name) for code, agrees, checked_at, name in rows}


def stored_refs() -> Iterator[tuple[str, Ref]]:
    """Each table of answers, with every requirement that it points at; nothing before the first migration."""
    there = set(inspect(db.engine).get_table_names())
    for model in POINTING:
        if model.__tablename__ in there:
            rows = db.session.execute(
                select(model.framework, model.requirement_code)
                .distinct()
                .order_by(model.framework, model.requirement_code)
            )
            yield from ((model.__tablename__, Ref(*row)) for row in rows)
