"""What may be kept as evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any, Protocol, TypeVar

from compliance.rules.broken import RuleBroken

LONGEST_NAME = 200
# So many pieces of kept evidence stand in the list of a form; older ones are named by their reference.
OFFERED = 200


@dataclass(frozen=True)
class Upload:
    """A file as someone sent it: its name and its bytes."""

    name: str
    content: bytes

    @property
    def safe_name(self) -> str:
        """The name without any folder and without control characters."""
        last = PurePath(self.name.replace("\\", "/")).name
        return "".join(sign for sign in last if sign.isprintable())[-LONGEST_NAME:] or "file"


class Dated(Protocol):
    """An answer as this module needs it: its number and its moment."""

    id: Any
    answered_at: Any


class Supporting(Protocol):
    """A use of evidence as this module needs it: since when and until when."""

    added_at: Any
    ended_at: Any


Use = TypeVar("Use", bound=Supporting)


def supported(answers: Iterable[Dated], uses: Iterable[Use]) -> dict[int, list[Use]]:
    """What supported each answer to one requirement while it held, by its number; the newest answer first."""
    found: dict[int, list[Use]] = {}
    every, until = list(uses), None
    for answer in answers:
        found[answer.id] = [
            use
            for use in every
            if (until is None or use.added_at < until)
            and (use.ended_at is None or use.ended_at > answer.answered_at)
        ]
        until = answer.answered_at
    return found


@dataclass(frozen=True)
class NewEvidence:
    """What supports a record: a link, a file, or evidence that is kept already. All empty means none."""

    title: str | None = None
    address: str | None = None
    upload: Upload | None = None
    existing: str | None = None
    review_by_on: date | None = None

    @property
    def given(self) -> bool:
        """Whether there is anything to attach."""
        return bool(self.title or self.address or self.upload or self.existing)

    @property
    def name(self) -> str:
        """The title, or the name of the file when none was given."""
        return self.title or (self.upload.safe_name if self.upload else "")

    def check(self, today: date) -> None:
        """Raise RuleBroken when it is not one thing, or lacks its title or address."""
        if self.existing and (self.address or self.upload):
            raise RuleBroken(
                "Choose existing evidence or add new evidence, not both", field="evidence_existing"
            )
        if self.address and self.upload:
            raise RuleBroken("Give an address or a file, not both", field="evidence_address")
        if self.address and not self.address.startswith("https://"):
            raise RuleBroken("Enter an address that begins with https://", field="evidence_address")
        if self.address and not self.title:
            raise RuleBroken("Enter a title for the evidence", field="evidence_title")
        if self.title and not (self.address or self.upload or self.existing):
            raise RuleBroken("Enter the address of the evidence, or choose a file", field="evidence_address")
        if self.review_by_on and self.review_by_on < today:
            raise RuleBroken("Date of review must be today or in the future", field="evidence_review_by_on")
