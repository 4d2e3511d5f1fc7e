"""Makes statements, through their own actions; only the document of a quick signature is not a real one."""

import hashlib
from dataclasses import dataclass

from flask import current_app

from compliance import audit, clock, frameworks
from compliance.assessments.asked import asked_of
from compliance.assessments.queries import FRAMEWORK
from compliance.db import db, transaction
from compliance.misconduct import actions as misconduct
from compliance.models import (
    BoardApproval,
    BoardSubmission,
    Organisation,
    ReportingPeriod,
    SignOff,
    Statement,
    User,
)
from compliance.rules import faults
from compliance.rules.statements import (
    NewAcknowledgement,
    NewBoardApproval,
    NewNarrative,
    NewReplacement,
    NewSubmission,
)
from compliance.statements import actions, before_board, queries, signature
from compliance.statements.gather import Gathered, gather
from compliance.terms import ContactRole, Role
from reports.statement import fingerprint, to_json

DOCUMENT = b"%PDF-1.7 not a real one"


@dataclass(frozen=True)
class Cast:
    """Who does what with a statement."""

    lead: User
    board: User
    signatory: User


class MakesStatements:
    """The part of `Make` that knows statements."""

    def cast(self, at: Organisation) -> Cast:
        """A drafter, a board member and a signatory."""
        roles = (Role.INTEGRITY_LEAD, Role.BOARD_MEMBER, Role.SIGNATORY)
        return Cast(*(self.user(role, at) for role in roles))

    def statement(
        self, at: Organisation, period: ReportingPeriod, by: User, layout: str = "government"
    ) -> Statement:
        """A statement that was begun and has no words."""
        return actions.begin(at, period, layout, by=by)

    def words(self, statement: Statement, by: User, *, text: str = "What we did, in plain words.") -> None:
        """Write and complete every section."""
        for section in frameworks.layout(statement.layout).sections:
            newest = queries.newest_narrative(statement.id, section.key)
            new = NewNarrative(text, completed=True)
            actions.write(statement, section.key, new, seen=newest.number if newest else 0, by=by)

    def complete(self, at: Organisation, period: ReportingPeriod, cast: Cast) -> Statement:
        """A statement that only the board has still to approve."""
        for role in ContactRole:
            self.contact(at, role)
        for requirement in asked_of(frameworks.get(FRAMEWORK)):
            self.judgement(at, period, cast.lead, requirement.code)
        statement = self.statement(at, period, cast.lead)
        self.words(statement, cast.lead)
        if self.gathered(statement).readiness.nil_to_confirm:
            misconduct.confirm_nil(at, period, by=cast.board)
        self.acknowledged(statement, cast.lead)
        return statement

    def acknowledged(self, statement: Statement, by: User) -> None:
        """Somebody acknowledged every warning as it stands."""
        site = current_app.config["SERVICE_URL"]
        for row in faults.unacknowledged(self.gathered(statement).readiness):
            new = NewAcknowledgement(row.key, row.facts, "Known, and said so.")
            actions.acknowledge(statement, new, site=site, by=by)

    def gathered(self, statement: Statement) -> Gathered:
        """The document as its records stand."""
        return gather(queries.current_draft(statement), site=current_app.config["SERVICE_URL"])

    def meeting(self) -> NewSubmission:
        """A meeting of the board today."""
        return NewSubmission(clock.today())

    def submission(self, statement: Statement, by: User) -> BoardSubmission:
        """It was sent to the board as it stands, for a meeting today."""
        self.acknowledged(statement, statement.created_by)
        new, site = NewSubmission(clock.today()), current_app.config["SERVICE_URL"]
        shown = self.gathered(statement).content
        return before_board.submit(statement, new, shown=shown, site=site, by=by)

    def board_approval(self, statement: Statement, by: User) -> BoardApproval:
        """The board approved it as it stands, today."""
        new = NewBoardApproval("Chief officer group", clock.today(), "7")
        shown = self.submission(statement, statement.created_by).fingerprint
        return before_board.record_approval(statement, new, shown=shown, by=by)

    def signature(self, statement: Statement, by: User) -> SignOff:
        """A signature whose snapshot is real and whose document is not."""
        final = signature.sealed(self.gathered(statement), by)
        snapshot = to_json(final)
        with transaction():
            audit.record("statement.signed", subject=statement.reference, by=by)
            sign_off = SignOff(
                statement=statement,
                snapshot=snapshot,
                fingerprint=fingerprint(snapshot),
                pdf=DOCUMENT,
                pdf_sha256=hashlib.sha256(DOCUMENT).hexdigest(),
                audit_seq=final.chain.seq,
                audit_head=final.chain.head,
                signed_at=clock.now(),
                signed_by=by,
            )
            db.session.add(sign_off)
        return sign_off

    def published(self, at: Organisation, period: ReportingPeriod, cast: Cast) -> Statement:
        """A statement that was approved, signed and published."""
        statement = self.complete(at, period, cast)
        self.board_approval(statement, cast.board)
        self.signature(statement, cast.signatory)
        actions.publish(statement, by=cast.lead)
        return statement

    def corrected(self, statement: Statement, cast: Cast, reason: str) -> Statement:
        """The statement that replaces a published one, published too."""
        new = actions.replace(statement, NewReplacement(reason), by=cast.lead)
        self.board_approval(new, cast.board)
        self.signature(new, cast.signatory)
        actions.publish(new, by=cast.lead)
        return new
