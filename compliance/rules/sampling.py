"""A random sample of approvals that anybody can draw again: no source asks for it, it is one's own check."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

from compliance.rules.broken import RuleBroken
from compliance.terms import ConditionsKept, ProtocolKept

LARGEST = 200


def place_in(seed: str, reference: str) -> str:
    """The order of a draw: by the SHA-256 of the seed, a line end and the reference of each approval."""
    return sha256(f"{seed}\n{reference}".encode()).hexdigest()


def drawn(references: Iterable[str], seed: str, size: int) -> list[str]:
    """The references that a seed draws, in the order of the draw, whatever the order they came in."""
    return sorted(set(references), key=lambda one: place_in(seed, one))[:size]


def fingerprint(references: Iterable[str]) -> str:
    """The SHA-256 of what is drawn from: every reference in order, one on each line."""
    return sha256("\n".join(sorted(set(references))).encode()).hexdigest()


@dataclass(frozen=True)
class NewSample:
    """How many to draw, and by which seed."""

    size: int
    seed: str

    def check(self, population: Collection[str]) -> None:
        """Raise RuleBroken when there are fewer to draw from, or more asked than somebody will look at."""
        if not 1 <= self.size <= LARGEST:
            raise RuleBroken(f"Enter a number from 1 to {LARGEST}", field="size")
        if self.size > len(population):
            raise RuleBroken(f"Only {len(population)} approvals are in force there", field="size")


@dataclass(frozen=True)
class NewResponse:
    """What somebody found of one sampled approval."""

    protocol: ProtocolKept
    conditions: ConditionsKept
    note: str | None

    def check(self, responder_id: int, lead_id: int | None) -> None:
        """Raise RuleBroken for a no without its reason, or when somebody answers for their own project."""
        if responder_id == lead_id:
            raise RuleBroken("You lead this project, so somebody else looks at it")
        if (self.protocol is ProtocolKept.NO or self.conditions is ConditionsKept.NO) and not self.note:
            raise RuleBroken("Say what you found and what happens next", field="note")
