"""Projects of the demonstration: two real ones, the rest invented; how each becomes a row."""

from random import Random
from typing import Any

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.demo.approvals import add_approvals
from compliance.demo.checks import add_checks
from compliance.demo.lives import LIVES
from compliance.demo.noteworthy import NOTEWORTHY
from compliance.demo.ordinary import ordinary
from compliance.demo.plans import I, Plan, Study, morning_of, registered_on, start_of
from compliance.demo.real import real_projects
from compliance.demo.scope import OUTSIDE
from compliance.models import (
    IntakeAnswer,
    Organisation,
    Partner,
    PillarPlan,
    Project,
    ProjectChallenge,
    ProjectRole,
    User,
)
from compliance.references import next_reference
from compliance.terms import (
    CharterStatus,
    EnduringChallenge,
    Involvement,
    PartnerKind,
    Pillar,
    PillarAnswer,
    ResearchRole,
    ScopeDecision,
    Tick,
)

ANSWERS = (PillarAnswer.YES, *PillarAnswer)
UNIVERSITY = {"kind": PartnerKind.UNIVERSITY, "name": "University of Calderfirth (invented)"}
SUPPLIER = {
    "kind": PartnerKind.SUPPLIER,
    "name": "Clearline Transcription Ltd (invented)",
    "charter": CharterStatus.NOT_SIGNED,
}


def load_projects(found: dict[str, Organisation], lead: User, officer: User, seed: int) -> None:
    """Every project, in the order in which they were registered; each has its own run of chance."""
    today = clock.today()
    with clock.standing_at(morning_of(today)):
        real_projects(found)
    told: tuple[Plan, ...] = (*ordinary(Random(seed)), *NOTEWORTHY, *LIVES, *OUTSIDE)
    plans = [(start_of(plan, today), plan) for plan in told]
    for begins, plan in sorted(plans, key=lambda pair: (registered_on(pair[0], today), pair[1].title)):
        chance = Random(f"{seed} {plan.title}")
        study = Study(plan, begins, found[plan.force], lead, officer, chance, today)
        with clock.standing_at(morning_of(registered_on(begins, today))), transaction():
            reference = next_reference(Project, "PRJ")
            audit.record("project.registered", subject=reference, by=lead)
            add_project(study, reference)


def add_project(study: Study, reference: str) -> None:
    """Add a project with its checks and approvals."""
    project = Project(
        reference=reference,
        **described(study),
        **open_science(study),
        challenges=[ProjectChallenge(challenge=study.chance.choice(tuple(EnduringChallenge)))],
        partners=partners(study.plan),
        created_at=clock.now(),
        created_by=study.lead,
    )
    if not study.plan.draft:
        registered(project, study)
    db.session.add(project)
    if study.asks:
        add_checks(study, project)
        add_approvals(study, project)


def described(study: Study) -> dict[str, Any]:
    """What the research is, and when."""
    plan = study.plan
    return {
        "organisation": study.organisation,
        "title": plan.title,
        "summary": f"An invented study for demonstration: {plan.title[0].lower()}{plan.title[1:]}.",
        "tier": plan.tier,
        "stage": plan.stage,
        "expected_start_on": study.begins,
        "expected_end_on": study.ends,
        "started_on": study.begins if plan.started else None,
        "ended_on": study.ends if plan.ended else None,
        "start_exception": plan.exception or None,
    }


def open_science(study: Study) -> dict[str, Any]:
    """What is planned to be public, and what is."""
    plan = study.plan
    early = plan.protocol is not None and plan.started
    out = None
    if plan.ended and plan.published is not None:
        out = min(study.on(plan.lasts + plan.published), study.today)
    return {
        "protocol_plan": "Registered before fieldwork begins",
        "protocol_published_on": study.past(plan.protocol or 0) if early else None,
        "protocol_address": "https://registry.example/protocols" if early else None,
        "publication_plan": "A plain report within 12 weeks of the end",
        "results_published_on": out,
        "results_address": "https://registry.example/reports" if out else None,
    }


def registered(project: Project, study: Study) -> None:
    """Fill in what only a registered project has."""
    plan = study.plan
    project.lead, project.funder = study.lead, "Force research fund"
    project.scope_decision, project.scope_reason = plan.scope, plan.scope_reason
    project.scope_note = None if plan.scope is ScopeDecision.IN_SCOPE else "Decided by the head of research."
    project.new_knowledge = KNOWLEDGE[plan.scope]
    project.roles = [ProjectRole(role=one) for one in roles_of(plan)]
    project.interests_declared, project.interests = bool(plan.interests), plan.interests or None
    project.registered_at, project.registered_by = clock.now(), study.lead
    if study.asks:
        project.intake = [IntakeAnswer(involvement=one, answer=ticked(plan, one)) for one in Involvement]
        project.pillars = [PillarPlan(pillar=one, answer=study.chance.choice(ANSWERS)) for one in Pillar]


KNOWLEDGE = {
    ScopeDecision.IN_SCOPE: Tick.YES,
    ScopeDecision.PARTLY: Tick.UNSURE,
    ScopeDecision.OUT_OF_SCOPE: Tick.NO,
}


def roles_of(plan: Plan) -> list[ResearchRole]:
    """What the force does in the research: its own, or with a university, and whose data they are."""
    role = ResearchRole
    own = [role.COMMISSION, role.HOST] if I.UNIVERSITY in plan.involves else [role.CONDUCT, role.FUND]
    return [*own, role.SUPPLY_DATA] if I.DATA_LEAVES_CONTROLLER in plan.involves else own


def ticked(plan: Plan, involvement: Involvement) -> Tick:
    """The answer to an intake question."""
    if involvement in plan.involves:
        return Tick.YES
    return Tick.UNSURE if involvement in plan.unsure else Tick.NO


def partners(plan: Plan) -> list[Partner]:
    """Those that a plan names; else a university where one takes part, a supplier where data leave."""
    if plan.partners:
        return [Partner(**one) for one in plan.partners]
    university = [Partner(**UNIVERSITY)] if I.UNIVERSITY in plan.involves else []
    supplier = [Partner(**SUPPLIER)] if I.DATA_LEAVES_CONTROLLER in plan.involves else []
    return university + supplier
