"""Which permission each route asks for, as data, and how its address is filled for a visit.

A new route needs one line in EXPECTED; one with a new part in its address, one line in PARTS.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from compliance import clock
from compliance.approvals.actions import add_approval
from compliance.approvals.steps import send_modification
from compliance.bodies.actions import add_body
from compliance.checks.actions import answer_check
from compliance.db import db
from compliance.models import (
    Approval,
    AuditEvent,
    Case,
    Contact,
    Evidence,
    Organisation,
    OwnBody,
    Project,
    ReportingPeriod,
    Sample,
    SavedView,
    Statement,
    User,
)
from compliance.permissions import Permission
from compliance.projects.partnering import add_partner
from compliance.reminders.actions import make_feed
from compliance.rules.approvals import NewApproval
from compliance.rules.bodies import NewBody
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence
from compliance.rules.modifications import NewModification
from compliance.rules.sampling import NewSample
from compliance.rules.saved import NewView
from compliance.rules.statements import NewComment
from compliance.rules.suppression import NewPolicy
from compliance.sampling.actions import draw
from compliance.saved.actions import save_view
from compliance.statements import actions
from compliance.statements.entering import set_policy
from compliance.terms import ModificationKind, Outcome, PartnerKind, Role, Standing
from tests.factories import Make

P = Permission
PUBLIC, SIGNED_IN = "public", "signed in"

# These come with the sign-in library and with Flask; they hold nothing of ours.
LIBRARY = {
    "static",
}

EXPECTED: dict[str, str] = {
    "access.index": P.ACCOUNT_MANAGE,
    "access.keep": P.ACCOUNT_MANAGE,
    "accounts.account": SIGNED_IN,
    "accounts.holders": P.AUDIT_VIEW,
    "accounts.home": PUBLIC,
    "accounts.pages": SIGNED_IN,
    "accounts.people": P.ACCOUNT_MANAGE,
    "accounts.roles": SIGNED_IN,
    "approvals.add": P.APPROVAL_RECORD,
    "approvals.apply": P.APPROVAL_RECORD,
    "approvals.index": P.APPROVAL_VIEW,
    "life.meet_condition": P.APPROVAL_RECORD,
    "approvals.not_required": P.APPROVAL_RECORD,
    "approvals.record_decision": P.APPROVAL_RECORD,
    "approvals.respond": P.APPROVAL_RECORD,
    "approvals.show": P.APPROVAL_VIEW,
    "audit_log.export": P.AUDIT_VIEW,
    "audit_log.index": P.AUDIT_VIEW,
    "audit_log.show": P.AUDIT_VIEW,
    "audit_log.verify": P.AUDIT_VIEW,
    "board.every": P.BOARD_VIEW,
    "board.organisation": P.BOARD_VIEW,
    "board.shortfalls": P.BOARD_VIEW,
    "board_keeping.comparison": P.BOARD_KEEP,
    "board_keeping.index": P.BOARD_VIEW,
    "board_keeping.record": P.BOARD_KEEP,
    "board_sheets.every": P.BOARD_VIEW,
    "board_sheets.short": P.BOARD_VIEW,
    "board.show": P.BOARD_VIEW,
    "board.trends": P.BOARD_VIEW,
    "areas.index": P.PROJECT_VIEW,
    "areas.sheet": P.AREA_KEEP,
    "bodies.add": P.BODY_KEEP,
    "bodies.change": P.BODY_KEEP,
    "bodies.index": P.APPROVAL_VIEW,
    "bodies.retire": P.BODY_KEEP,
    "bodies.show": P.APPROVAL_VIEW,
    "cases.change_words": P.MISCONDUCT_RECORD,
    "cases.new": P.MISCONDUCT_RECORD,
    "cases.reclass": P.MISCONDUCT_RECORD,
    "cases.offer_lesson": P.MISCONDUCT_RECORD,
    "cases.record_stage": P.MISCONDUCT_RECORD,
    "cases.show": P.MISCONDUCT_VIEW,
    "assessments.add_evidence": P.ASSESSMENT_ANSWER,
    "assessments.index": P.ASSESSMENT_VIEW,
    "assessments.requirement": P.ASSESSMENT_VIEW,
    "assessments.send_return": P.RETURN_SEND,
    "assessments.show": P.ASSESSMENT_VIEW,
    "checks.record_step": P.CHECK_ANSWER,
    "checks.show": P.PROJECT_VIEW,
    "entry.choose": PUBLIC,
    "entry.code": PUBLIC,
    "entry.forgotten": PUBLIC,
    "entry.recovery": PUBLIC,
    "entry.sign_in": PUBLIC,
    "entry.sign_out": PUBLIC,
    "evidence.describe": P.EVIDENCE_KEEP,
    "evidence.detach": P.EVIDENCE_KEEP,
    "evidence.download": P.EVIDENCE_VIEW,
    "evidence.index": P.EVIDENCE_VIEW,
    "evidence.replace": P.EVIDENCE_KEEP,
    "evidence.show": P.EVIDENCE_VIEW,
    "expected.crosswalk": SIGNED_IN,
    "expected.index": SIGNED_IN,
    "expected.record_wording": P.WORDING_CHECK,
    "expected.show": SIGNED_IN,
    "follow_up.actions_of": P.ASSESSMENT_VIEW,
    "follow_up.carry_forward": P.ASSESSMENT_ANSWER,
    "follow_up.confirm": P.ASSESSMENT_ANSWER,
    "follow_up.reopen": P.RETURN_SEND,
    "follow_up.record_step": P.ASSESSMENT_ANSWER,
    "guidance.accessibility": PUBLIC,
    "guidance.cookies": PUBLIC,
    "guidance.help": PUBLIC,
    "guidance.privacy": PUBLIC,
    "misconduct.confirm_nil": P.MISCONDUCT_RECORD,
    "misconduct.index": P.MISCONDUCT_VIEW,
    "life.correct": P.APPROVAL_RECORD,
    "life.details": P.APPROVAL_RECORD,
    "life.document": P.APPROVAL_RECORD,
    "life.modification": P.APPROVAL_RECORD,
    "life.modification_decision": P.APPROVAL_RECORD,
    "life.replace": P.APPROVAL_RECORD,
    "life.step": P.APPROVAL_RECORD,
    "covenant.rate": P.APPROVAL_RECORD,
    "importing.sheet": P.APPROVAL_RECORD,
    "clearances.add": P.APPROVAL_RECORD,
    "exemptions.add": P.APPROVAL_RECORD,
    "clearances.change": P.APPROVAL_RECORD,
    "organisations.change_details": P.CONTACT_NAME,
    "organisations.correct_contact": P.CONTACT_NAME,
    "organisations.end_contact": P.CONTACT_NAME,
    "organisations.history": P.ORGANISATION_VIEW,
    "partners.change": P.PROJECT_REGISTER,
    "partners.index": P.PROJECT_REGISTER,
    "narratives.versions": P.STATEMENT_VIEW,
    "narratives.write": P.STATEMENT_VIEW,
    "organisations.index": P.ORGANISATION_VIEW,
    "organisations.name_contact": P.CONTACT_NAME,
    "organisations.show": P.ORGANISATION_VIEW,
    "own.change_password": SIGNED_IN,
    "own.confirm": SIGNED_IN,
    "own.end_all": SIGNED_IN,
    "own.end_one": SIGNED_IN,
    "own.recovery_codes": SIGNED_IN,
    "own.set_up": PUBLIC,
    "own.where": SIGNED_IN,
    "people.add": P.ACCOUNT_MANAGE,
    "people.close": P.ACCOUNT_MANAGE,
    "people.end_role": P.ACCOUNT_MANAGE,
    "people.give_role": P.ACCOUNT_MANAGE,
    "people.invite": P.ACCOUNT_MANAGE,
    "people.reopen": P.ACCOUNT_MANAGE,
    "people.reset_second_factor": P.ACCOUNT_MANAGE,
    "people.show": P.ACCOUNT_MANAGE,
    "project_standing.show": P.PROJECT_VIEW,
    "projects.index": P.PROJECT_VIEW,
    "projects.plan_start": P.PROJECT_REGISTER,
    "projects.record_end": P.PROJECT_REGISTER,
    "projects.record_start": P.PROJECT_REGISTER,
    "projects.show": P.PROJECT_VIEW,
    "provider.back": PUBLIC,
    "provider.start": PUBLIC,
    "published.check": PUBLIC,
    "health.alive": PUBLIC,
    "health.ready": PUBLIC,
    "published.feed": PUBLIC,
    "published.index": PUBLIC,
    "published.newest": PUBLIC,
    "published.newest_file": PUBLIC,
    "published.register": PUBLIC,
    "published.schema_file": PUBLIC,
    "published.version": PUBLIC,
    "published.version_file": PUBLIC,
    "project_sheets.index": P.PROJECT_VIEW,
    "reading.register": P.APPROVAL_VIEW,
    "reading.needed": P.APPROVAL_VIEW,
    "reading.record": P.APPROVAL_VIEW,
    "reminders.calendar": SIGNED_IN,
    "reminders.dates": PUBLIC,
    "registration.check_answers": P.PROJECT_REGISTER,
    "registration.organisation": P.PROJECT_REGISTER,
    "registration.start": P.PROJECT_REGISTER,
    "registration.task": P.PROJECT_REGISTER,
    "registration.tasks": P.PROJECT_REGISTER,
    "work.show": P.WORK_VIEW,
    "years.since": P.STATEMENT_VIEW,
    "reviews.review_assessment": P.ANSWER_REVIEW,
    "reviews.review_check": P.ANSWER_REVIEW,
    "reviews.comment_on_check": P.CHECK_ANSWER,
    "reviews.send_assessment": P.ASSESSMENT_ANSWER,
    "reviews.send_checks": P.CHECK_ANSWER,
    "standing.show": P.ASSESSMENT_VIEW,
    "tree.add": P.ORGANISATION_CHANGE,
    "tree.move": P.ORGANISATION_CHANGE,
    "tree.rename": P.ORGANISATION_CHANGE,
    "numbers.index": P.STATEMENT_DRAFT,
    "numbers.override": P.STATEMENT_DRAFT,
    "numbers.policy": P.STATEMENT_DRAFT,
    "comments.acknowledge": P.STATEMENT_DRAFT,
    "comments.answer": P.STATEMENT_COMMENT,
    "comments.say": P.STATEMENT_COMMENT,
    "before_the_board.approve": P.STATEMENT_APPROVE,
    "before_the_board.pack": P.STATEMENT_VIEW,
    "before_the_board.send_back": P.STATEMENT_APPROVE,
    "before_the_board.submit": P.STATEMENT_DRAFT,
    "before_the_board.submitted": P.STATEMENT_VIEW,
    "sampling.draw": P.SAMPLE_DRAW,
    "sampling.index": P.APPROVAL_VIEW,
    "sampling.respond": P.SAMPLE_DRAW,
    "sampling.sheet": P.APPROVAL_VIEW,
    "sampling.show": P.APPROVAL_VIEW,
    "saved.add": SIGNED_IN,
    "saved.delete": SIGNED_IN,
    "saved.index": SIGNED_IN,
    "search.show": SIGNED_IN,
    "signing.changes": P.STATEMENT_VIEW,
    "signing.publish": P.STATEMENT_PUBLISH,
    "signing.replace": P.STATEMENT_DRAFT,
    "signing.sign": P.STATEMENT_SIGN,
    "statements.begin": P.STATEMENT_DRAFT,
    "statements.data": P.STATEMENT_VIEW,
    "statements.figure": P.STATEMENT_VIEW,
    "statements.figure_records": P.STATEMENT_VIEW,
    "statements.index": P.STATEMENT_VIEW,
    "statements.pdf": P.STATEMENT_VIEW,
    "statements.preview": P.STATEMENT_VIEW,
    "statements.show": P.STATEMENT_VIEW,
    "statements.table": P.STATEMENT_VIEW,
}

# Pages that may send their visitor on, although he may open them.
MAY_REDIRECT = {
    "accounts.home",
    "entry.code",
    "entry.recovery",
    "own.confirm",
    "own.recovery_codes",
    "own.set_up",
    "provider.back",
}

# Pages that are sent to and change nothing: a long walk is no address to stumble upon.
ONLY_READS = {"audit_log.verify"}


# Pages that some read and others write on: who may send their form.
WRITES = {
    "assessments.requirement": P.ASSESSMENT_ANSWER,
    "checks.show": P.CHECK_ANSWER,
    "narratives.write": P.STATEMENT_DRAFT,
    "years.since": P.STATEMENT_DRAFT,
}

# Documents that are made anew for each visitor: one of those who may have them comes, and all who may not.
SLOW = {"before_the_board.pack", "statements.pdf"}

# What names no record of an organisation: whoever holds the permission anywhere opens it.
EVERYWHERE = {
    "board_sheets.every",
    "board_sheets.short",
    "expected.record_wording",
    "project_sheets.index",
    "reading.register",
}


class World:
    """The records that addresses name; all belong to the force Northmoor, each is made when first asked for."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.tree = make.tree()
        self.force: Organisation = self.tree["northmoor"]
        self.owner: User = make.user(Role.RESEARCH_LEAD, self.force)

    @cached_property
    def project(self) -> Project:
        """A registered project."""
        return self.make.project(self.force, self.owner)

    @cached_property
    def draft(self) -> Project:
        """A registration that is not finished."""
        return self.make.draft(self.force, self.owner)

    @cached_property
    def partner(self) -> int:
        """The number of a partner of the draft."""
        values = {"kind": PartnerKind.CHARITY, "name": "After the Uniform"}
        add_partner(self.draft, values, seen=self.draft.version, by=self.owner)
        return self.draft.partners[0].id

    @cached_property
    def approval(self) -> Approval:
        """An approval that is needed."""
        return self.make.approval(self.project)

    @cached_property
    def condition(self) -> int:
        """The number of an unmet condition of the approval."""
        new = self.make.condition("Store the recordings encrypted")
        self.make.decision(self.approval, self.owner, Outcome.FAVOURABLE_WITH_CONDITIONS, conditions=(new,))
        return self.approval.decisions[0].conditions[0].id

    @cached_property
    def running(self) -> Approval:
        """An approval in force."""
        added = add_approval(self.project, NewApproval("university-rec", "A partner"), by=self.owner)
        return self.make.decision(added, self.owner)

    @cached_property
    def sample(self) -> Sample:
        """A sample of the one approval in force."""
        assert self.running
        return draw(self.force, NewSample(1, "seed"), by=self.owner)

    @cached_property
    def changing(self) -> Approval:
        """An approval with a modification at the body."""
        new = NewModification(
            ModificationKind.SUBSTANTIAL, "A second site", "Too few people", False, clock.today()
        )
        send_modification(self.running, new, seen=self.running.version, by=self.owner)
        return self.running

    @cached_property
    def covenant(self) -> Approval:
        """The AI Covenant of a project."""
        return add_approval(self.project, NewApproval("ai-covenant", "A model ranks calls"), by=self.owner)

    @cached_property
    def saved(self) -> SavedView:
        """A filter that somebody keeps."""
        return save_view(NewView("projects.index", "In fieldwork", "show=fieldwork"), by=self.owner)

    @cached_property
    def body(self) -> OwnBody:
        """A body that the force added."""
        new = NewBody("Northmoor Panel", None, True, {Outcome.FAVOURABLE: "Agreed"})
        return add_body(self.force, new, by=self.owner)

    @cached_property
    def evidence(self) -> Evidence:
        """A file that supports the first check of the project."""
        return self.make.evidence(self.project.checks[0], self.owner)

    @cached_property
    def event(self) -> AuditEvent:
        """An event of the project."""
        of_project = AuditEvent.subject == self.project.reference
        return db.session.scalars(select(AuditEvent).where(of_project).limit(1)).one()

    @cached_property
    def case(self) -> Case:
        """A misconduct case that was received."""
        return self.make.case(self.force, self.owner)

    @cached_property
    def contact(self) -> Contact:
        """The senior lead of the force."""
        return self.make.contact(self.force)

    @cached_property
    def judged(self) -> str:
        """The code of a requirement that is not met and says what will be done."""
        self.make.judgement(
            self.force,
            self.period,
            self.owner,
            standing=Standing.NOT_MET,
            note="None",
            fix="Write it",
            fix_owner="Head",
            fix_due_on=date(2026, 12, 1),
        )
        return "25-C12-E1"

    @cached_property
    def short(self) -> str:
        """The code of a check that is not met and says what will be done."""
        new = NewAnswer(Standing.NOT_MET, "None", "Write it", "Head", date(2026, 12, 1))
        check = self.project.checks[0]
        answer_check(check, new, NewEvidence(), seen=check.version, by=self.owner)
        return check.requirement_code

    @cached_property
    def period(self) -> ReportingPeriod:
        """The reporting period of 2025-26."""
        return self.make.period()

    @cached_property
    def statement(self) -> Statement:
        """A statement that was begun."""
        return self.make.statement(self.force, self.period, self.owner)

    @cached_property
    def withholding(self) -> Statement:
        """The statement with small numbers, which the policy of the force withholds."""
        self.make.case(self.force, self.owner, received_on=date(2025, 9, 1))
        set_policy(self.force, NewPolicy(5, "Ours"), by=self.owner)
        return self.statement

    @cached_property
    def comment(self) -> int:
        """The number of a comment on the introduction of the statement."""
        return actions.comment(self.statement, "introduction", NewComment("Which half?"), by=self.owner).id


