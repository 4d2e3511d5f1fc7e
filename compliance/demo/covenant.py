"""The AI Covenant in the demonstration: rated in full where it was recorded so, half elsewhere."""

from datetime import timedelta

from sqlalchemy import select

from compliance import audit, clock, frameworks
from compliance.db import db, transaction
from compliance.demo.evidence import add_document, support
from compliance.demo.histories import moment
from compliance.models import Approval, PrincipleRating, User
from compliance.rules.covenant import COVENANT
from compliance.terms import Principle, Standing

WORDS = {
    Principle.LAWFUL: (Standing.MET, "Legal basis and DPIA agreed with the data protection officer"),
    Principle.TRANSPARENT: (Standing.PARTLY_MET, "The tool is named on the force’s site, its limits are not"),
    Principle.EXPLAINABLE: (Standing.MET, "Staff can say in a sentence why the tool gave its answer"),
    Principle.RESPONSIBLE: (Standing.MET, "A person decides, and may set the answer aside"),
    Principle.ACCOUNTABLE: (Standing.MET, "The chief officer lead owns the tool and reviews it twice a year"),
    Principle.ROBUST: (Standing.NOT_MET, "Not yet tested outside the first site; a test is planned"),
}
ADDRESS = "https://registry.example/ai-covenant"


def load_ratings(by: User) -> None:
    """Rate all principles of a Covenant that was recorded as rated, and three of those begun."""
    with clock.standing_at(moment(clock.today())), transaction():
        audit.record("approval.principle_rated", subject="invented ratings", by=by)
        for approval in db.session.scalars(
            select(Approval).where(Approval.body_key == COVENANT).order_by(Approval.id)
        ):
            add_ratings(approval, by)
        for approval in db.session.scalars(select(Approval).where(Approval.body_key == "algo-care")):
            if approval.decisions:
                asked = frameworks.body("algo-care").questions
                approval.details = {
                    row.key: "Medium" if row.options else "Looked at, see the paper" for row in asked
                }


def add_ratings(approval: Approval, by: User) -> None:
    """The ratings of one project, on the day before its decision or a week after it was registered."""
    decided = [row.decided_on - timedelta(days=1) for row in approval.decisions]
    at = moment(decided[0]) if decided else approval.created_at + timedelta(days=5)
    evidence = add_document(
        "Assessment against the AI Covenant",
        ADDRESS,
        approval.organisation_id,
        by=by,
        review_by_on=clock.today() + timedelta(days=25),
    )
    support(evidence, [approval], by=by)
    for principle in list(Principle)[: None if decided else 3]:
        rating, note = WORDS[principle]
        db.session.add(
            PrincipleRating(
                approval=approval,
                principle=principle,
                rating=rating,
                note=note,
                evidence=evidence,
                rated_at=at,
                rated_by=by,
            )
        )
