"""Where the approvals that a project needs stand, counted in the few words that its board shows."""

from collections import Counter
from collections.abc import Iterable

from compliance.terms import ApprovalState

T = ApprovalState
# Each state in exactly one group, in the order of the board: what needs somebody comes first.
GROUPS: tuple[tuple[str, frozenset[ApprovalState]], ...] = (
    ("missing", frozenset({T.NEEDED, T.INVALID, T.UNFAVOURABLE, T.WITHDRAWN, T.LAPSED})),
    ("expired", frozenset({T.EXPIRED})),
    ("halted", frozenset({T.HALTED, T.SUSPENDED, T.TERMINATED})),
    (
        "in progress",
        frozenset(
            {
                T.DRAFT,
                T.SUBMITTED,
                T.VALID,
                T.UNDER_REVIEW,
                T.FURTHER_INFORMATION,
                T.PROVISIONAL,
                T.NO_OPINION,
                T.APPEAL,
                T.ADVICE,  # until the organisation has answered it (H4)
            }
        ),
    ),
    ("expiring", frozenset({T.EXPIRES_SOON})),
    (
        "valid",
        frozenset({T.FAVOURABLE, T.WITH_CONDITIONS, T.ACTIVE, T.MODIFICATION_PENDING, T.RESPONDED}),
    ),
    ("not needed", frozenset({T.NOT_REQUIRED})),
    ("closed", frozenset({T.ENDED, T.FINAL_REPORT_DUE, T.CLOSED})),
)
IN_HAND = ("valid", "expiring", "not needed", "closed")


def group_of(state: ApprovalState) -> str:
    """The word under which the board counts a state."""
    return next(words for words, states in GROUPS if state in states)


def counted(states: Iterable[ApprovalState]) -> list[tuple[str, int]]:
    """How many stand in each group, those that need somebody first; an empty group is not told."""
    found = Counter(group_of(state) for state in states)
    return [(words, found[words]) for words, _ in GROUPS if found[words]]


def in_hand(states: Iterable[ApprovalState]) -> int:
    """For how many nothing is missing now."""
    return sum(group_of(state) in IN_HAND for state in states)
