"""What an organisation must say of a body that it adds to the catalogue."""

from dataclasses import dataclass

from compliance.rules.broken import RuleBroken
from compliance.terms import Outcome

FAVOURABLE = (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)
ADVISORY = frozenset({Outcome.ADVICE})


@dataclass(frozen=True)
class NewBody:
    """A body of an organisation, with its own words for our outcomes."""

    name: str
    stands_for: str | None
    binding: bool
    words: dict[Outcome, str]
    usual_days: int | None = None
    note: str | None = None

    def check(self) -> None:
        """Raise RuleBroken when a binding body has no word for yes or no, or two words are the same."""
        if not self.words:
            raise RuleBroken("Enter at least one word that this body uses", field="favourable")
        if self.binding and not any(one in self.words for one in FAVOURABLE):
            raise RuleBroken("Enter the word of this body for a favourable decision", field="favourable")
        if self.binding and set(self.words) == ADVISORY:
            raise RuleBroken("A body that only advises cannot bind", field="binding")
        given = [word.casefold() for word in self.words.values()]
        if len(set(given)) < len(given):
            raise RuleBroken("Each word must stand for one decision", field="favourable")
        if self.usual_days is not None and self.usual_days < 1:
            raise RuleBroken("Enter a whole number of days, 1 or more", field="usual_days")
