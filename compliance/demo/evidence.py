"""Evidence of the demonstration: one document that supports many records; files are left to visitors to try."""

from collections.abc import Sequence
from datetime import date

from compliance import clock
from compliance.attach import Record, add, prepare
from compliance.db import db
from compliance.models import Evidence, EvidenceUse, User
from compliance.rules.evidence import NewEvidence


def add_document(
    title: str, address: str, organisation_id: int, *, by: User, review_by_on: date | None = None
) -> Evidence:
    """A document that an organisation keeps."""
    return add(prepare(NewEvidence(title, address, review_by_on=review_by_on)), organisation_id, by=by)


def support(evidence: Evidence, records: Sequence[Record], *, by: User) -> None:
    """Say that a document supports records that it does not support yet, all in one statement."""
    db.session.add_all(
        EvidenceUse(
            evidence=evidence,
            added_at=clock.now(),
            added_by=by,
            **{f"{record.__tablename__}_id": record.id},
        )
        for record in records
    )
