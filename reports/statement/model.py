"""Everything an annual statement says, frozen; the same JSON is snapshot, download and input."""

import hashlib
import json
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal, Self

import orjson
from pydantic import AwareDatetime, ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from reports.statement.count import Count, Strict, Value

Words = Annotated[str, Field(min_length=1)]
Standing = Literal["met", "partly_met", "not_met", "not_applicable", "not_assessed"]
PromiseState = Literal["not_begun", "in_progress", "done", "carried_over", "dropped"]
Layout = Literal["government", "rics"]
PublishedOn = Annotated[
    date | None,
    Field(
        description="Null in what this service signs: it is frozen when signed, and published after that. "
        "The date of publication stands on the public page at `address`."
    ),
]
Role = Literal["senior_lead", "first_contact", "confidential_liaison"]
Outcome = Literal["favourable", "with_conditions", "provisional", "unfavourable", "advice", "other"]


def later(default: Any) -> Any:
    """A field that earlier snapshots lack: left out of the JSON while it says nothing.

    So the bytes of an old snapshot, and with them its fingerprint, stay what they were.
    """
    return Field(default=default, exclude_if=lambda value: value == default)


class Period(Strict):
    """Both ends are days of the period."""

    key: Words
    starts_on: date
    ends_on: date


class Organisation(Strict):
    """Whose statement it is; the type is field 1B of the RICS template."""

    code: Words
    name: Words
    type: Words
    integrity_page: str | None = None
    governing_body: str | None = None


class Edition(Strict):
    """What the statement is measured against."""

    key: Words
    title: Words
    edition: Words
    address: Words
    # Said beside it when it was not in force in the period; empty when it was.
    note: str = ""
    # Whom the requirements that are counted address.
    binds: Words = "employers"


class Contact(Strict):
    """A person in a post, or a shared mailbox without a person."""

    role: Role
    person: str | None
    post: Words
    email: Words
    from_on: date
    # The first day on which it no longer holds.
    until_on: date | None

    @property
    def last_on(self) -> date | None:
        """The last day in the post."""
        return self.until_on - timedelta(days=1) if self.until_on else None


class BoardApproval(Strict):
    """The governing body's approval."""

    body: Words
    approved_on: date
    minute: Words


class Signature(Strict):
    """Who signed, when."""

    name: Words
    post: str
    signed_on: date


class Previous(Strict):
    """The statement before this one."""

    title: Words
    address: Words


class Replaced(Strict):
    """The statement that this one replaces, which stays readable."""

    version: Words
    address: Words
    signed_on: date
    fingerprint: Words


class Chain(Strict):
    """Number and hash of the last audit event when it was signed."""

    seq: Annotated[int, Field(ge=0)]
    head: Words


class Override(Strict):
    """What the records give for a figure whose value somebody entered by hand, and why they did."""

    counted: Value
    reason: Words


class Figure(Strict):
    """A value with its definition, its coverage and the records behind it.

    `references` are the records that it is out of, `counted` those counted; for a number both are the same.
    """

    key: Words
    title: Words
    definition: Words
    value: Value
    previous: Value | None = None
    coverage: str = ""
    references: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    # Only where the value is not the one that the records give.
    override: Override | None = None

    @property
    def from_records(self) -> Value:
        """The value that the records give, whatever is printed."""
        return self.override.counted if self.override else self.value

    @property
    def remark(self) -> str:
        """What must be said beside a value that somebody entered; empty for one that was counted."""
        if self.override is None:
            return ""
        return f"Entered by hand; the records give {self.override.counted.text}. {self.override.reason}"


class Section(Strict):
    """One section of the layout with its words; an empty text is a missing one."""

    key: Words
    number: Words
    title: Words
    text: str
    figures: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


