"""A council, two forces and a unit over two years, with something of everything that a board counts."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from compliance import frameworks
from compliance.assessments.asked import asked_of
from compliance.assessments.queries import FRAMEWORK
from compliance.db import db
from compliance.models import Allegation as StoredAllegation
from compliance.models import (
    Assessment,
    Case,
    CaseStage,
    Contact,
    Narrative,
    Organisation,
    ReportingPeriod,
    Return,
    Statement,
    User,
)
from compliance.rules.conditions import NewCondition
from compliance.terms import (
    AllegationKind,
    CaseClass,
    CaseStep,
    ContactRole,
    Outcome,
    Role,
    Standing,
)
from tests.factories import BEGINS, Make, added, changed
from tests.kept import kept
from tests.pages import parse, text_of

WITH_CONDITIONS = Outcome.FAVOURABLE_WITH_CONDITIONS
# Title → (began, decided, ended); a project that was never decided is the alarm of the board.
PROJECTS = {
    "In time": (date(2025, 9, 1), date(2025, 8, 1), date(2026, 2, 1)),
    "Too late": (date(2025, 10, 1), date(2025, 10, 20), None),
    "The year before": (date(2024, 9, 1), date(2024, 8, 1), date(2025, 3, 1)),
    "Never decided": (date(2026, 3, 1), None, None),
}


def judge(organisation: Organisation, period: ReportingPeriod, standing: Standing = Standing.MET) -> None:
    """Every employer requirement judged the same."""
    for requirement in asked_of(frameworks.get(FRAMEWORK)):
        added(
            Assessment(
                organisation_id=organisation.id,
                period_id=period.id,
                framework=FRAMEWORK,
                requirement_code=requirement.code,
                commitment=requirement.heading,
                standing=standing,
            )
        )


def send(organisation: Organisation, period: ReportingPeriod, by: User) -> None:
    """A return, sent in April."""
    sent_at = datetime(period.ends_on.year, 4, 20, 9, tzinfo=UTC)
    added(Return(organisation_id=organisation.id, period_id=period.id, sent_at=sent_at, sent_by_id=by.id))


def name_roles(organisation: Organisation) -> None:
    """A senior lead and a first point of contact."""
    for role in (ContactRole.SENIOR_LEAD, ContactRole.FIRST_CONTACT):
        added(
            Contact(
                organisation_id=organisation.id,
                role=role,
                person="Ada Lindqvist",
                post="Assistant Chief Constable",
                email="lead@northmoor.example",
                from_on=BEGINS,
            )
        )


def research(make: Make, organisation: Organisation, by: User) -> None:
    """The projects of one organisation, each standing otherwise."""
    for title, (began, decided, ended) in PROJECTS.items():
        project = make.project(organisation, by, title=f"{title}, {organisation.code}")
        published = ended if organisation.code == "northmoor" else None
        protocol = date(2025, 8, 20) if title == "In time" else None
        changed(
            project,
            started_on=began,
            ended_on=ended,
            results_published_on=published,
            protocol_published_on=protocol,
        )
        approval = make.approval(project)
        if title == "Too late":
            condition = NewCondition("Send the sheet", before_start=False, due_on=date(2026, 5, 1))
            make.decision(
                approval,
                by,
                WITH_CONDITIONS,
                on=decided,
                expires_on=date(2026, 6, 20),
                conditions=(condition,),
            )
            # One piece of evidence to look at soon, one to look at much later.
            make.evidence(make.check(project), by, review_by_on=date(2026, 6, 30))
            make.evidence(make.check(project, "25-C12-R1"), by, review_by_on=date(2027, 6, 30))
        elif decided:
            make.decision(approval, by, on=decided)
        else:
            changed(make.check(project), standing=Standing.NOT_MET)
            changed(make.check(project, "25-C12-R4"), due_on=date(2026, 5, 1))


def case(organisation: Organisation, reference: str, received_on: date, by: User) -> None:
    """A case with one allegation, just received."""
    stage = CaseStage(
        step=CaseStep.RECEIVED,
        on=received_on,
        recorded_at=datetime(2026, 4, 1, tzinfo=UTC),
        recorded_by_id=by.id,
    )
    added(
        Case(
            reference=reference,
            organisation_id=organisation.id,
            received_on=received_on,
            case_class=CaseClass.ALLEGED_MISCONDUCT,
            allegations=[StoredAllegation(kind=AllegationKind.PLAGIARISM)],
            steps=[stage],
        )
    )


def begin_statement(organisation: Organisation, period: ReportingPeriod, by: User) -> Statement:
    """A statement in the government layout without a word."""
    return added(
        Statement(
            reference="STM-0001",
            organisation_id=organisation.id,
            period_id=period.id,
            layout="government",
            framework=FRAMEWORK,
            created_at=datetime(2026, 5, 1, tzinfo=UTC),
            created_by_id=by.id,
        )
    )


def write(statement: Statement, section: str, by: User, *, completed: bool) -> None:
    """The next version of the words of a section."""
    earlier = select(func.count(Narrative.id)).where(
        Narrative.statement_id == statement.id, Narrative.section == section
    )
    added(
        Narrative(
            statement_id=statement.id,
            section=section,
            number=db.session.scalar(earlier) + 1,
            text="What was done.",
            completed=completed,
            written_at=datetime(2026, 5, 2, tzinfo=UTC),
            written_by_id=by.id,
        )
    )


def classes(element) -> set[str]:
    return set((element.get("class") or "").split())


def find(root, tag: str, name: str):
    return [one for one in root.iter(tag) if name in classes(one)]


def figures_of(html: str) -> dict[str, str]:
    """Label → number, as the board prints them."""
    found = {}
    for figure in find(parse(html)[0], "div", "app-figure"):
        found[text_of(figure.find("dt"))] = text_of(find(figure, "dd", "app-figure__n")[0])
    return found


@kept
def policing(make):
    """The whole of it; the return of Westmarch for the second year is missing."""
    tree = make.tree()
    lead = make.user(Role.INTEGRITY_LEAD, tree["npcc"])
    last, this = make.period(2024), make.period(2025)
    for code in ("northmoor", "westmarch", "forensic"):
        judge(tree[code], this, Standing.NOT_MET if code == "forensic" else Standing.MET)
        research(make, tree[code], lead)
    for code, period in (("northmoor", last), ("westmarch", last), ("northmoor", this), ("forensic", this)):
        send(tree[code], period, lead)
    name_roles(tree["northmoor"])
    case(tree["northmoor"], "CASE-2025-01", date(2025, 5, 1), lead)
    case(tree["westmarch"], "CASE-2024-01", date(2024, 5, 1), lead)
    return {**tree, "lead": lead, "last": last, "this": this}
