"""What a plan of an invented project says, before rows are made of it; and the days on which it does."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from compliance.models import Organisation, User
from compliance.terms import ApprovalStep, Involvement, Outcome, ScopeDecision, ScopeReason, Stage, Tier

I = Involvement
F, FC = Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS
PANEL, UNIVERSITY, DPIA = "force-ethics-panel", "university-rec", "dpia"

# Steps of an approval by days from the start of fieldwork.
Steps = tuple[tuple[ApprovalStep, int], ...]


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
    # What was recorded first by mistake, and corrected on the same day.
    mistaken: Outcome | None = None


@dataclass(frozen=True)
class Plan:
    """One invented project; fieldwork begins this many days before (or after) today, or on a fixed day."""

    title: str
    force: str
    begins: int | date
    lasts: int = 180
    involves: tuple[Involvement, ...] = (I.PEOPLE, I.PERSONAL_DATA)
    unsure: tuple[Involvement, ...] = ()
    started: bool = True
    ended: bool = False
    # A body that is named here was asked; None says that it has not decided.
    decisions: dict[str, Decided | None] = field(default_factory=dict)
    exception: str = ""
    protocol: int | None = -20
    published: int | None = None
    tier: Tier = Tier.FORCE_LED
    stage: Stage = Stage.RESEARCH
    draft: bool = False
    # Further steps of an approval, before or after its decision.
    steps: dict[str, Steps] = field(default_factory=dict)
    scope: ScopeDecision = ScopeDecision.IN_SCOPE
    scope_reason: ScopeReason | None = None
    interests: str = ""
    # Kind, name and, for a supplier, its answer about the charter.
    partners: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True)
class Study:
    """A plan on its way into the database: its days, its people, and its own run of chance."""

    plan: Plan
    begins: date
    organisation: Organisation
    lead: User
    officer: User
    chance: Random
    today: date

    def on(self, days: int) -> date:
        """A day so many days after the start of fieldwork."""
        return self.begins + timedelta(days=days)

    def past(self, days: int) -> date:
        """The same, and never in the future."""
        return min(self.on(days), self.today - timedelta(days=2))

    @property
    def ends(self) -> date:
        """The day on which research ends or would end."""
        return self.on(self.plan.lasts)

    @property
    def asks(self) -> bool:
        """Whether checks and approvals follow: it is registered, and in scope at least partly."""
        return not self.plan.draft and self.plan.scope is not ScopeDecision.OUT_OF_SCOPE


def start_of(plan: Plan, today: date) -> date:
    """The day fieldwork begins or would begin."""
    return plan.begins if isinstance(plan.begins, date) else today - timedelta(days=plan.begins)


def registered_on(begins: date, today: date) -> date:
    """Three months before fieldwork, and never in the future."""
    return min(begins - timedelta(days=95), today - timedelta(days=6))


def morning_of(day: date) -> datetime:
    """Half past nine on a day."""
    return datetime.combine(day, time(9, 30), UTC)