class Tally(Strict):
    """Requirements of one commitment by standing."""

    met: Annotated[int, Field(ge=0)] = 0
    partly_met: Annotated[int, Field(ge=0)] = 0
    not_met: Annotated[int, Field(ge=0)] = 0
    not_applicable: Annotated[int, Field(ge=0)] = 0
    not_assessed: Annotated[int, Field(ge=0)] = 0

    @property
    def total(self) -> int:
        """Requirements that apply."""
        return self.met + self.partly_met + self.not_met + self.not_assessed

    @property
    def text(self) -> str:
        """In words, the empty kinds left out."""
        named = (
            (self.met, "met"),
            (self.partly_met, "partly met"),
            (self.not_met, "not met"),
            (self.not_assessed, "not assessed"),
            (self.not_applicable, "not applicable"),
        )
        return ", ".join(f"{count} {name}" for count, name in named if count) or "none"

    @property
    def brief(self) -> str:
        """For a chart: "5 met, 1 partly, 1 not"."""
        named = (
            (self.met, "met"),
            (self.partly_met, "partly"),
            (self.not_met, "not"),
            (self.not_assessed, "to judge"),
        )
        return ", ".join(f"{count} {name}" for count, name in named if count) or "none apply"


class Commitment(Strict):
    """A commitment and how its requirements stand, this year and last."""

    number: Words
    title: Words
    short: Words
    tally: Tally
    previous: Tally | None = None


class RequirementStanding(Strict):
    """One requirement; wording that nobody verified is never printed as law."""

    code: Words
    commitment: Words
    title: Words
    text: Words
    source_ref: Words
    wording_verified: bool
    # Of whom it is expected and how surely, where the source itself was not read; who checked it, and when.
    wording: str = ""
    standing: Standing
    note: str = ""
    fix: str = ""
    fix_owner: str = ""
    fix_due_on: date | None = None
    # The answer repeats last year's and nobody confirmed it: it stands as not assessed.
    carried_forward: bool = False


class Promise(Strict):
    """Something that last year's statement said would be done, and what became of it."""

    code: Words
    title: Words
    promised: Words
    owner: str = ""
    due_on: date | None = None
    state: PromiseState
    note: str = ""
    # By when, where it is carried over.
    new_due_on: date | None = None


class MisconductRow(Strict):
    """One row of table 3B."""

    key: Words
    label: Words
    reported: Count
    formal: Count
    upheld_part: Count
    upheld_full: Count


class Misconduct(Strict):
    """Table 3B and what is said beside it."""

    rows: tuple[MisconductRow, ...]
    total: MisconductRow
    # Lines that an organisation adds, such as a number of cases; outside the sum.
    local_rows: tuple[MisconductRow, ...] = ()
    cases_reported: Count
    cases_completed: Count
    questionable_practices: Count
    nil: bool
    other_text: str = ""
    notes: tuple[str, ...] = ()


# What a statement may hold ten thousand of: as strict, in a sixth of the memory of a model.
ROWS = ConfigDict(strict=True, extra="forbid", defer_build=True)


@dataclass(config=ROWS, frozen=True, slots=True, kw_only=True)
class ApprovalsByBody:
    """Decisions of one body in the period, by outcome."""

    body: Words
    favourable: int
    with_conditions: int
    provisional: int
    unfavourable: int
    advice: int
    other: int

    @property
    def total(self) -> int:
        """All decisions of the body."""
        parts = (
            self.favourable,
            self.with_conditions,
            self.provisional,
            self.unfavourable,
            self.advice,
            self.other,
        )
        return sum(parts)


