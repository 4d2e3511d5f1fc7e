"""Makes records with sensible defaults: one function an aggregate, through the service's own actions where it can."""

import secrets
from datetime import date, timedelta
from itertools import count
from typing import Any

from flask_security import hash_password

from compliance import audit, clock
from compliance.approvals import actions as approvals
from compliance.approvals import steps
from compliance.approvals.rating import rate
from compliance.assessments import actions as assessments
from compliance.assessments.queries import get_assessment
from compliance.checks import actions as checks
from compliance.clearances.actions import add_clearance
from compliance.db import db, transaction
from compliance.models import (
    Approval,
    ApprovalEvent,
    AssessmentAnswer,
    Check,
    Clearance,
    Contact,
    Evidence,
    Membership,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Project,
    ReportingPeriod,
    Return,
    User,
)
from compliance.projects import actions as projects
from compliance.rules.approvals import NewApplication, NewDecision
from compliance.rules.checks import NewAnswer
from compliance.rules.clearances import NewClearance
from compliance.rules.conditions import NewCondition
from compliance.rules.covenant import NewRating
from compliance.rules.evidence import NewEvidence, Upload
from compliance.rules.periods import financial_year
from compliance.rules.projects import NewProject
from compliance.terms import (
    ApprovalStep,
    ClearanceLevel,
    ContactRole,
    Involvement,
    OrganisationKind,
    Outcome,
    Pillar,
    PillarAnswer,
    Principle,
    Role,
    ScopeDecision,
    Stage,
    Standing,
    Tick,
    Tier,
)
from tests.case_factory import MakesCases
from tests.statement_factory import MakesStatements

PASSWORD = "a password of the tests"
BEGINS = date(2020, 4, 1)
_hashed: dict[str, str] = {}
_number = count(1)


def remember_password() -> None:
    """Hash the password of all test accounts once."""
    _hashed["password"] = hash_password(PASSWORD)


def added(row: Any, event: str = "test.made") -> Any:
    """Store a row with an audit event that says who did: nobody."""
    with transaction():
        audit.record(event, subject="test", by=None)
        db.session.add(row)
    return row


def changed(row: Any, **values: Any) -> Any:
    """Write facts into a row past every rule, as the tests of a query need them."""
    with transaction():
        audit.record("test.changed", subject="test", by=None)
        for name, value in values.items():
            setattr(row, name, value)
    return row


