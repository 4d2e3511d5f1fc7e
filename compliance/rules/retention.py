"""How long records are kept, as data; nothing is deleted by it.

Proposals of our own, for the records managers of each organisation to settle: no framework sets the times.
"""

from dataclasses import dataclass
from datetime import date

MONTHS = 12
LAST_OF_ALL = 28


@dataclass(frozen=True)
class Retention:
    """One kind of record: how many months it is kept, and from when on; None for good."""

    key: str
    what: str
    begins: str
    months: int | None
    why: str = "our judgement"

    @property
    def words(self) -> str:
        """The time in words: "for good", "10 years after the project ended"."""
        if self.months is None:
            return "for good"
        years, months = divmod(self.months, MONTHS)
        number, unit = (years, "year") if not months else (self.months, "month")
        return f"{number} {unit}{'' if number == 1 else 's'} after {self.begins}"


KEPT = (
    Retention(
        "statement", "Signed statements and the list of their evidence", "", None, "a corporate record"
    ),
    Retention("audit", "The audit trail", "", None, "it proves that nothing was altered"),
    Retention("project", "The register of projects", "the project ended", 10 * MONTHS),
    Retention("approval", "Approvals", "the study ended", 6 * MONTHS),
    Retention(
        "case", "Misconduct cases", "the case was closed", 7 * MONTHS, "policies differ: often 6 to 7 years"
    ),
    Retention("sign_in", "Sign-ins, with address and browser", "the sign-in began", 24),
    Retention("review", "Notes of reviewers", "they were written", 1, "as research ethics services do"),
)


def kept_until(today: date, months: int) -> date:
    """The last day whose records have been kept for these months by a day; those before it are due."""
    years, month = divmod(today.year * MONTHS + today.month - 1 - months, MONTHS)
    return date(years, month + 1, min(today.day, LAST_OF_ALL))
