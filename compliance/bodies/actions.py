"""Bodies that organisations add, changed; what was decided keeps the words of its day."""

from sqlalchemy import select

from compliance import audit, clock, frameworks
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.models import Organisation, OwnBody, User
from compliance.references import next_reference
from compliance.rules.bodies import NewBody, asked, times_after
from compliance.rules.broken import RuleBroken


def add_body(organisation: Organisation, new: NewBody, *, by: User) -> OwnBody:
    """Add a body; raises RuleBroken, also for a name that the organisation has already."""
    check(new)
    with transaction():
        audit.record("body.added", subject=new.name, by=by)
        refuse_same_name(organisation.id, new.name)
        body = OwnBody(
            key=next_reference(OwnBody, "BODY").lower(),
            organisation_id=organisation.id,
            name=new.name,
            stands_for=new.stands_for,
            binding=new.binding,
            words={one.value: word for one, word in new.words.items()},
            usual_days=new.usual_days,
            note=new.note,
            validity=new.validity,
            questions=asked(new.questions, ()),
            created_at=clock.now(),
            created_by=by,
        )
        db.session.add(body)
    return body


def change_body(body: OwnBody, new: NewBody, *, seen: int, by: User) -> None:
    """Change what is said of a body, from now on; raises RuleBroken or Conflict."""
    check(new)
    with transaction():
        audit.record("body.changed", subject=body.key, by=by)
        refuse_stale(body, seen)
        if new.name != body.name:
            refuse_same_name(body.organisation_id, new.name)
        body.name, body.stands_for, body.binding = new.name, new.stands_for, new.binding
        body.words = {one.value: word for one, word in new.words.items()}
        body.times = times_after(body.times, body.usual_days, new.usual_days, clock.today())
        body.usual_days, body.note, body.validity = new.usual_days, new.note, new.validity
        body.questions = asked(new.questions, body.questions)


def retire_body(body: OwnBody, *, seen: int, by: User) -> None:
    """No longer offer a body; its approvals stay. Raises RuleBroken or Conflict."""
    with transaction():
        audit.record("body.retired", subject=body.key, by=by)
        refuse_stale(body, seen)
        if body.retired_on is not None:
            raise RuleBroken("This body is no longer offered already")
        body.retired_on = clock.today()


def check(new: NewBody) -> None:
    """Raise RuleBroken for what cannot be, or a body of the catalogue that does not exist."""
    new.check()
    if new.stands_for and new.stands_for not in frameworks.bodies():
        raise RuleBroken("Choose a body from the list", field="stands_for")


def refuse_same_name(organisation_id: int, name: str) -> None:
    """Raise RuleBroken when the organisation has a body of this name; call inside the transaction."""
    held = db.session.scalars(select(OwnBody.name).where(OwnBody.organisation_id == organisation_id))
    if name.casefold() in {one.casefold() for one in held}:
        raise RuleBroken("This organisation has a body of this name already", field="name")
