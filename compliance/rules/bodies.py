"""What an organisation must say of a body that it adds to the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from compliance.rules.broken import RuleBroken
from compliance.terms import Outcome

FAVOURABLE = (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)
ADVISORY = frozenset({Outcome.ADVICE})
MOST_QUESTIONS = 30


def several(text: str) -> tuple[str, ...]:
    """The words in a text that separates them by semicolons: a body may have two for one outcome."""
    return tuple(word.strip() for word in text.split(";") if word.strip())


@dataclass(frozen=True)
class NewBody:
    """A body of an organisation, with its own words for our outcomes."""

    name: str
    stands_for: str | None
    binding: bool
    words: dict[Outcome, str]
    usual_days: int | None = None
    note: str | None = None
    validity: str | None = None
    questions: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise RuleBroken when a binding body has no word for yes or no, or two words are the same."""
        if not self.words:
            raise RuleBroken("Enter at least one word that this body uses", field="favourable")
        if self.binding and not any(one in self.words for one in FAVOURABLE):
            raise RuleBroken("Enter the word of this body for a favourable decision", field="favourable")
        if self.binding and set(self.words) == ADVISORY:
            raise RuleBroken("A body that only advises cannot bind", field="binding")
        given = [word.casefold() for text in self.words.values() for word in several(text)]
        if len(set(given)) < len(given):
            raise RuleBroken("Each word must stand for one decision", field="favourable")
        if self.usual_days is not None and self.usual_days < 1:
            raise RuleBroken("Enter a whole number of days, 1 or more", field="usual_days")
        if len({label.casefold() for label in self.questions}) < len(self.questions):
            raise RuleBroken("Ask each question once", field="questions")
        if len(self.questions) > MOST_QUESTIONS:
            raise RuleBroken(f"A body can ask {MOST_QUESTIONS} questions of its own", field="questions")


def asked(labels: tuple[str, ...], held: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Questions with their keys: one that is asked already keeps its key, and with it its answers."""
    keys = {row["label"]: row["key"] for row in held}
    number = max((int(key.removeprefix("own_")) for key in keys.values()), default=0)
    found = []
    for label in labels:
        if label not in keys:
            number += 1
        found.append({"key": keys.get(label, f"own_{number}"), "label": label})
    return found


def times_after(
    times: Sequence[Mapping[str, Any]], before: int | None, after: int | None, today: date
) -> list[dict[str, Any]]:
    """The usual times that held, once the present one changes today; it held until yesterday."""
    found = [dict(row) for row in times]
    yesterday = (today - timedelta(days=1)).isoformat()
    changed_today = bool(found) and found[-1]["until"] >= yesterday
    if before == after or changed_today:
        return found
    return [*found, {"days": before, "until": yesterday}]
