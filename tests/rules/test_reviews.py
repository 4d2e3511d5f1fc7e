"""Where a review stands, and who may say what."""

import pytest

from compliance.rules.broken import RuleBroken
from compliance.rules.reviews import NewReview, Said, can_send, reviewed_answer, state
from compliance.terms import ReviewKind, ReviewState

K, S = ReviewKind, ReviewState


@pytest.mark.parametrize(
    ("said", "latest", "expected"),
    [
        ([], None, S.NOT_SENT),
        ([], 1, S.NOT_SENT),
        ([(K.COMMENT, 1)], 1, S.NOT_SENT),
        ([(K.SUBMITTED, 1)], 1, S.WITH_REVIEWER),
        ([(K.SUBMITTED, 1)], 2, S.WITH_REVIEWER),
        ([(K.SUBMITTED, 1), (K.RETURNED, 1)], 1, S.RETURNED),
        ([(K.SUBMITTED, 1), (K.RETURNED, 1)], 2, S.RETURNED),
        ([(K.SUBMITTED, 1), (K.RETURNED, 1), (K.SUBMITTED, 2)], 2, S.WITH_REVIEWER),
        ([(K.SUBMITTED, 1), (K.ACCEPTED, 1)], 1, S.ACCEPTED),
        ([(K.SUBMITTED, 1), (K.ACCEPTED, 1), (K.COMMENT, 1)], 1, S.ACCEPTED),
        ([(K.SUBMITTED, 1), (K.ACCEPTED, 1)], 2, S.CHANGED),
        ([(K.SUBMITTED, 1), (K.ACCEPTED, 1), (K.SUBMITTED, 2)], 2, S.WITH_REVIEWER),
    ],
)
def test_where_a_review_stands(said, latest, expected):
    assert state([Said(*one) for one in said], latest) is expected


def test_new_evidence_changes_what_was_accepted_and_nothing_else():
    accepted = [Said(K.SUBMITTED, 1), Said(K.ACCEPTED, 1)]
    assert state(accepted, 1, new_evidence=True) is S.CHANGED
    assert state([*accepted, Said(K.SUBMITTED, 1)], 1, new_evidence=True) is S.WITH_REVIEWER
    assert state([Said(K.SUBMITTED, 1), Said(K.RETURNED, 1)], 1, new_evidence=True) is S.RETURNED
    assert state([], 1, new_evidence=True) is S.NOT_SENT


def test_what_was_last_reviewed_is_what_changes_are_told_against():
    said = [Said(K.SUBMITTED, 1), Said(K.RETURNED, 1), Said(K.SUBMITTED, 3), Said(K.COMMENT, 3)]
    assert reviewed_answer(said) == 1
    assert reviewed_answer([Said(K.SUBMITTED, 1)]) is None


def test_only_what_is_new_returned_or_changed_may_be_sent():
    assert {one for one in ReviewState if can_send(one)} == {S.NOT_SENT, S.RETURNED, S.CHANGED}


@pytest.mark.parametrize(
    ("kind", "comment", "present", "reviewer", "complaint"),
    [
        (K.ACCEPTED, None, S.WITH_REVIEWER, 1, "Someone else must review"),
        (K.RETURNED, "Look again", S.WITH_REVIEWER, 2, "Someone else must review"),
        (K.RETURNED, None, S.WITH_REVIEWER, 3, "Say what is to be looked at"),
        (K.COMMENT, None, S.NOT_SENT, 3, "Say what is to be looked at"),
        (K.ACCEPTED, None, S.NOT_SENT, 3, "not with a reviewer"),
        (K.ACCEPTED, None, S.ACCEPTED, 3, "not with a reviewer"),
    ],
)
def test_what_cannot_be_said_is_refused(kind, comment, present, reviewer, complaint):
    with pytest.raises(RuleBroken, match=complaint):
        NewReview(kind, comment).check(present, reviewer=reviewer, authors=(1, 2))


def test_a_comment_may_come_from_anyone_at_any_time():
    NewReview(K.COMMENT, "Well put").check(S.ACCEPTED, reviewer=1, authors=(1,))
    NewReview(K.ACCEPTED, None).check(S.WITH_REVIEWER, reviewer=3, authors=(1, 2))
