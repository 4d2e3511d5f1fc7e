"""What a framework, a layout and a body are: strict, so that a typo is an error with a place."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(pattern=r"^[A-Z0-9a-z_-]+$")]
Words = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """Refuses unknown keys, guesses nothing, never changes."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


class Responsibility(StrEnum):
    """Whom a requirement binds."""

    RESEARCH_COMMUNITY = "research_community"
    EMPLOYERS = "employers"
    FUNDERS = "funders"
    GOVERNMENT_BODIES = "government_bodies"


class Subject(StrEnum):
    """What a requirement is checked for."""

    PROJECT = "project"
    ORGANISATION = "organisation"


class Sureness(StrEnum):
    """How well a fact is known: read in the source, partly, background only, our own judgement, not known."""

    READ = "read"
    PARTLY_READ = "partly_read"
    BACKGROUND = "background"
    OUR_JUDGEMENT = "our_judgement"
    UNKNOWN = "unknown"


class Modality(StrEnum):
    """The word with which a source binds; the last four are words of no source."""

    RESPONSIBLE = "responsible"
    MUST = "must"
    WILL = "will"
    SHOULD = "should"
    NOT_RECORDED = "not_recorded"
    OURS = "ours"
    CONVENTION = "convention"
    UNKNOWN = "unknown"

    @property
    def from_source(self) -> bool:
        """Whether it is a word that a source could be seen to use."""
        return self in {self.RESPONSIBLE, self.MUST, self.WILL, self.SHOULD}


class Heading(Strict):
    """A commitment (or area) and the group of requirements that serves it."""

    code: Code
    number: Words
    title: Words
    short: Words


class Part(Strict):
    """One content of a requirement: it has a code, and is answered with the whole."""

    code: Code
    title: Words
    text: Words


class Requirement(Strict):
    """One checkable expectation, in our own words."""

    code: Code
    heading: Code
    serves: Annotated[tuple[Literal["1", "2", "3", "4", "5"], ...], Field(min_length=1)]
    binds: Responsibility
    checked_for: Subject
    title: Words
    text: Words
    evidence: Words
    parts: tuple[Part, ...] = ()
    newness: str = ""
    note: str = ""
    # Who within the body does it, where a source or our notes say so.
    done_by: str = ""
    source_ref: Words
    modality: Modality
    modality_verified: bool
    # The public page, other than the source, on which an unverified wording was seen.
    wording_seen: str = ""
    sureness: Sureness

    @model_validator(mode="after")
    def verified_has_a_word(self) -> Self:
        """Only a word of a source can have been verified, and then it needs no other page."""
        if self.modality_verified and not self.modality.from_source:
            raise ValueError(f"modality '{self.modality}' cannot be verified")
        if self.modality_verified and self.wording_seen:
            raise ValueError("wording_seen belongs to a wording that is not verified")
        return self


class Framework(Strict):
    """A published set of requirements: an edition of its family, and the days it is in force."""

    key: Code
    family: Code
    title: Words
    short: Words
    edition: Words
    publisher: Words
    address: Words
    heading_word: Words
    in_force_from: date
    in_force_until: date | None
    sureness: Sureness
    source: Words
    headings: tuple[Heading, ...]
    requirements: tuple[Requirement, ...]

    @property
    def codes(self) -> Iterator[str]:
        """The code of every requirement and of every part of one, in order."""
        for row in self.requirements:
            yield row.code
            yield from (part.code for part in row.parts)

    def in_force(self, day: date) -> bool:
        """Whether the edition holds on a day."""
        return self.in_force_from <= day and (self.in_force_until is None or self.in_force_until >= day)

    def requirement(self, code: str) -> Requirement:
        """The requirement with this code; raises KeyError."""
        for row in self.requirements:
            if row.code == code:
                return row
        raise KeyError(code)

    def for_subject(self, subject: Subject, *binds: Responsibility) -> tuple[Requirement, ...]:
        """The requirements checked for a project or an organisation, of those bound (all when none named)."""
        return tuple(
            row
            for row in self.requirements
            if row.checked_for is subject and (not binds or row.binds in binds)
        )

    def heading(self, code: str) -> Heading:
        """The heading with this code; raises KeyError."""
        for row in self.headings:
            if row.code == code:
                return row
        raise KeyError(code)


class Section(Strict):
    """One section of a statement: what to write, how much, and which figures stand beside it."""

    key: Code
    number: Words
    title: Words
    prompt: Words
    required: bool
    word_limit: Annotated[int, Field(ge=50)]
    figures: tuple[Code, ...] = ()
    tables: tuple[Code, ...] = ()
    # Sections of the other layout whose text serves when this one has none of its own.
    draws_on: tuple[Code, ...] = ()


class Layout(Strict):
    """An order of sections for one kind of reader."""

    key: Code
    title: Words
    sureness: Sureness
    # Beyond so many projects the register is summed by organisation, and attached in full.
    annex_limit: Annotated[int, Field(ge=0)] = 200
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        """The section with this key, if the layout has it."""
        return next((row for row in self.sections if row.key == key), None)


class Relation(StrEnum):
    """How what one requirement asks relates to what another asks: "this is … of that"."""

    EQUAL = "equal"
    SUBSET = "subset"
    SUPERSET = "superset"
    INTERSECTS = "intersects"

    @property
    def inverse(self) -> "Relation":
        """The same relation, seen from the other requirement."""
        return {self.SUBSET: Relation.SUPERSET, self.SUPERSET: Relation.SUBSET}.get(self, self)


class Ref(NamedTuple):
    """One requirement of one framework, by its codes."""

    framework: str
    code: str


class Link(NamedTuple):
    """How one requirement relates to another: the source is … of the target."""

    source: Ref
    target: Ref
    relation: Relation
