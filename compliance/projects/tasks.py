"""The tasks of a registration, in their groups: which form, and when it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from compliance.models import Project
from compliance.projects import forms
from compliance.terms import Involvement, Pillar, ScopeDecision, Tick


@dataclass(frozen=True)
class Task:
    """One task: its address, its words, its form, and how complete a project makes it."""

    key: str
    title: str
    group: str
    form: type[forms.TaskForm]
    done: Callable[[Project], tuple[int, int]]


def columns(*names: str) -> Callable[[Project], tuple[int, int]]:
    """How many of these parts are filled, of how many."""

    def done(project: Project) -> tuple[int, int]:
        return sum(getattr(project, name) is not None for name in names), len(names)

    return done


def answered(form: type[forms.TaskForm]) -> Callable[[Project], tuple[int, int]]:
    """How many of a form's intake questions are answered."""
    asked = {one for one in Involvement if hasattr(form, one.value)}

    def done(project: Project) -> tuple[int, int]:
        return sum(row.involvement in asked for row in project.intake), len(asked)

    return done


def pillars(project: Project) -> tuple[int, int]:
    """How many of the five pillars are answered."""
    return len(project.pillars), len(Pillar)


ABOUT, INVOLVES, OPEN = "What it is", "What it involves", "How it stays open"
TASKS = (
    Task("scope", "Say whether it is research in scope", ABOUT, forms.ScopeForm, columns("scope_decision")),
    Task("about", "Describe the research", ABOUT, forms.AboutForm, columns("title", "summary")),
    Task("lead", "Name the lead and the funder", ABOUT, forms.LeadForm, columns("lead_id", "funder")),
    Task("dates", "Give the dates", ABOUT, forms.DatesForm, columns("expected_start_on", "expected_end_on")),
    Task("tier", "Choose tier and stage", ABOUT, forms.TierForm, columns("tier", "stage")),
    Task("people", "Say how people take part", INVOLVES, forms.PeopleForm, answered(forms.PeopleForm)),
    Task("data", "Say which data are used", INVOLVES, forms.DataForm, answered(forms.DataForm)),
    Task("places", "Say where it takes place", INVOLVES, forms.PlacesForm, answered(forms.PlacesForm)),
    Task(
        "interests", "Declare conflicts of interest", OPEN, forms.InterestsForm, columns("interests_declared")
    ),
    Task(
        "openness",
        "Plan protocol and publication",
        OPEN,
        forms.OpennessForm,
        columns("protocol_plan", "publication_plan"),
    ),
    Task("pillars", "Answer the five open-science pillars", OPEN, forms.PillarsForm, pillars),
)
BY_KEY = {task.key: task for task in TASKS}


@dataclass(frozen=True)
class Involved:
    """What the answers of one task say that a project involves; what is not answered is in none."""

    key: str
    name: str
    yes: tuple[Involvement, ...]
    unsure: tuple[Involvement, ...]
    no: tuple[Involvement, ...]


def involved(project: Project) -> list[Involved]:
    """The intake answers by the task that asks them, in the order of the questions."""
    answers = {row.involvement: row.answer for row in project.intake}
    ticks, found = (Tick.YES, Tick.UNSURE, Tick.NO), []
    for key, name in (("people", "People"), ("data", "Data"), ("places", "Places")):
        asked = [one for one in Involvement if hasattr(BY_KEY[key].form, one.value)]
        yes, unsure, no = (tuple(one for one in asked if answers.get(one) is tick) for tick in ticks)
        found.append(Involved(key, name, yes, unsure, no))
    return found


def wanted(project: Project) -> tuple[Task, ...]:
    """The tasks that this project must complete: out of scope needs only the first two."""
    if project.scope_decision is ScopeDecision.OUT_OF_SCOPE:
        return tuple(task for task in TASKS if task.key in ("scope", "about"))
    return TASKS


def incomplete(project: Project) -> tuple[Task, ...]:
    """The tasks that still lack something."""
    return tuple(task for task in wanted(project) if len({*task.done(project)}) > 1)
