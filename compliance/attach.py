"""Evidence, attached to a check, an assessment or an approval: used by the actions of those features.

Whatever is slow, such as keeping a file, happens in `prepare`, before the transaction.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from compliance import clock
from compliance.db import db
from compliance.models import Approval, Assessment, Check, Evidence, EvidenceUse, User
from compliance.references import next_reference
from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import NewEvidence
from compliance.storage.content import check_upload
from compliance.storage.store import NotKept, store

Record = Check | Assessment | Approval


@dataclass(frozen=True)
class Prepared:
    """Evidence whose file, if it has one, is kept already."""

    new: NewEvidence
    parts: dict[str, Any]


def prepare(new: NewEvidence) -> Prepared:
    """Check the evidence and keep its file. Raises RuleBroken. Call before the transaction."""
    new.check(clock.today())
    if new.upload is None:
        return Prepared(new, {"address": new.address})
    media_type = check_upload(new.upload, store.largest)
    return Prepared(
        new,
        {
            "file_name": new.upload.safe_name,
            "media_type": media_type,
            "size": len(new.upload.content),
            "sha256": kept(new.upload.content),
        },
    )


def kept(content: bytes) -> str:
    """Keep a file; its SHA-256. Raises RuleBroken when the store cannot take it now."""
    try:
        return store.keep(content)
    except NotKept as error:
        raise RuleBroken(
            "The file cannot be kept at the moment: try again in a few minutes, or save without it",
            field="file",
        ) from error


def attach(prepared: Prepared, to: Record, *, by: User) -> Evidence | None:
    """Attach it to a record; None when there is nothing. Raises RuleBroken. Call inside a transaction."""
    if not prepared.new.given:
        return None
    existing = prepared.new.existing
    evidence = found(existing, to.organisation_id) if existing else add(prepared, to.organisation_id, by=by)
    use(evidence, to, by=by)
    return evidence


def found(reference: str, organisation_id: int) -> Evidence:
    """Evidence that the organisation keeps and nothing has replaced; raises RuleBroken."""
    evidence: Evidence | None = db.session.scalar(
        select(Evidence).where(Evidence.reference == reference, Evidence.organisation_id == organisation_id)
    )
    if evidence is None or evidence.replaced_by is not None:
        raise RuleBroken(
            "Choose evidence that the organisation keeps and nothing has replaced", field="evidence_existing"
        )
    return evidence


def add(prepared: Prepared, organisation_id: int, *, by: User) -> Evidence:
    """A new row; its reference is drawn while writers queue."""
    evidence = Evidence(
        reference=next_reference(Evidence, "EVD"),
        organisation_id=organisation_id,
        title=prepared.new.name,
        owner=by,
        review_by_on=prepared.new.review_by_on,
        added_at=clock.now(),
        added_by=by,
        **prepared.parts,
    )
    db.session.add(evidence)
    db.session.flush()
    return evidence


def use(evidence: Evidence, to: Record, *, by: User) -> None:
    """Say that the evidence supports the record; nothing happens when it does already."""
    key = {"check": "check_id", "assessment": "assessment_id", "approval": "approval_id"}[to.__tablename__]
    held = select(EvidenceUse.id).where(
        EvidenceUse.evidence_id == evidence.id,
        getattr(EvidenceUse, key) == to.id,
        EvidenceUse.ended_at.is_(None),
    )
    if db.session.scalar(held) is None:
        db.session.add(EvidenceUse(evidence=evidence, added_at=clock.now(), added_by=by, **{key: to.id}))
