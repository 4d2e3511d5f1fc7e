"""Invented projects of both years, most of them in good order."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from compliance.demo.plans import DPIA, FC, PANEL, UNIVERSITY, Decided, F, I, Plan
from compliance.terms import Involvement, Outcome, Stage, Tier

TITLES = (
    "Witness statements by video in summary cases",
    "Cycle theft marking at railway stations",
    "Plain language in letters to victims of crime",
    "Call handling and repeat demand from care homes",
    "Knife surrender bins: a before-and-after study",
    "Peer support for officers after traumatic incidents",
    "Missing from hospital: shared calls with ambulance staff",
    "Public notices in minority languages",
    "Recruits from rural schools: who applies and who stays",
    "Community speed watch and later collisions",
    "Restorative meetings in cases of criminal damage",
    "Property marking and burglary in student housing",
    "Response times in island communities",
    "Mental health first aid for call takers",
    "Cold homes, fuel poverty and anti-social behaviour calls",
    "Online fraud warnings at bank counters",
    "Volunteer cadets and confidence in policing",
    "Domestic abuse risk forms: agreement between assessors",
    "Dog theft: what owners report and when",
    "Evidence rooms: heat, damp and loss",
    "School gates: parking patrols and injuries",
    "Interpreter use in first interviews",
    "Heritage crime patrols by volunteers",
    "Night-time economy wardens and ambulance demand",
    "Farm vehicle theft and tracking devices",
    "Feedback to victims by text message",
    "Special constables: retention after two years",
    "Water safety patrols at reservoirs",
    "Charging decisions: what files lack at first submission",
    "Neighbour disputes and mediation",
)
FORCES = (
    "northmoor",
    "westmarch",
    "kingsferry",
    "south-wolds",
    "cwm-derwen",
    "mid-sheering",
    "isle-and-sound",
    "calderfirth",
)


LATE = "Fieldwork began when the school year did; the decision came two weeks later."


def ordinary(chance: Random) -> Iterator[Plan]:
    """Projects of both years, most of them in good order, in every invented force."""
    for place, title in enumerate(TITLES):
        begins = date(2024 if place % 5 < 2 else 2025, 4, 10) + timedelta(days=chance.randrange(330))
        lasts = chance.choice((120, 180, 240))
        late = place % 9 == 4
        yield Plan(
            title,
            FORCES[place % len(FORCES)],
            begins,
            lasts=lasts,
            involves=involved(place),
            ended=begins + timedelta(days=lasts) < date(2026, 6, 30),
            decisions=decisions(place, chance, late=late),
            exception=LATE if late else "",
            protocol=-chance.randrange(5, 40) if place % 3 else None,
            published=chance.randrange(30, 110) if place % 2 else None,
            tier=chance.choice(tuple(Tier)),
            stage=chance.choice((Stage.RESEARCH, Stage.EVALUATE, Stage.COMMUNICATE)),
        )


def involved(place: int) -> tuple[Involvement, ...]:
    """What a project involves: a university in every third, a tool in two."""
    university = (I.UNIVERSITY,) if place % 3 == 0 else ()
    tool = (I.ALGORITHM_OR_AI,) if place in (3, 17) else ()
    return (I.PEOPLE, I.PERSONAL_DATA, *university, *tool)


def decisions(place: int, chance: Random, *, late: bool) -> dict[str, Decided | None]:
    """What was decided, in time or two weeks after the start."""
    panel = Decided(
        FC if place % 4 == 1 else F,
        days=14 if late else -chance.randrange(15, 60),
        condition="Report to the panel at half time",
        met=True,
    )
    found: dict[str, Decided | None] = {PANEL: panel, DPIA: Decided(F, days=-20)}
    if place % 3 == 0:
        found[UNIVERSITY] = Decided(F, days=-chance.randrange(20, 70))
    if place == 3:
        found["ai-covenant"] = Decided(Outcome.ADVICE, days=-25)
    return found