class Make(MakesCases, MakesStatements):
    """Every method stores what it makes and gives it back."""

    def organisation(
        self,
        code: str = "",
        *,
        name: str = "",
        under: Organisation | None = None,
        kind: OrganisationKind = OrganisationKind.FORCE,
        returns_from_on: date | None = BEGINS,
        **parts: Any,
    ) -> Organisation:
        """An organisation with a name, below another if one is given."""
        code = code or f"force-{next(_number)}"
        links = [OrganisationLink(parent_id=under.id, from_on=BEGINS)] if under else []
        return added(
            Organisation(
                code=code,
                kind=kind,
                returns_from_on=returns_from_on,
                names=[OrganisationName(name=name or code.replace("-", " ").title(), from_on=BEGINS)],
                links=links,
                **parts,
            )
        )

    def tree(self) -> dict[str, Organisation]:
        """The council, two forces below it, and a unit below the first force."""
        npcc = self.organisation(
            "npcc", name="National Council", kind=OrganisationKind.COUNCIL, returns_from_on=None
        )
        force = self.organisation("northmoor", name="Northmoor Constabulary", under=npcc)
        sister = self.organisation("westmarch", name="Westmarch Police", under=npcc)
        unit = self.organisation(
            "forensic", name="Joint Forensic Unit", under=force, kind=OrganisationKind.UNIT
        )
        return {"npcc": npcc, "northmoor": force, "westmarch": sister, "forensic": unit}

    def user(
        self,
        role: Role | None = None,
        at: Organisation | None = None,
        *,
        name: str = "",
        email: str = "",
        **parts: Any,
    ) -> User:
        """A person, with a role in an organisation if one is given."""
        number = next(_number)
        user = added(
            User(
                email=email or f"person{number}@force.example",
                name=name or f"Person {number}",
                password=_hashed["password"],
                active=True,
                fs_uniquifier=secrets.token_hex(16),
                **parts,
            )
        )
        if role and at:
            self.member(user, role, at)
        return user

    def member(
        self,
        user: User,
        role: Role,
        at: Organisation,
        *,
        from_on: date = BEGINS,
        until_on: date | None = None,
    ) -> Membership:
        """A role in an organisation."""
        return added(
            Membership(user_id=user.id, organisation_id=at.id, role=role, from_on=from_on, until_on=until_on)
        )

    def contact(
        self,
        at: Organisation,
        role: ContactRole = ContactRole.SENIOR_LEAD,
        *,
        person: str | None = "Jo Amadi",
        from_on: date = BEGINS,
        until_on: date | None = None,
    ) -> Contact:
        """Someone an organisation names; a shared mailbox when there is no person."""
        return added(
            Contact(
                organisation_id=at.id,
                role=role,
                person=person,
                post="Assistant Chief Constable",
                email="integrity@force.example",
                from_on=from_on,
                until_on=until_on,
            )
        )

    def period(self, first: int = 2025, returns_due_on: date | None = None) -> ReportingPeriod:
        """The reporting period that begins on 1 April of a year."""
        year = financial_year(first)
        return added(
            ReportingPeriod(
                key=year.key,
                starts_on=year.starts_on,
                ends_on=year.ends_on,
                returns_due_on=returns_due_on or date(first + 1, 4, 30),
            )
        )

    def draft(
        self, at: Organisation, by: User, *, title: str = "How victims learn of the outcome"
    ) -> Project:
        """The draft of a registration."""
        return projects.start_project(NewProject(title, at.code), at, by=by)

    def project(
        self,
        at: Organisation,
        by: User,
        *,
        title: str = "How victims learn of the outcome",
        involves: tuple[Involvement, ...] = (Involvement.PEOPLE,),
        scope: ScopeDecision = ScopeDecision.IN_SCOPE,
        **parts: Any,
    ) -> Project:
        """A registered project with its checks and its needed approvals."""
        project = self.draft(at, by, title=title)
        values = {
            "summary": "What we want to find out, in plain words.",
            "lead_id": by.id,
            "funder": "The force itself",
            "tier": Tier.FORCE_LED,
            "stage": Stage.RESEARCH,
            "expected_start_on": clock.today() + timedelta(days=30),
            "expected_end_on": clock.today() + timedelta(days=200),
            "scope_decision": scope,
            "interests_declared": False,
            "protocol_plan": "On the Open Science Framework",
            "publication_plan": "An open report",
            "intake": {one: Tick.YES if one in involves else Tick.NO for one in Involvement},
            "pillars": dict.fromkeys(Pillar, PillarAnswer.YES),
            **parts,
        }
        projects.save_task(project, values, seen=project.version, by=by)
        projects.register(project, seen=project.version, by=by)
        return project

    def approval(self, project: Project, body_key: str = "force-ethics-panel") -> Approval:
        """The approval that a project needs from a body."""
        return next(row for row in project.approvals if row.body_key == body_key)

    def condition(self, text: str = "Store the recordings encrypted") -> NewCondition:
        """A condition that a decision may carry."""
        return NewCondition(text, before_start=False, due_on=None)

    def decision(
        self,
        approval: Approval,
        by: User,
        outcome: Outcome = Outcome.FAVOURABLE,
        *,
        on: date | None = None,
        expires_on: date | None = None,
        conditions: tuple[NewCondition, ...] = (),
        note: str | None = None,
    ) -> Approval:
        """A decision on an approval, applied for ten days before."""
        decided = on or clock.today()
        if approval.applied_on is None:
            sent = NewApplication(decided - timedelta(days=10), None)
            approvals.apply(approval, sent, seen=approval.version, by=by)
        new = NewDecision(outcome, None, decided, expires_on, note, conditions)
        approvals.record_decision(approval, new, letter=None, seen=approval.version, by=by)
        return approval

    def clearance(
        self,
        project: Project,
        by: User,
        *,
        person: str = "Contractor A",
        expires_on: date | None = None,
        granted_on: date = BEGINS,
    ) -> Clearance:
        """The clearance of a person, valid for a year unless a last day is given."""
        until = expires_on or clock.today() + timedelta(days=365)
        new = NewClearance(person, ClearanceLevel.NPPV_2_FULL, "Warwickshire Police", granted_on, until)
        return add_clearance(project, new, by=by)

    def covenant(self, project: Project, by: User, *, on: date | None = None) -> Approval:
        """The AI Covenant of a project, all six principles rated and recorded as such."""
        approval, shows = (
            self.approval(project, "ai-covenant"),
            NewEvidence("Note", "https://force.example/ai"),
        )
        for one in Principle:
            rate(approval, NewRating(one, Standing.MET, "As agreed"), shows, by=by)
        new = NewDecision(Outcome.ADVICE, None, on or clock.today())
        approvals.record_decision(approval, new, letter=None, seen=approval.version, by=by)
        return approval

    def step(
        self,
        approval: Approval,
        by: User,
        step: ApprovalStep,
        *,
        on: date | None = None,
        note: str = "As told",
    ) -> ApprovalEvent:
        """A step in the life of an approval, today unless a day is given."""
        return steps.take_step(approval, step, on or clock.today(), note, seen=approval.version, by=by)

    def check(self, project: Project, code: str = "25-C12-R3") -> Check:
        """A project's check of one requirement."""
        return next(row for row in project.checks if row.requirement_code == code)

    def judgement(
        self,
        at: Organisation,
        period: ReportingPeriod,
        by: User,
        code: str = "25-C12-E1",
        standing: Standing = Standing.MET,
        *,
        note: str | None = "Policy in force",
        evidence: tuple[str | None, str | None] = (None, None),
        **fix: Any,
    ) -> AssessmentAnswer:
        """An organisation's own judgement of one requirement in a period."""
        row = get_assessment(at.id, period.id, code)
        new = NewAnswer(standing, note, **fix)
        seen = row.version if row else 0
        return assessments.judge(at, period, code, new, NewEvidence(*evidence), seen=seen, by=by)

    def sent(self, at: Organisation, period: ReportingPeriod, by: User) -> Return:
        """A return that was sent, whatever it lacked."""
        return added(
            Return(organisation_id=at.id, period_id=period.id, sent_at=clock.now(), sent_by_id=by.id)
        )

    def evidence(
        self, check: Check, by: User, *, content: bytes = b"%PDF-1.7\n", review_by_on: date | None = None
    ) -> Evidence:
        """A file that supports a check, attached with an answer."""
        new = NewEvidence("Decision letter", upload=Upload("letter.pdf", content), review_by_on=review_by_on)
        checks.answer_check(check, NewAnswer(Standing.MET, None), new, seen=check.version, by=by)
        return check.evidence[-1]