# What stands in each part of an address, by endpoint, by blueprint or in general; the nearest wins.
PARTS: dict[str, Callable[[World], Any]] = {
    "board_sheets.kind": lambda _world: "csv",
    "sampling.kind": lambda _world: "csv",
    "sampling.place": lambda _world: 1,
    "sampling.reference": lambda world: world.sample.reference,
    "reading.kind": lambda _world: "xlsx",
    "project_sheets.kind": lambda _world: "xlsx",
    "code": lambda world: world.force.code,
    "period": lambda world: world.period.key,
    "approvals.reference": lambda world: world.approval.reference,
    "approvals.add.reference": lambda world: world.project.reference,
    "life.number": lambda world: world.condition,
    "audit_log.seq": lambda world: world.event.seq,
    "cases.reference": lambda world: world.case.reference,
    "standing.organisation": lambda world: world.force.code,
    "follow_up.organisation": lambda world: world.force.code,
    "follow_up.code": lambda world: world.judged,
    "reviews.organisation": lambda world: world.force.code,
    "reviews.review_assessment.code": lambda world: world.judged,
    "reviews.review_check.code": lambda world: world.project.checks[0].requirement_code,
    "reviews.comment_on_check.code": lambda world: world.project.checks[0].requirement_code,
    "reviews.reference": lambda world: world.project.reference,
    "assessments.organisation": lambda world: world.force.code,
    "assessments.code": lambda _: "25-C12-E1",
    "bodies.key": lambda world: world.body.key,
    "checks.reference": lambda world: world.project.reference,
    "checks.record_step.code": lambda world: world.short,
    "checks.code": lambda world: world.project.checks[0].requirement_code,
    "expected.code": lambda _: "GOV-G2",
    "evidence.number": lambda world: world.evidence.uses[0].id,
    "evidence.reference": lambda world: world.evidence.reference,
    "misconduct.key": lambda world: world.period.key,
    "narratives.reference": lambda world: world.statement.reference,
    "narratives.key": lambda _: "introduction",
    "organisations.number": lambda world: world.contact.id,
    "access.membership": lambda world: world.owner.memberships[0].id,
    "access.number": lambda world: world.owner.id,
    "entry.token": lambda _: "none",
    "own.number": lambda _: 0,
    "people.membership": lambda world: world.owner.memberships[0].id,
    "people.number": lambda world: world.owner.id,
    "life.reference": lambda world: world.approval.reference,
    "life.modification.reference": lambda world: world.running.reference,
    "life.modification_decision.reference": lambda world: world.changing.reference,
    "life.step": lambda _: "begun",
    "covenant.reference": lambda world: world.covenant.reference,
    "clearances.reference": lambda world: world.project.reference,
    "exemptions.reference": lambda world: world.project.reference,
    "clearances.number": lambda world: world.make.clearance(world.project, world.owner).id,
    "covenant.principle": lambda _: "lawful",
    "published.dates": lambda _: "none",
    "published.kind": lambda _: "pdf",
    "published.register.kind": lambda _: "projects.csv",
    "published.number": lambda _: 1,
    "project_standing.reference": lambda world: world.project.reference,
    "projects.reference": lambda world: world.project.reference,
    "reading.reference": lambda world: world.approval.reference,
    "reminders.token": lambda world: make_feed(world.owner),
    "registration.reference": lambda world: world.draft.reference,
    "registration.key": lambda _: "about",
    "partners.reference": lambda world: world.draft.reference,
    "partners.number": lambda world: world.partner,
    "numbers.reference": lambda world: world.statement.reference,
    "numbers.index.reference": lambda world: world.withholding.reference,
    "numbers.key": lambda _: "projects_in_scope",
    "comments.reference": lambda world: world.statement.reference,
    "comments.key": lambda _: "introduction",
    "comments.number": lambda world: world.comment,
    "comments.warning": lambda _: "integrity_page_missing",
    "saved.page": lambda _: "projects.index",
    "saved.number": lambda world: world.saved.id,
    "before_the_board.reference": lambda world: world.statement.reference,
    "signing.reference": lambda world: world.statement.reference,
    "statements.reference": lambda world: world.statement.reference,
    "years.reference": lambda world: world.statement.reference,
    "statements.kind": lambda _: "json",
    "statements.table": lambda _: "misconduct",
    "statements.key": lambda _: "projects_in_scope",
}


def part(world: World, endpoint: str, argument: str) -> Any:
    """What stands for one part of an address; raises KeyError saying where to add it."""
    blueprint = endpoint.split(".", maxsplit=1)[0]
    for name in (f"{endpoint}.{argument}", f"{blueprint}.{argument}", argument):
        if name in PARTS:
            return PARTS[name](world)
    raise KeyError(f"say in PARTS of tests/routes.py what <{argument}> of {endpoint} stands for")
