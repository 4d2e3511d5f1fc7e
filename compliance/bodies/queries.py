"""Bodies, read: the catalogue and what organisations added to it."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from compliance import clock, frameworks
from compliance.access import asked_by, my_organisations, organisations_above, organisations_where
from compliance.db import db
from compliance.frameworks.body import AnswerKind, Body, Clock, Question, Validity, Word
from compliance.frameworks.schema import Sureness
from compliance.models import Approval, OwnBody, User
from compliance.permissions import Permission
from compliance.rules.bodies import several
from compliance.terms import Outcome


def as_body(own: OwnBody) -> Body:
    """An own body in the shape of the catalogue; what it leaves open is as for the body it stands for."""
    body = frameworks.bodies().get(own.stands_for or "") or stranger(own)
    words = tuple(Word(own=word, outcome=one) for one in Outcome for word in several(own.words.get(one, "")))
    questions = tuple(
        Question(key=row["key"], label=row["label"], kind=AnswerKind.LONG_TEXT) for row in own.questions
    )
    clocks = tuple(row for row in body.clocks if row.event != "usual_decision")
    return body.model_copy(
        update={
            "key": own.key,
            "name": own.name,
            "binding": own.binding,
            "sureness": Sureness.READ,
            "words": words or body.words,
            "words_sureness": Sureness.READ,
            "clocks": (*clocks, *usual_times(own)),
            "validity": Validity(own.validity) if own.validity else body.validity,
            "questions": (*body.questions, *questions),
            "note": own.note or "",
        }
    )


def stranger(own: OwnBody) -> Body:
    """A body that stands for none of the catalogue."""
    return Body(
        key=own.key,
        name=own.name,
        kind="Own body",
        section="a",
        binding=own.binding,
        sureness=Sureness.READ,
        words=(),
        words_sureness=Sureness.READ,
    )


def usual_times(own: OwnBody) -> tuple[Clock, ...]:
    """The time that a body usually takes, and those that held before: each counts for its own days."""
    spans: list[tuple[int | None, date | None, date | None]] = []
    since = None
    for row in own.times:
        until = date.fromisoformat(row["until"])
        spans.append((row["days"], since, until))
        since = until + timedelta(days=1)
    spans.append((own.usual_days, since, None))
    return tuple(
        Clock(
            id=f"OWN-USUAL-{number}",
            event="usual_decision",
            days=days,
            counts_from="application sent",
            rule="Usual time of this body, after which you may want to ask",
            source=own.name,
            sureness=Sureness.READ,
            in_force_from=first,
            in_force_until=last,
        )
        for number, (days, first, last) in enumerate(spans, 1)
        if days
    )


def body_of(approval: Approval) -> Body | None:
    """Who decides on an approval; None when the catalogue no longer has it."""
    if approval.own_body is not None:
        return as_body(approval.own_body)
    return frameworks.bodies().get(approval.body_key)


def in_use(organisation_id: int) -> Sequence[OwnBody]:
    """The own bodies that a project of this organisation may choose, by name."""
    today = clock.today()
    found: Sequence[OwnBody] = db.session.scalars(
        select(OwnBody)
        .where(
            OwnBody.organisation_id.in_(organisations_above(organisation_id, today)),
            or_(OwnBody.retired_on.is_(None), OwnBody.retired_on > today),
        )
        .order_by(OwnBody.name)
    ).all()
    return found


def standing_for(organisation_id: int) -> dict[str, OwnBody]:
    """The own body that takes the place of a body of the catalogue there, where there is exactly one."""
    found: dict[str, list[OwnBody]] = {}
    for row in in_use(organisation_id):
        if row.stands_for:
            found.setdefault(row.stands_for, []).append(row)
    return {key: rows[0] for key, rows in found.items() if len(rows) == 1}


def own_bodies(permission: Permission, *, by: User) -> Sequence[OwnBody]:
    """The own bodies of every organisation where this permission is held, by name."""
    found: Sequence[OwnBody] = db.session.scalars(all_own_bodies(permission), asked_by(by)).all()
    return found


@cache
def all_own_bodies(permission: Permission) -> Select[OwnBody]:
    """The same for ME, built once."""
    mine = OwnBody.organisation_id.in_(my_organisations(permission))
    return select(OwnBody).where(mine).options(joinedload(OwnBody.organisation)).order_by(OwnBody.name)


def get_own_body(key: str, permission: Permission, *, by: User) -> OwnBody:
    """One own body; NotFound where this person does not hold the permission."""
    found: OwnBody | None = db.session.scalar(
        select(OwnBody)
        .where(
            OwnBody.key == key,
            OwnBody.organisation_id.in_(organisations_where(by, permission, clock.today())),
        )
        .options(joinedload(OwnBody.organisation))
    )
    if found is None:
        raise NotFound
    return found
