"""Who may say what in the review of an answer, and where the review stands.

The steps are our own choice; that nobody reviews their own answer is separation of duties.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.rules.broken import RuleBroken
from compliance.terms import ReviewKind, ReviewState

K, S = ReviewKind, ReviewState
SAID = {K.SUBMITTED: S.WITH_REVIEWER, K.RETURNED: S.RETURNED, K.ACCEPTED: S.ACCEPTED}


@dataclass(frozen=True)
class Said:
    """One thing said in a review, and the number of the answer it was said about."""

    kind: ReviewKind
    answer: int


def state(said: Iterable[Said], latest_answer: int | None, *, new_evidence: bool = False) -> ReviewState:
    """Where the review of an answer stands; comments change nothing.

    An answer that changed after it was accepted, or after it was returned and then sent again, is told
    apart from one that nobody touched; so is one whose evidence changed after it was accepted. A changed
    answer that is with the reviewer stays there.
    """
    steps = [one for one in said if one.kind is not K.COMMENT]
    if not steps or latest_answer is None:
        return S.NOT_SENT
    last = steps[-1]
    if last.kind is K.ACCEPTED and (last.answer != latest_answer or new_evidence):
        return S.CHANGED
    return SAID[last.kind]


def reviewed_answer(said: Iterable[Said]) -> int | None:
    """The answer that a reviewer last spoke about: what is different now has changed since."""
    spoken = [one.answer for one in said if one.kind in (K.ACCEPTED, K.RETURNED)]
    return spoken[-1] if spoken else None


def can_send(present: ReviewState) -> bool:
    """Whether an answer may be sent for review."""
    return present in (S.NOT_SENT, S.RETURNED, S.CHANGED)


@dataclass(frozen=True)
class NewReview:
    """What a reviewer, or anyone who may see the answer, has to say."""

    kind: ReviewKind
    comment: str | None

    def check(self, present: ReviewState, *, reviewer: int, authors: Iterable[int]) -> None:
        """Raise RuleBroken when this cannot be said now, or not by this person.

        `authors` are those who gave the latest answer or sent it for review.
        """
        if self.kind in (K.RETURNED, K.COMMENT) and not self.comment:
            raise RuleBroken("Say what is to be looked at again", field="comment")
        if self.kind is K.COMMENT:
            return
        if present is not S.WITH_REVIEWER:
            raise RuleBroken("It is not with a reviewer, so it cannot be accepted or returned", field="kind")
        if reviewer in authors:
            raise RuleBroken("You answered this or sent it. Someone else must review it", field="kind")
