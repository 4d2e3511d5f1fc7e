"""Everything that decides whether a statement may be signed, as plain values; faults.py checks them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from compliance.rules.holders import Holder
from compliance.terms import ContactRole

PLACEHOLDER = re.compile(
    r"\[\s*(insert|add|name|date|tbc|your)|\bTBC\b|\bTBD\b|lorem ipsum|xxx|\bDD/MM/YY"
    r"|click or tap (here )?to enter",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.?!]+[.?!]")
# Shorter sentences may stand in a prompt and in honest prose.
TELLING = 5


@dataclass(frozen=True)
class Finding:
    """One thing to mend: what, and where (a page of the statement, or empty); a warning has a key.

    The key stays while the facts of the warning change.
    """

    message: str
    where: str = ""
    key: str = ""
    detail: str = ""

    @property
    def facts(self) -> str:
        """All that it says: who acknowledges a warning acknowledges exactly this."""
        return f"{self.message}: {self.detail}" if self.detail else self.message


@dataclass(frozen=True)
class SectionState:
    """One section as the checks see it, with what is printed in it and the comments that are open."""

    key: str
    name: str
    required: bool
    words: int
    limit: int
    completed: bool
    text: str
    prompt: str = ""
    tables: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    open_comments: int = 0


@dataclass(frozen=True)
class Readiness:
    """Everything that decides whether a statement may be signed."""

    period_starts_on: date
    period_ends_on: date
    today: date
    sections: tuple[SectionState, ...]
    holders: Mapping[ContactRole, Sequence[Holder]]
    not_assessed: int = 0
    # How many answers only repeat last year's.
    carried: int = 0
    misconduct_faults: tuple[str, ...] = ()
    misconduct_warnings: tuple[tuple[str, str], ...] = ()
    nil_to_confirm: bool = False
    missing_returns: tuple[str, ...] = ()
    shortfalls_without_fix: int = 0
    # Evidence past its date of review; promises of last year of which nobody said what became.
    expired_evidence: tuple[str, ...] = ()
    promises_without_status: tuple[str, ...] = ()
    # Placeholder text outside the sections: what holds it, and where it is mended.
    placeholders: tuple[tuple[str, str], ...] = ()
    # Figures whose value somebody typed, as (key, words).
    overridden: tuple[tuple[str, str], ...] = ()
    # Small numbers that nobody decided about, that can be worked out, that the replaced version printed:
    # what each is called, by its key.
    undecided: Mapping[str, str] = field(default_factory=dict)
    exposed: Mapping[str, str] = field(default_factory=dict)
    printed_before: Mapping[str, str] = field(default_factory=dict)
    # Numbers withheld by an organisation below that the sums printed here give away; numbers that this
    # statement gives away once it stands beside a published one above.
    given_away: tuple[str, ...] = ()
    given_away_above: tuple[str, ...] = ()
    integrity_page: str | None = "given"
    governing_body: str | None = None
    approved_on: date | None = None
    approved_by: str = ""
    changed_since_approval: bool = False
    # Who may sign, and who of them wrote part of it.
    signatories: frozenset[int] = frozenset()
    writers: frozenset[int] = frozenset()
    # A sentence when the edition was not in force on the last day of the period.
    edition_note: str = ""
    # What somebody acknowledged with a reason, as (key of the warning, its facts).
    acknowledged: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def words(text: str) -> int:
    """How many words a text holds."""
    return len(text.split())


def has_placeholder(text: str, prompt: str = "") -> bool:
    """Whether a text still holds what should have been replaced: a mark, or a sentence of the prompt."""
    plain = " ".join(text.split()).casefold()
    asked = [part.strip().casefold() for part in SENTENCE.findall(prompt) if words(part) >= TELLING]
    return bool(PLACEHOLDER.search(text)) or any(part in plain for part in asked)
