"""Projects of the demonstration: two real ones with public facts only, the rest invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from compliance import audit, clock, frameworks
from compliance.attach import add, prepare, use
from compliance.db import db, transaction
from compliance.demo.approvals import tell_life
from compliance.frameworks.schema import Subject
from compliance.models import (
    Answer,
    Approval,
    Check,
    Condition,
    Decision,
    IntakeAnswer,
    Organisation,
    Partner,
    PillarPlan,
    Project,
    ProjectChallenge,
    User,
)
from compliance.references import next_reference
from compliance.rules.checks import DUE_DAYS
from compliance.rules.evidence import NewEvidence
from compliance.rules.expected_approvals import expected
from compliance.terms import (
    ApprovalStep,
    CharterStatus,
    EnduringChallenge,
    Involvement,
    Outcome,
    PartnerKind,
    Pillar,
    PillarAnswer,
    ScopeDecision,
    ScopeReason,
    Stage,
    Standing,
    Tick,
    Tier,
)

I = Involvement
PANEL, UNIVERSITY, DPIA = "force-ethics-panel", "university-rec", "dpia"
SOURCE = (
    "Public facts only, from the Police science site. What is not public is not known here, "
    "and nothing has been filled in."
)


@dataclass(frozen=True)
class Decided:
    """What a body decided; days are counted from the start of fieldwork."""

    outcome: Outcome
    days: int = -30
    expires: int | None = None
    condition: str = ""
    before_start: bool = False
    due: int = 60
    met: bool = False


@dataclass(frozen=True)
class Plan:
    """One invented project; fieldwork begins this many days before (or after) today, or on a fixed day."""

    title: str
    force: str
    begins: int | date
    lasts: int = 180
    involves: tuple[Involvement, ...] = (I.PEOPLE, I.PERSONAL_DATA)
    started: bool = True
    ended: bool = False
    decisions: dict[str, Decided | None] = field(default_factory=dict)
    exception: str = ""
    protocol: int | None = -20
    published: int | None = None
    tier: Tier = Tier.FORCE_LED
    stage: Stage = Stage.RESEARCH
    draft: bool = False
    # Further steps of an approval, before or after its decision, by days from the start.
    steps: dict[str, tuple[tuple[ApprovalStep, int], ...]] = field(default_factory=dict)
    scope: ScopeDecision = ScopeDecision.IN_SCOPE


S = ApprovalStep
F, FC = Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS

# Each of these shows something a board must see.
TOLD = (
    Plan(
        "Body-worn video and first accounts from vulnerable victims in rural custody suites",
        "northmoor",
        21,
        involves=(I.PEOPLE, I.VULNERABLE_GROUPS, I.PERSONAL_DATA, I.UNIVERSITY),
        decisions={PANEL: None, UNIVERSITY: Decided(F), DPIA: Decided(F)},
        exception="Officers began recording before the panel met. The panel was told on the same day.",
    ),
    Plan(
        "Late-night transport and violence in the city centre",
        "kingsferry",
        260,
        lasts=420,
        involves=(I.PEOPLE, I.PERSONAL_DATA, I.UNIVERSITY),
        decisions={PANEL: Decided(F), DPIA: Decided(F), UNIVERSITY: Decided(F, expires=239)},
    ),
    Plan(
        "Street triage outcomes after dark",
        "south-wolds",
        -40,
        started=False,
        involves=(I.PEOPLE, I.PERSONAL_DATA, I.POLICE_RESOURCES),
        decisions={
            PANEL: Decided(
                FC,
                days=-60,
                condition="Give every participant the revised information sheet before the first interview",
                before_start=True,
                due=45,
            ),
            DPIA: Decided(F, days=-70),
            "force-request": Decided(F, days=-70),
        },
        stage=Stage.EXPLORE,
    ),
    Plan(
        "Rural crime reporting by farmers and gamekeepers",
        "cwm-derwen",
        140,
        lasts=300,
        decisions={
            PANEL: Decided(FC, condition="Send the panel the anonymised interview guide in Welsh", due=110),
            DPIA: Decided(F),
        },
    ),
    Plan(
        "Live transcription of emergency calls",
        "westmarch",
        -30,
        started=False,
        involves=(I.PERSONAL_DATA, I.ALGORITHM_OR_AI, I.DATA_LEAVES_CONTROLLER, I.NON_POLICE_ACCESS),
        decisions={
            PANEL: Decided(Outcome.UNFAVOURABLE, days=-48),
            DPIA: Decided(Outcome.PROVISIONAL, days=-52),
            "algo-care": Decided(Outcome.ADVICE, days=-50),
        },
        stage=Stage.INNOVATE,
        tier=Tier.CSA_LED,
    ),
    Plan(
        "Neighbourhood meetings and trust after stop and search",
        "cwm-derwen",
        120,
        lasts=200,
        decisions={PANEL: Decided(F, expires=132), DPIA: Decided(F)},
        stage=Stage.EVALUATE,
    ),
    Plan(
        "Custody healthcare referrals and later contact with services",
        "mid-sheering",
        -75,
        started=False,
        involves=(I.PEOPLE, I.NHS, I.PERSONAL_DATA, I.SPECIAL_CATEGORY_DATA),
        decisions={
            PANEL: Decided(Outcome.PROVISIONAL, days=-90),
            "nhs-rec": Decided(Outcome.NO_OPINION, days=-95),
        },
        stage=Stage.PRIORITISE,
    ),
    Plan(
        "Drone search in hill country: a comparison with dog teams",
        "isle-and-sound",
        -20,
        started=False,
        involves=(I.POLICE_RESOURCES, I.PERSONAL_DATA),
        decisions={
            PANEL: Decided(Outcome.NOT_REQUIRED, days=-40),
            DPIA: Decided(F, days=-35),
            "force-request": Decided(Outcome.WITHDRAWN, days=-30),
        },
        stage=Stage.BUILD,
    ),
    Plan(
        "Shift patterns, fatigue and driving",
        "calderfirth",
        -60,
        started=False,
        draft=True,
        stage=Stage.EXPLORE,
    ),
    Plan(
        "Monthly crime figures by ward",
        "westmarch",
        100,
        started=False,
        scope=ScopeDecision.OUT_OF_SCOPE,
        decisions={},
    ),
    Plan(
        "Shared care plans for people in custody with long-term illness",
        "south-wolds",
        70,
        lasts=300,
        involves=(I.PEOPLE, I.NHS, I.PERSONAL_DATA, I.SPECIAL_CATEGORY_DATA),
        decisions={
            PANEL: Decided(F, days=-40),
            DPIA: Decided(F, days=-35),
            "nhs-rec": Decided(
                FC,
                days=-20,
                condition="Add the number of the helpline to the information sheet",
                before_start=True,
                due=-5,
                met=True,
            ),
            "hra-approval": Decided(F, days=-16),
        },
        steps={
            "nhs-rec": (
                (S.FOUND_VALID, -44),
                (S.INFORMATION_ASKED, -36),
                (S.INFORMATION_SENT, -27),
                (S.MODIFICATION_SENT, 48),
                (S.MODIFICATION_VALID, 49),
            )
        },
    ),
    Plan(
        "Frequent callers with unmet health needs",
        "northmoor",
        420,
        lasts=240,
        ended=True,
        involves=(I.PEOPLE, I.NHS, I.PERSONAL_DATA),
        decisions={
            PANEL: Decided(F),
            DPIA: Decided(F),
            "nhs-rec": Decided(F, days=-20),
            "hra-approval": Decided(F, days=-18),
        },
        steps={"nhs-rec": ((S.ENDED, 240), (S.TOLD, 275)), PANEL: ((S.ENDED, 240), (S.CLOSED, 250))},
        stage=Stage.COMMUNICATE,
    ),
    Plan(
        "Street lighting and reported fear after dark",
        "calderfirth",
        60,
        decisions={PANEL: Decided(F), DPIA: Decided(F)},
        steps={PANEL: ((S.HALTED, 52),)},
    ),
    Plan(
        "Image comparison for footwear marks",
        "joint-forensic",
        55,
        involves=(I.ALGORITHM_OR_AI, I.POLICE_RESOURCES),
        decisions={PANEL: Decided(F), "force-request": Decided(F), "ai-covenant": Decided(Outcome.ADVICE)},
        stage=Stage.BUILD,
    ),
)

TITLES = (
    "Witness statements by video in summary cases",
    "Cycle theft marking at railway stations",
    "Plain language in letters to victims of crime",
    "Call handling and repeat demand from care homes",
    "Knife surrender bins: a before-and-after study",
    "Peer support for officers after traumatic incidents",
    "Missing from hospital: shared calls with ambulance staff",
    "Public notices in minority languages",
    "Recruits from rural schools: who applies and who stays",
    "Community speed watch and later collisions",
    "Restorative meetings in cases of criminal damage",
    "Property marking and burglary in student housing",
    "Response times in island communities",
    "Mental health first aid for call takers",
    "Cold homes, fuel poverty and anti-social behaviour calls",
    "Online fraud warnings at bank counters",
    "Volunteer cadets and confidence in policing",
    "Domestic abuse risk forms: agreement between assessors",
    "Dog theft: what owners report and when",
    "Evidence rooms: heat, damp and loss",
    "School gates: parking patrols and injuries",
    "Interpreter use in first interviews",
    "Heritage crime patrols by volunteers",
    "Night-time economy wardens and ambulance demand",
    "Farm vehicle theft and tracking devices",
    "Feedback to victims by text message",
    "Special constables: retention after two years",
    "Water safety patrols at reservoirs",
    "Charging decisions: what files lack at first submission",
    "Neighbour disputes and mediation",
)
FORCES = (
    "northmoor",
    "westmarch",
    "kingsferry",
    "south-wolds",
    "cwm-derwen",
    "mid-sheering",
    "isle-and-sound",
    "calderfirth",
)


def ordinary(chance: Random) -> Iterator[Plan]:
    """Projects of both years, most of them in good order, in every invented force."""
    for place, title in enumerate(TITLES):
        first_year = place % 5 < 2
        begins = date(2024 if first_year else 2025, 4, 10) + timedelta(days=chance.randrange(330))
        lasts = chance.choice((120, 180, 240))
        late = place % 9 == 4
        outcome = FC if place % 4 == 1 else F
        decided = Decided(
            outcome,
            days=14 if late else -chance.randrange(15, 60),
            condition="Report to the panel at half time",
            met=True,
        )
        bodies = {PANEL: decided, DPIA: Decided(F, days=-20)}
        involves: tuple[Involvement, ...] = (I.PEOPLE, I.PERSONAL_DATA)
        if place % 3 == 0:
            involves += (I.UNIVERSITY,)
            bodies[UNIVERSITY] = Decided(F, days=-chance.randrange(20, 70))
        if place in (3, 17):
            involves += (I.ALGORITHM_OR_AI,)
        if place == 3:
            bodies["ai-covenant"] = Decided(Outcome.ADVICE, days=-25)
        yield Plan(
            title,
            FORCES[place % len(FORCES)],
            begins,
            lasts=lasts,
            involves=involves,
            ended=begins + timedelta(days=lasts) < date(2026, 6, 30),
            decisions=dict(bodies),
            exception="Fieldwork began when the school year did; the decision came two weeks later."
            if late
            else "",
            protocol=-chance.randrange(5, 40) if place % 3 else None,
            published=chance.randrange(30, 110) if place % 2 else None,
            tier=chance.choice(tuple(Tier)),
            stage=chance.choice((Stage.RESEARCH, Stage.EVALUATE, Stage.COMMUNICATE)),
        )


def load_projects(found: dict[str, Organisation], lead: User, officer: User) -> None:
    """Every project, in the order in which they were registered."""
    chance, today = Random(2026), clock.today()
    with clock.standing_at(morning_of(today)):
        real_projects(found)
    plans = [(start_of(plan, today), plan) for plan in (*ordinary(chance), *TOLD)]
    for begins, plan in sorted(plans, key=lambda pair: (registered_on(pair[0], today), pair[1].title)):
        moment = morning_of(registered_on(begins, today))
        with clock.standing_at(moment), transaction():
            audit.record("project.registered", subject=plan.title, by=lead)
            Maker(plan, begins, found[plan.force], lead, officer, chance, today).make()


def start_of(plan: Plan, today: date) -> date:
    """The day fieldwork begins or would begin."""
    return plan.begins if isinstance(plan.begins, date) else today - timedelta(days=plan.begins)


def registered_on(begins: date, today: date) -> date:
    """Three months before fieldwork, and never in the future."""
    return min(begins - timedelta(days=95), today - timedelta(days=6))


def morning_of(day: date) -> datetime:
    """Half past nine on a day."""
    return datetime.combine(day, time(9, 30), UTC)


class Maker:
    """Turns one plan into rows."""

    def __init__(
        self,
        plan: Plan,
        begins: date,
        organisation: Organisation,
        lead: User,
        officer: User,
        chance: Random,
        today: date,
    ) -> None:
        self.plan, self.begins, self.organisation = plan, begins, organisation
        self.lead, self.officer, self.chance, self.today = lead, officer, chance, today

    def on(self, days: int) -> date:
        """A day so many days after the start of fieldwork."""
        return self.begins + timedelta(days=days)

    def past(self, days: int) -> date:
        """The same, and never in the future."""
        return min(self.on(days), self.today - timedelta(days=2))

    def make(self) -> None:
        """Add the project with its checks and approvals."""
        plan = self.plan
        ends = self.on(plan.lasts)
        out = plan.scope is ScopeDecision.OUT_OF_SCOPE
        project = Project(
            reference=next_reference(Project, "PRJ"),
            organisation=self.organisation,
            title=plan.title,
            summary=f"An invented study for demonstration: {plan.title[0].lower()}{plan.title[1:]}.",
            lead=None if plan.draft else self.lead,
            funder=None if plan.draft else "Force research fund",
            tier=plan.tier,
            stage=plan.stage,
            expected_start_on=self.begins,
            expected_end_on=ends,
            started_on=self.begins if plan.started else None,
            ended_on=ends if plan.ended else None,
            start_exception=plan.exception or None,
            scope_decision=None if plan.draft else plan.scope,
            scope_reason=ScopeReason.ROUTINE_STATISTICS if out else None,
            scope_note="Counts that the force publishes every month." if out else None,
            interests_declared=None if plan.draft else False,
            protocol_plan="Registered before fieldwork begins",
            protocol_published_on=None
            if plan.protocol is None or not plan.started
            else self.past(plan.protocol),
            protocol_address="https://registry.example/protocols"
            if plan.protocol is not None and plan.started
            else None,
            publication_plan="A plain report within 12 weeks of the end",
            results_published_on=self.published(ends),
            results_address="https://registry.example/reports" if self.published(ends) else None,
            created_at=clock.now(),
            created_by=self.lead,
            registered_at=None if plan.draft else clock.now(),
            registered_by=None if plan.draft else self.lead,
            intake=[] if plan.draft or out else self.intake(),
            pillars=[] if plan.draft or out else self.pillars(),
            challenges=[ProjectChallenge(challenge=self.chance.choice(tuple(EnduringChallenge)))],
            partners=self.partners(),
        )
        db.session.add(project)
        if not plan.draft and not out:
            self.add_checks(project)
            self.add_approvals(project)

    def published(self, ends: date) -> date | None:
        """When results came out, if the project has ended and they did."""
        if not self.plan.ended or self.plan.published is None:
            return None
        return min(ends + timedelta(days=self.plan.published), self.today)

    def intake(self) -> list[IntakeAnswer]:
        """Every intake question answered."""
        yes = self.plan.involves
        return [
            IntakeAnswer(involvement=one, answer=Tick.YES if one in yes else Tick.NO) for one in Involvement
        ]

    def pillars(self) -> list[PillarPlan]:
        """Each open-science pillar answered."""
        answers = (PillarAnswer.YES, PillarAnswer.YES, PillarAnswer.NO, PillarAnswer.EXEMPT)
        return [PillarPlan(pillar=pillar, answer=self.chance.choice(answers)) for pillar in Pillar]

    def partners(self) -> list[Partner]:
        """A university where one takes part, a supplier where data leave."""
        found = []
        if I.UNIVERSITY in self.plan.involves:
            found.append(Partner(kind=PartnerKind.UNIVERSITY, name="University of Calderfirth (invented)"))
        if I.DATA_LEAVES_CONTROLLER in self.plan.involves:
            found.append(
                Partner(
                    kind=PartnerKind.SUPPLIER,
                    name="Clearline Transcription Ltd (invented)",
                    charter=CharterStatus.NOT_SIGNED,
                )
            )
        return found

    def add_checks(self, project: Project) -> None:
        """The 13 project requirements; a project under way has most of them answered."""
        registered = clock.today()
        supported: list[Check] = []
        for requirement in frameworks.get("concordat-2025").for_subject(Subject.PROJECT):
            answered = self.plan.started and self.chance.random() > 0.1
            standing = self.standing() if answered else Standing.NOT_ASSESSED
            check = Check(
                project=project,
                organisation_id=self.organisation.id,
                framework="concordat-2025",
                requirement_code=requirement.code,
                commitment=requirement.heading,
                standing=standing,
                due_on=registered + timedelta(days=DUE_DAYS),
            )
            db.session.add(check)
            if standing is not Standing.NOT_ASSESSED:
                check.answers = [self.answer(standing)]
            if standing is Standing.MET and self.chance.random() < 0.4:
                supported.append(check)
        self.support(supported)

    def standing(self) -> Standing:
        """Most often met."""
        draw = self.chance.random()
        if draw < 0.8:
            return Standing.MET
        if draw < 0.92:
            return Standing.PARTLY_MET
        return Standing.NOT_MET if draw < 0.97 else Standing.NOT_APPLICABLE

    def answer(self, standing: Standing) -> Answer:
        """An answer with the note that its standing asks for."""
        notes = {
            Standing.MET: "In the protocol, section 3",
            Standing.PARTLY_MET: "Agreed with the partner, not yet in writing",
            Standing.NOT_MET: "Nobody has done this yet",
            Standing.NOT_APPLICABLE: "The project has no partners",
        }
        return Answer(
            standing=standing,
            note=notes[standing],
            answered_at=morning_of(self.past(-60)),
            answered_by=self.lead,
        )

    def support(self, checks: list[Check]) -> None:
        """One protocol that supports every one of these checks; files are left to visitors to try."""
        db.session.flush()
        if not checks:
            return
        new = NewEvidence("Protocol, version 2", "https://registry.example/protocols")
        evidence = add(prepare(new), self.organisation.id, by=self.lead)
        for check in checks:
            use(evidence, check, by=self.lead)

    def add_approvals(self, project: Project) -> None:
        """Every approval that the answers make needed, with what the plan says was decided."""
        for entry in expected(self.plan.involves):
            body = frameworks.body(entry.body_key)
            listed = entry.body_key in self.plan.decisions
            decided = self.plan.decisions.get(entry.body_key)
            approval = Approval(
                reference=next_reference(Approval, "APR"),
                project=project,
                organisation_id=self.organisation.id,
                body_key=body.key,
                body_name=body.name,
                binding=body.binding,
                reason=entry.reason,
                rule=entry.rule,
                body_reference=f"{body.key[:4].upper()}/{self.begins.year}/{self.chance.randrange(100, 999)}"
                if listed
                else None,
                applied_on=self.past((decided.days if decided else -20) - 25) if listed else None,
                created_at=clock.now(),
                created_by=self.lead,
            )
            db.session.add(approval)
            if decided:
                approval.decisions = [self.decision(body.key, decided)]
            if listed:
                tell_life(approval, self.plan.steps.get(body.key, ()), self.begins, self.today, self.officer)
            db.session.flush()

    def decision(self, body_key: str, decided: Decided) -> Decision:
        """The decision of a body, in its own word and ours."""
        own = next(
            (word.own for word in frameworks.body(body_key).words if word.outcome == decided.outcome), None
        )
        reasons = {Outcome.NOT_REQUIRED: "No person takes part and no personal data are kept"}
        decided_on = self.past(decided.days)
        return Decision(
            outcome=decided.outcome,
            own_word=own,
            decided_on=decided_on,
            expires_on=None if decided.expires is None else self.on(decided.expires),
            note=reasons.get(decided.outcome),
            recorded_at=morning_of(decided_on + timedelta(days=1)),
            recorded_by=self.officer,
            conditions=[self.condition(decided)] if decided.outcome is FC else [],
        )

    def condition(self, decided: Decided) -> Condition:
        """One condition, met or still open."""
        return Condition(
            text=decided.condition,
            before_start=decided.before_start,
            due_on=self.on(decided.due),
            met_on=self.past(decided.due - 10) if decided.met else None,
            met_at=morning_of(self.past(decided.due - 10)) if decided.met else None,
            met_by=self.officer if decided.met else None,
            met_note="Report received" if decided.met else None,
        )


def reader() -> User:
    """Who is on record for public facts: nobody who could sign in, and no invented person."""
    return User(
        email="public.facts@demonstration.example",
        name="Taken from the Police science site",
        active=False,
        fs_uniquifier="public-facts",
        demo=True,
    )


def real_projects(found: dict[str, Organisation]) -> None:
    """Two projects that the Police science site names; what is not public stays not known."""
    by = reader()
    with transaction():
        audit.record("project.listed", subject="public facts", by=None)
        facial = Project(
            reference="PRJ-0001",
            organisation=found["metropolitan"],
            title="Operational Testing of Facial Recognition Technology",
            source_note=f"{SOURCE} Listing published 5 April 2023.",
            summary="Facial recognition technology tested in operation.",
            partners=[
                Partner(kind=PartnerKind.FORCE, name="South Wales Police"),
                Partner(kind=PartnerKind.OTHER, name="National Physical Laboratory"),
            ],
        )
        knife = Project(
            reference="PRJ-0002",
            organisation=found["npcc"],
            title="Predicting Knife Crime: An Individual and Network-Based Approach",
            source_note=f"{SOURCE} The bodies that carry it out are not known, and it stands here under the council "
            "only for want of them. The title is as we were told it, not yet compared with the site.",
            summary="Administrative information and machine learning.",
        )
        for project in (facial, knife):
            project.created_at = project.registered_at = clock.now()
            project.created_by = project.registered_by = by
            db.session.add(project)
