"""How sure a wording is, in words: the one place where pages and documents take them from.

No row of the government guidance is printed as law until somebody has held it against the source (our rule,
since its numbered paragraphs have not been read).
"""

from dataclasses import dataclass
from datetime import date

from compliance.frameworks.schema import Modality, Relation, Requirement, Responsibility, Subject, Sureness
from compliance.rules.broken import RuleBroken
from compliance.terms import Wording

BINDS = {
    Responsibility.RESEARCH_COMMUNITY: "Research community",
    Responsibility.EMPLOYERS: "Employers",
    Responsibility.FUNDERS: "Funders",
    Responsibility.GOVERNMENT_BODIES: "Government bodies",
}
WORDS = {
    Modality.RESPONSIBLE: "responsible for",
    Modality.MUST: "must",
    Modality.WILL: "will",
    Modality.SHOULD: "should",
}
NO_WORD = {
    Modality.NOT_RECORDED: "The word with which the edition binds was not recorded",
    Modality.OURS: "None: our own addition",
    Modality.CONVENTION: "None: a convention",
    Modality.UNKNOWN: "Not known",
}
CHECKED_FOR = {Subject.PROJECT: "A project", Subject.ORGANISATION: "The organisation"}
SURENESS = {
    Sureness.READ: "Read in the source or in an official reproduction",
    Sureness.PARTLY_READ: "Read only in part, or in another text about the source",
    Sureness.BACKGROUND: "General knowledge, not confirmed at the source",
    Sureness.OUR_JUDGEMENT: "Our own judgement",
    Sureness.UNKNOWN: "Not known",
}


@dataclass(frozen=True)
class NewWordingCheck:
    """What somebody found at the source."""

    agrees: bool
    address: str
    note: str | None = None

    def check(self) -> None:
        """Raise RuleBroken when the address is none, or a difference is not told."""
        host = self.address.removeprefix("https://")
        if host == self.address or not host.strip("/") or " " in self.address:
            raise RuleBroken("Enter an address that begins with https://", field="address")
        if not self.agrees and not self.note:
            raise RuleBroken("Say what the source says instead, in your own words", field="note")


@dataclass(frozen=True)
class Look:
    """The latest look at the source of a requirement: what was found, when, by whom."""

    agrees: bool
    on: date
    by: str

    @property
    def words(self) -> str:
        """What was found, with the day and the person."""
        seen = f"{self.on.day} {self.on:%B %Y} by {self.by}"
        if self.agrees:
            return f"wording checked against the source on {seen}"
        return f"the source was checked on {seen} and says otherwise"


def can_be_checked(requirement: Requirement) -> bool:
    """Whether there is a source that somebody could still hold the wording against."""
    return not requirement.modality_verified and requirement.modality is not Modality.OURS


def wording_of(requirement: Requirement, look: Look | None = None) -> Wording:
    """How sure the wording is, given the last look at the source (None: nobody has looked)."""
    if requirement.modality_verified:
        return Wording.CONFIRMED
    if not can_be_checked(requirement):
        return Wording.NO_SOURCE
    if look is None:
        return Wording.NOT_CONFIRMED
    return Wording.CONFIRMED if look.agrees else Wording.DIFFERS


def words_of(requirement: Requirement, look: Look | None = None) -> str:
    """What may be said about who expects this and how surely, without a full stop.

    `look` is the last look at the source; None when nobody has looked.
    """
    whom = BINDS[requirement.binds].lower()
    if requirement.binds is Responsibility.RESEARCH_COMMUNITY:
        whom = f"the {whom}"
    if requirement.modality_verified:
        return f"Asked of {whom} (“{WORDS[requirement.modality]}”)"
    if requirement.modality is Modality.OURS:
        return "Our own addition, not a requirement of anyone"
    expected = {
        Modality.CONVENTION: f"A convention among {whom}, not a requirement",
        Modality.UNKNOWN: f"Not known whether this is expected of {whom}",
    }.get(requirement.modality, f"Expected of {whom}")
    return f"{expected}; {look.words if look else 'wording not verified'}"


def strength_of(requirement: Requirement) -> str:
    """The word that binds, and how we know it."""
    if not requirement.modality.from_source:
        return NO_WORD[requirement.modality]
    word = f"“{WORDS[requirement.modality].capitalize()}”"
    if requirement.modality_verified:
        return f"{word}, as the source words it"
    if requirement.wording_seen:
        return f"{word} as we take it. Seen outside the source: {requirement.wording_seen}"
    return f"{word} as we take it: an assumption"


def relation_of(relation: Relation) -> str:
    """What the relation of a requirement to a relative ("this is … of that") says about the relative."""
    return {
        Relation.EQUAL: "Asks for the same in substance",
        Relation.SUBSET: "Asks for more: whoever meets it also meets this one",
        Relation.SUPERSET: "Asks for less: whoever meets this one also meets it",
        Relation.INTERSECTS: "Overlaps: each asks something that the other does not",
    }[relation]
