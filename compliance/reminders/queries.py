"""What everybody is to be reminded of on a day, worked out from the records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import asked_by, organisations_where
from compliance.approvals.queries import (
    in_fieldwork,
    in_scope,
    lacks_decision,
    open_dues,
    with_everything,
    with_history,
)
from compliance.assessments.queries import opened_again, to_send_again
from compliance.db import db
from compliance.models import (
    Approval,
    CalendarFeed,
    Condition,
    Project,
    Reminder,
    ReturnReopening,
    User,
)
from compliance.permissions import Permission
from compliance.reminders.of_projects import OfProject, dates_of_projects
from compliance.reminders.people import People
from compliance.rules.due import Due
from compliance.rules.reminders import (
    AHEAD_OF_AN_END,
    Note,
    roles_told,
    stage_of,
    stage_of_alarm,
    stage_of_waiting,
)
from compliance.terms import Role

FAR_AHEAD = 3650
# What no longer matters once a project has ended.
WHILE_IT_RUNS = ("end/", "review/", "condition/")


@dataclass(frozen=True)
class Digest:
    """Everything of which one person is to be reminded, the most urgent first."""

    user: User
    notes: tuple[Note, ...]


def digests(on: date) -> list[Digest]:
    """One for each person who is to be told something that they were not told at this stage."""
    people = People(on)
    notes: dict[User, list[Note]] = {}
    for user, note in [
        *of_alarms(people, on),
        *of_approvals(people, on),
        *of_projects(people, on),
        *of_returns(people, on),
    ]:
        notes.setdefault(user, []).append(note)
    sent = {
        (row.user_id, row.subject, row.key, row.stage)
        for row in db.session.execute(
            select(Reminder.user_id, Reminder.subject, Reminder.key, Reminder.stage)
        )
    }
    found = []
    for user, listed in notes.items():
        new = [one for one in listed if (user.id, one.subject, one.key, one.stage) not in sent]
        if new:
            new.sort(key=lambda one: (not one.alarm, one.on, one.subject))
            found.append(Digest(user, tuple(new)))
    return sorted(found, key=lambda digest: digest.user.email)


def of_alarms(people: People, on: date) -> Iterator[tuple[User, Note]]:
    """Fieldwork that runs although something binding is missing."""
    rows = db.session.scalars(
        select(Project)
        .where(in_fieldwork(on), lacks_decision(on))
        .options(joinedload(Project.lead))
        .order_by(Project.id)
    )
    for project in rows:
        since = project.started_on or on
        note = Note(
            subject=project.reference,
            about="a project of yours",
            key="alarm",
            stage=stage_of_alarm(since, on),
            what="fieldwork is running without a binding approval",
            on=since,
            why=f"Fieldwork began on {since.day} {since:%B %Y}, and a binding approval is missing, "
            "has ended or is halted",
            alarm=True,
        )
        roles = roles_told(ours=True, end=False, alarm=True, days_late=(on - since).days)
        for user in people.told(project.organisation_id, project.lead, roles):
            yield user, note


def of_approvals(people: People, on: date) -> Iterator[tuple[User, Note]]:
    """What is due for each approval, told to its owner and to those whose work it is."""
    for approval in loaded(Approval.project.has(in_scope())):
        conditions = {row.id: row for one in approval.decisions for row in one.conditions}
        for due in open_dues(approval, on):
            note = note_of(approval, due, on)
            if note is None or (approval.project.ended_on and due.key.startswith(WHILE_IT_RUNS)):
                continue
            roles = roles_told(ours=due.ours, end=due.ends, alarm=False, days_late=(on - due.on).days)
            owner = owner_of(due, conditions) or approval.project.lead
            for user in people.told(approval.organisation_id, owner, roles):
                yield user, note


def of_projects(people: People, on: date) -> Iterator[tuple[User, Note]]:
    """Clearances and exemptions that end or are looked at again; no person is named in a mail."""
    for row in dates_of_projects(on, AHEAD_OF_AN_END[0]):
        project, due = row.project, row.due
        stage = stage_of(due.on, on, end=due.ends)
        if stage is None:
            continue
        note = Note(project.reference, row.about, due.key, stage, due.what, due.on, due.why, ends=due.ends)
        roles = roles_told(ours=True, end=True, alarm=False, days_late=(on - due.on).days)
        for user in people.told(project.organisation_id, project.lead, roles):
            yield user, note


def of_returns(people: People, on: date) -> Iterator[tuple[User, Note]]:
    """Returns that were opened again, told to who answers for them; the reason stays in the service."""
    for row in opened_again():
        stage = stage_of(row.due_on, on)
        if stage is None:
            continue
        note = note_of_return(row, on, stage)
        for user in people.nearest(row.of.organisation_id, Role.INTEGRITY_LEAD):
            yield user, note


def note_of_return(row: ReturnReopening, on: date, stage: str = "") -> Note:
    """The line about a return that was opened again, without the reason."""
    place = row.of.organisation
    return Note(
        subject=f"{place.code}/{row.of.period.key}",
        about=f"the return of {place.name_on(on)}",
        key=f"reopened/{row.id}",
        stage=stage,
        what="was opened again, and is to be sent again",
        on=row.due_on,
        why="The organisation above opened it again",
    )


def note_of(approval: Approval, due: Due, on: date) -> Note | None:
    """The line about something due; None while it is too early. It holds no content of the record."""
    stage = stage_of(due.on, on, end=due.ends) if due.ours else stage_of_waiting(due.on, on)
    if stage is None:
        return None
    what = due.what.split(":", 1)[0]
    about = approval.body_name
    return Note(approval.reference, about, due.key, stage, what, due.on, due.why, ends=due.ends)


def owner_of(due: Due, conditions: dict[int, Condition]) -> User | None:
    """Who sees to a condition, when somebody was named."""
    kind, _, number = due.key.partition("/")
    row = conditions.get(int(number)) if kind == "condition" else None
    return row.owner if row else None


def loaded(*where: ColumnElement[bool]) -> Sequence[Approval]:
    """Approvals with everything that their dates need."""
    found: Sequence[Approval] = (
        db.session.scalars(
            select(Approval).where(*where).options(*with_everything(), *with_history()).order_by(Approval.id)
        )
        .unique()
        .all()
    )
    return found


def feed_of(user: User) -> CalendarFeed | None:
    """The calendar address of a person that is in use."""
    found: CalendarFeed | None = db.session.scalar(
        select(CalendarFeed).where(CalendarFeed.user_id == user.id, CalendarFeed.revoked_at.is_(None))
    )
    return found


def owner_of_feed(token_sha256: str) -> User | None:
    """Whose calendar an address opens; None when it was revoked or its owner has left."""
    found: User | None = db.session.scalar(
        select(User)
        .join(CalendarFeed, CalendarFeed.user_id == User.id)
        .where(CalendarFeed.token_sha256 == token_sha256, CalendarFeed.revoked_at.is_(None), User.active)
    )
    return found


def dates_of(user: User) -> list[tuple[Approval, Due]]:
    """What is due for the approvals that this person keeps, today and to come."""
    today = clock.today()
    mine = Approval.organisation_id.in_(organisations_where(user, Permission.APPROVAL_RECORD, today))
    rows = loaded(mine, Approval.project.has(in_scope()))
    return [(row, due) for row in rows for due in open_dues(row, today) if due.ours]


def dates_of_projects_of(user: User) -> list[OfProject]:
    """Clearances and exemptions of the projects that this person keeps, however far ahead."""
    today = clock.today()
    mine = Project.organisation_id.in_(organisations_where(user, Permission.APPROVAL_RECORD, today))
    return list(dates_of_projects(today, FAR_AHEAD, among=mine))


def returns_of(user: User) -> list[Note]:
    """Returns that were opened again and that this person may send, with the day by which."""
    found = db.session.scalars(to_send_again(Permission.RETURN_SEND), asked_by(user)).unique()
    return [note_of_return(row, clock.today()) for row in found]
