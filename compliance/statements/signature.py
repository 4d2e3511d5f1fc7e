"""Signing: exactly what was shown is frozen, printed and kept; nothing is made again afterwards."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from compliance import audit, clock
from compliance.conflict import Conflict
from compliance.db import db, transaction
from compliance.models import BoardApproval, SignOff, Statement, User
from compliance.rules import faults
from compliance.rules import statements as rules
from compliance.rules.broken import RuleBroken
from compliance.statements import queries
from compliance.statements.discussion import writers
from compliance.statements.gather import Gathered, gather
from compliance.statements.render import to_pdf
from compliance.statements.words import day
from reports.statement import fingerprint, from_json, model, to_json
from reports.statement.content import Change, changes

FINAL_MARKING = "OFFICIAL – FOR PUBLIC RELEASE"


class Changed(Exception):
    """The words or figures are no longer those that were shown; carries what changed, where that is known."""

    def __init__(self, found: Sequence[Change]) -> None:
        super().__init__("changed since it was shown")
        self.changes = tuple(found)


def sign(
    statement: Statement, *, shown: str, site: str, folder: Path, by: User, patient: bool = False
) -> SignOff:
    """Sign the statement as it was shown: freeze it, make its document, keep both for good.

    `shown` is the fingerprint of the content on the page; for `folder` and `patient` see render. Raises
    RuleBroken, Changed, or render.PdfFailed; in each case nothing is kept.
    """
    refuse(statement, by)
    gathered = gather(queries.current_draft(statement), site=site)
    refuse_unready(statement, gathered, shown)
    final = sealed(gathered, by)
    snapshot = to_json(final)
    pdf = to_pdf(snapshot, folder, patient=patient)
    with transaction():
        audit.record("statement.signed", subject=statement.reference, by=by)
        refuse(statement, by)
        refuse_unready(statement, gather(queries.current_draft(statement), site=site), shown)
        sign_off = SignOff(
            statement=statement,
            snapshot=snapshot,
            fingerprint=fingerprint(snapshot),
            pdf=pdf,
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            audit_seq=final.chain.seq if final.chain else 0,
            audit_head=final.chain.head if final.chain else "",
            signed_at=clock.now(),
            signed_by=by,
        )
        db.session.add(sign_off)
    return sign_off


def refuse(statement: Statement, by: User) -> None:
    """Raise RuleBroken when it is signed already, or when the signatory drafted any of it."""
    if statement.sign_off is not None:
        raise Conflict(changed_by=statement.sign_off.signed_by.name)
    rules.check_signatory(by.id, writers(statement))


def refuse_unready(statement: Statement, gathered: Gathered, shown: str) -> None:
    """Raise Changed when the content is not what was shown, RuleBroken when something stops a signature."""
    if gathered.content != shown:
        raise Changed(since_approval(statement, gathered))
    stops = faults.blockers(gathered.readiness)
    if stops:
        raise RuleBroken(f"It cannot be signed yet. {'. '.join(row.message for row in stops)}")
    if faults.unacknowledged(gathered.readiness):
        raise RuleBroken("It cannot be signed yet. Whoever drafts acknowledges every warning first")


def since_approval(statement: Statement, gathered: Gathered) -> tuple[Change, ...]:
    """Every place where the document differs from what the board approved; none without an approval."""
    approval: BoardApproval | None = statement.approval
    if approval is None:
        return ()
    return changes(from_json(approval.snapshot), gathered.statement)


def sealed(gathered: Gathered, by: User) -> model.Statement:
    """The final document: signed, versioned, tied to the head of the audit trail."""
    today = clock.today()
    seq, head = audit.head(db.session.connection())
    return gathered.statement.model_copy(
        update={
            "state": "final",
            "version": f"Version {gathered.written.version}.0, {day(today)}",
            "marking": FINAL_MARKING,
            "signature": model.Signature(name=by.name, post=by.post or "", signed_on=today),
            "chain": model.Chain(seq=seq, head=head),
            "blockers": (),
        }
    )