@dataclass(config=ROWS, frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One decision behind the table of approvals: the approval, who decided, when, what."""

    approval: Words
    body: Words
    outcome: Outcome
    decided_on: date


class TableNote(Strict):
    """What a table counts, in words."""

    key: Words
    title: Words
    definition: Words


@dataclass(config=ROWS, frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project as the public register shows it."""

    reference: Words
    title: Words
    organisation: Words
    stage: str
    ethics: Words
    protocol: Words
    results: Words
    # The day on which fieldwork ended, and on which the results were public, where either is counted.
    ended_on: date | None = later(None)
    results_on: date | None = later(None)


class StandingChange(Strict):
    """A requirement that stands otherwise than last year."""

    code: Words
    title: Words
    before: Standing
    after: Standing


class TextChange(Strict):
    """A section whose words differ from last year's, piece by piece, without their formatting."""

    number: Words
    title: Words
    taken_out: tuple[str, ...]
    added: tuple[str, ...]


class SinceLastYear(Strict):
    """What changed since the statement of the year before, where somebody chose to print it."""

    # What cannot be compared, and why.
    notes: tuple[str, ...] = ()
    standings: tuple[StandingChange, ...] = ()
    texts: tuple[TextChange, ...] = ()


class ReturnRow(Strict):
    """One organisation and its return; a missing one keeps its row."""

    code: Words
    organisation: Words
    state: Literal["sent", "missing", "not_due"]
    sent_on: date | None
    senior_lead: str
    first_contact: str
    projects: Count

    @model_validator(mode="after")
    def sent_on_a_day(self) -> Self:
        """A return that was sent was sent on a day."""
        if self.state == "sent" and self.sent_on is None:
            raise ValueError("a return that was sent needs the day on which it was sent")
        return self


class Statement(Strict):
    """The whole statement."""

    schema_version: Literal[1] = 1
    reference: Words
    state: Literal["draft", "final"]
    layout: Layout
    version: Words
    marking: str
    notice: str | None = None
    as_at: AwareDatetime
    organisation: Organisation
    period: Period
    edition: Edition
    contacts: tuple[Contact, ...]
    approval: BoardApproval | None
    signature: Signature | None
    published_on: PublishedOn
    address: str | None
    previous: Previous | None
    replaces: str | None = None
    chain: Chain | None
    blockers: tuple[str, ...] = ()
    lede: Words
    headlines: tuple[str, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    commitments: tuple[Commitment, ...]
    requirements: tuple[RequirementStanding, ...]
    misconduct: Misconduct
    approvals: tuple[ApprovalsByBody, ...]
    returns: tuple[ReturnRow, ...]
    projects: tuple[ProjectRow, ...]
    promises: tuple[Promise, ...] = ()
    annex_limit: Annotated[int, Field(ge=0)] = 200
    quality: tuple[str, ...] = ()
    # Roles that are known to be vacant; one that has no contact and does not stand here was not provided.
    vacant: tuple[Role, ...] = later(())
    replaced: Replaced | None = later(None)
    decisions: tuple[DecisionRow, ...] = later(())
    notes: tuple[TableNote, ...] = later(())
    since: SinceLastYear | None = later(None)

    @model_validator(mode="after")
    def names_only_its_own_figures(self) -> Self:
        """Every figure stands once, and everything that is printed somewhere is there."""
        keys = [row.key for row in self.figures]
        if len(set(keys)) < len(keys):
            raise ValueError("two figures have the same key")
        named = {*self.headlines, *(key for section in self.sections for key in section.figures)}
        unknown = sorted(named - set(keys))
        if unknown:
            raise ValueError(f"there is no figure {', '.join(unknown)}")
        return self

    @cached_property
    def canonical(self) -> str:
        """Its JSON, made once: a document prints its fingerprint and carries it."""
        content = self.model_dump(mode="json")
        try:
            return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()
        except orjson.JSONEncodeError:
            # A number of more than 64 bits, which nobody counted; the other library is six times as slow.
            return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def __copy__(self) -> Self:
        """A copy, which is made to be changed, makes its JSON anew."""
        copied = super().__copy__()
        copied.__dict__.pop("canonical", None)
        return copied

    def figure(self, key: str) -> Figure:
        """The figure with this key; raises KeyError."""
        for row in self.figures:
            if row.key == key:
                return row
        raise KeyError(key)

    def mark(self, key: str) -> str:
        """The mark of a figure, like "F3": its place in the glossary."""
        return f"F{[row.key for row in self.figures].index(key) + 1}"


def to_json(statement: Statement) -> str:
    """Canonical JSON: the same statement always gives the same bytes."""
    return statement.canonical


def from_json(text: str) -> Statement:
    """The statement in this JSON; raises pydantic.ValidationError naming the place."""
    return Statement.model_validate_json(text)


def fingerprint(text: str) -> str:
    """SHA-256 of a snapshot's canonical JSON, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def schema() -> str:
    """The JSON Schema of a snapshot, as published beside every statement."""
    content: dict[str, Any] = Statement.model_json_schema(mode="serialization")
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
