"""When somebody is reminded of what, and who that is (journeys, section 3; our choice).

A stage is sent once: what was missed on its day is sent the next time, until the next stage takes its place.
"""

from dataclasses import dataclass
from datetime import date

from compliance.rules.due import distance
from compliance.terms import Role

AHEAD = (30, 7, 1)
AHEAD_OF_AN_END = (90, 30, 7)
ASK_AFTER = 5
TELL_THE_INTEGRITY_LEAD_AFTER = 7
TELL_THE_BOARD_AFTER = 3
WEEK = 7


@dataclass(frozen=True)
class Note:
    """One line of a digest: which record, what is due there and when, why, and at which stage."""

    subject: str
    about: str
    key: str
    stage: str
    what: str
    on: date
    why: str
    alarm: bool = False
    # The last day of something that was given.
    ends: bool = False

    def distance(self, today: date) -> str:
        """How far away its day is, in words; an alarm says how long it has lasted."""
        if self.alarm:
            days = (today - self.on).days
            return f"for {days} {'day' if days == 1 else 'days'}"
        return distance(self.on, today, ends=self.ends)


def stage_of(due_on: date, today: date, *, end: bool = False) -> str | None:
    """The stage at which a reminder stands; None while it is too early.

    Before the day at set distances, on the day, and each week while it is late.
    """
    left = (due_on - today).days
    if left < 0:
        weeks = -left // WEEK
        return f"late-{weeks}" if weeks else "day"
    if left == 0:
        return "day"
    reached = [days for days in (AHEAD_OF_AN_END if end else AHEAD) if left <= days]
    return f"ahead-{min(reached)}" if reached else None


def stage_of_waiting(expected_on: date, today: date) -> str | None:
    """When a body takes longer than its time: once, some days after it."""
    return "ask" if (today - expected_on).days >= ASK_AFTER else None


def stage_of_alarm(since: date, today: date) -> str:
    """At once, then each week."""
    return f"alarm-{max(0, (today - since).days) // WEEK}"


def roles_told(*, ours: bool, end: bool, alarm: bool, days_late: int) -> tuple[Role, ...]:
    """Who besides the owner is told: the roles, held nearest to the project's organisation."""
    if alarm:
        board = (Role.BOARD_MEMBER,) if days_late >= TELL_THE_BOARD_AFTER else ()
        return (Role.ETHICS_OFFICER, Role.INTEGRITY_LEAD, *board)
    told = (Role.ETHICS_OFFICER,) if end or not ours else ()
    late = ours and days_late >= TELL_THE_INTEGRITY_LEAD_AFTER
    return (*told, Role.INTEGRITY_LEAD) if late else told
