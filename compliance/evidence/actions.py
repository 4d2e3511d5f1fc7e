"""Evidence, changed: described anew, replaced by a newer version, detached."""

from datetime import date

from compliance import audit, clock
from compliance.attach import add, prepare
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.models import Evidence, EvidenceUse, User
from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import NewEvidence


def describe(
    evidence: Evidence, *, title: str, owner_id: int, review_by_on: date | None, seen: int, by: User
) -> None:
    """Change what is said about it, never what it is; raises Conflict."""
    with transaction():
        audit.record("evidence.described", subject=evidence.reference, by=by)
        refuse_stale(evidence, seen)
        evidence.title, evidence.owner_id, evidence.review_by_on = title, owner_id, review_by_on


def replace(evidence: Evidence, new: NewEvidence, *, seen: int, by: User) -> Evidence:
    """Put a newer version in its place everywhere; the old one is kept. Raises RuleBroken or Conflict."""
    if not (new.address or new.upload):
        raise RuleBroken("Enter the new address, or choose the new file", field="evidence_address")
    prepared = prepare(new)
    with transaction():
        audit.record("evidence.replaced", subject=evidence.reference, by=by)
        refuse_stale(evidence, seen)
        if evidence.replaced_by is not None:
            raise RuleBroken(f"It was replaced already, by {evidence.replaced_by.reference}")
        newer = add(prepared, evidence.organisation_id, by=by)
        newer.replaces = evidence
        evidence.version += 1
        for use in [use for use in evidence.uses if use.ended_at is None]:
            end(use, by=by)
            db.session.add(
                EvidenceUse(
                    evidence=newer,
                    check_id=use.check_id,
                    assessment_id=use.assessment_id,
                    approval_id=use.approval_id,
                    added_at=clock.now(),
                    added_by=by,
                )
            )
    return newer


def end(use: EvidenceUse, *, by: User) -> None:
    """Say that it no longer supports a record; call inside a transaction."""
    use.ended_at, use.ended_by = clock.now(), by


def detach(use: EvidenceUse, *, by: User) -> None:
    """Say that evidence no longer supports a record; raises RuleBroken when someone did already."""
    with transaction():
        audit.record("evidence.detached", subject=use.evidence.reference, by=by)
        if use.ended_at is not None:
            raise RuleBroken("It was detached already")
        end(use, by=by)
