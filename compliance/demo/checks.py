"""Checks of the demonstration's projects: most answered, most of those met, some with evidence."""

from datetime import timedelta

from compliance import clock, frameworks
from compliance.db import db
from compliance.demo.evidence import add_document, support
from compliance.demo.plans import Study, morning_of
from compliance.frameworks.schema import Subject
from compliance.models import Answer, Check, Project
from compliance.rules.checks import DUE_DAYS
from compliance.terms import Standing

NOTES = {
    Standing.MET: "In the protocol, section 3",
    Standing.PARTLY_MET: "Agreed with the partner, not yet in writing",
    Standing.NOT_MET: "Nobody has done this yet",
    Standing.NOT_APPLICABLE: "The project has no partners",
}
# Up to which draw a check that was answered stands so.
DRAWN = (
    (0.8, Standing.MET),
    (0.92, Standing.PARTLY_MET),
    (0.97, Standing.NOT_MET),
    (1, Standing.NOT_APPLICABLE),
)
PROTOCOLS = "https://registry.example/protocols"
UNANSWERED, SUPPORTED = 0.1, 0.4


def add_checks(study: Study, project: Project) -> None:
    """The project requirements; a project under way has most of them answered."""
    supported = []
    for requirement in frameworks.get("concordat-2025").for_subject(Subject.PROJECT):
        standing = drawn(study)
        check = Check(
            project=project,
            organisation_id=study.organisation.id,
            framework="concordat-2025",
            requirement_code=requirement.code,
            commitment=requirement.heading,
            standing=standing,
            due_on=clock.today() + timedelta(days=DUE_DAYS),
        )
        db.session.add(check)
        if standing is not Standing.NOT_ASSESSED:
            check.answers = [answer(study, standing)]
        if standing is Standing.MET and study.chance.random() < SUPPORTED:
            supported.append(check)
    db.session.flush()
    if supported:
        organisation, by = study.organisation.id, study.lead
        protocol = add_document("Protocol, version 2", PROTOCOLS, organisation, by=by)
        support(protocol, supported, by=by)


def drawn(study: Study) -> Standing:
    """Most often met; not assessed before the start."""
    if not study.plan.started or study.chance.random() < UNANSWERED:
        return Standing.NOT_ASSESSED
    draw = study.chance.random()
    return next(standing for until, standing in DRAWN if draw < until)


def answer(study: Study, standing: Standing) -> Answer:
    """An answer with the note that its standing asks for."""
    return Answer(
        standing=standing,
        note=NOTES[standing],
        answered_at=morning_of(study.past(-60)),
        answered_by=study.lead,
    )
