"""What several journeys do alike, each step through the pages as a person takes it."""

from datetime import date, timedelta

from compliance.terms import Involvement
from tests.browser.visitor import Visitor

TITLE = "What victims hear of the outcome of their case"
PEOPLE = (
    Involvement.PEOPLE,
    Involvement.VULNERABLE_GROUPS,
    Involvement.PROTECTED_CHARACTERISTICS,
    Involvement.SOCIAL_RESEARCH,
    Involvement.UNIVERSITY,
    Involvement.NON_POLICE_ACCESS,
)
DATA = (
    Involvement.PERSONAL_DATA,
    Involvement.SPECIAL_CATEGORY_DATA,
    Involvement.BIOMETRIC,
    Involvement.ALGORITHM_OR_AI,
    Involvement.LINKED_OR_ADMIN_DATA,
    Involvement.DATA_LEAVES_CONTROLLER,
    Involvement.CONFIDENTIAL_PATIENT_INFORMATION,
)
PLACES = (
    Involvement.POLICE_RESOURCES,
    Involvement.NHS,
    Involvement.NHS_STAFF,
    Involvement.PRISON_OR_PROBATION,
    Involvement.DEFENCE,
    Involvement.OVERSEAS_OR_DUAL_USE,
    Involvement.ANIMALS,
    Involvement.HUMAN_TISSUE,
)
INVOLVED = frozenset({Involvement.PEOPLE})
PANEL_SAID = "Approve with minor amendments (favourable with conditions)"


def begin_registration(visitor: Visitor, organisation: str) -> str:
    """Begin a draft and complete its first two tasks; gives the address of the task list."""
    visitor.go("/projects").follow("Register a project")
    visitor.fill("Title of the research", TITLE)
    visitor.fill("Which organisation answers for it?", organisation)
    visitor.press("Save and continue").sees("0 of 11 tasks completed")
    place = visitor.path()
    visitor.follow("Say whether it is research in scope").choose("Is it research in scope?", "In scope")
    visitor.press("Save and continue").sees("1 of 11 tasks completed")
    visitor.follow("Describe the research")
    visitor.fill("Plain summary", "We ask how people learn of the outcome and what they make of it.")
    visitor.choose("Which enduring challenges does it serve?", "Building and maintaining public trust")
    visitor.press("Save and continue").sees("2 of 11 tasks completed")
    return place


def finish_registration(visitor: Visitor, lead: str, involved: frozenset[Involvement] = INVOLVED) -> str:
    """Complete what is left of the tasks and register; gives the reference of the project."""
    visitor.follow("Name the lead and the funder")
    visitor.fill("Who leads the research?", lead).fill("Who funds it?", "The force itself")
    visitor.press("Save and continue").follow("Give the dates")
    visitor.enter_date("When do you hope to begin fieldwork?", date(2026, 7, 1))
    visitor.enter_date("When do you expect it to end?", date(2027, 3, 31))
    visitor.press("Save and continue").follow("Choose tier and stage")
    visitor.choose("Which tier is it?", "Force-led").choose("Which stage is it at?", "Research")
    visitor.press("Save and continue")
    for task, asked in (
        ("Say how people take part", PEOPLE),
        ("Say which data are used", DATA),
        ("Say where it takes place", PLACES),
    ):
        visitor.follow(task)
        for one in asked:
            visitor.choose(f"{one.label}?", "Yes" if one in involved else "No")
        visitor.press("Save and continue")
    name_a_supplier(visitor)
    visitor.follow("Declare conflicts of interest")
    visitor.choose("Does anyone on the project have a conflict of interest?", "No")
    visitor.press("Save and continue").follow("Plan protocol and publication")
    visitor.fill("How will you publish the protocol or analysis plan?", "In an open register, in advance")
    visitor.fill("How will you publish the results?", "An open report")
    visitor.press("Save and continue").follow("Answer the five open-science pillars")
    for pillar in ("Preregistered", "Open data", "Open materials", "Open access", "Citizen science"):
        visitor.choose(pillar, "Yes")
    visitor.press("Save and continue").sees("11 of 11 tasks completed")
    visitor.follow("Check your answers").sees("Force research ethics panel")
    visitor.press("Register the project").sees("Registered as PRJ-")
    return visitor.path().rsplit("/", 1)[1]


def name_a_supplier(visitor: Visitor) -> None:
    """Name a partner on the way, and come back to the list."""
    visitor.follow("Name the partners").choose("What sort of partner?", "Supplier")
    visitor.fill("Name of the partner", "Sheering Analytics")
    visitor.choose("For a supplier: has it signed the Police Industry Charter?", "Has signed")
    visitor.press("Add the partner").sees("Partner added", "Sheering Analytics").follow("Back")


def record_a_decision(
    visitor: Visitor,
    *,
    before_start: bool,
    sent: date = date(2026, 5, 11),
    decided: date = date(2026, 6, 5),
    said: str = PANEL_SAID,
) -> None:
    """On the page of an approval: the application, then a decision with a condition."""
    visitor.follow("Record the application").enter_date("When was it sent?", sent)
    visitor.press("Continue").press("Save the application").follow("Record the decision")
    visitor.choose("What did the body decide?", said)
    visitor.enter_date("When did it decide?", decided)
    visitor.enter_date("Until when does it hold?", date(2027, 3, 31))
    visitor.fill("What must be done?", "Rename the second question of the interview guide.")
    if before_start:
        visitor.choose("When", "Before fieldwork begins")
    visitor.enter_date("By when?", decided + timedelta(days=25))
    visitor.press("Continue").sees("Rename the second question")
    visitor.press("Save the decision").sees("Decision recorded", "0 of 1 met")


def meet_the_condition(visitor: Visitor, on: date) -> None:
    """On the page of an approval: show that its condition is met."""
    visitor.follow("Show that it is met").fill("How was it met?", "The guide was renamed.")
    visitor.enter_date("When was it met?", on).press("Save").sees("Condition met")
