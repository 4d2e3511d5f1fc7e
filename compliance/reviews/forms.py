"""What we ask a reviewer."""

from compliance.fields import LongTextField, RadiosField, choices
from compliance.forms import Form, VersionedForm
from compliance.rules.reviews import NewReview
from compliance.terms import ReviewKind


class SendForm(Form):
    """Nothing to fill in: sending is the answer."""


class CommentForm(VersionedForm):
    """A comment of somebody who answers; the version is the number of the answer that was read."""

    comment = LongTextField("Your comment", required="Write your comment", hint="It stays on record", rows=4)

    def answers(self) -> NewReview:
        """What was entered."""
        return NewReview(ReviewKind.COMMENT, self.comment.data)


class ReviewForm(VersionedForm):
    """Accept, return, or only comment; the version is the number of the answer that was read."""

    kind = RadiosField(
        "What do you say?",
        choices=choices((ReviewKind.ACCEPTED, ReviewKind.RETURNED, ReviewKind.COMMENT)),
        required="Select what you say",
        hints={
            "accepted": "A later change of the answer will show as “changed since accepted”",
            "returned": "It goes back to whoever answered, with your comment",
            "comment": "The answer stays where it is",
        },
    )
    comment = LongTextField("Your comment", hint="Needed to return an answer. It stays on record", rows=4)

    def answers(self) -> NewReview:
        """What was entered."""
        return NewReview(ReviewKind(self.kind.data), self.comment.data)
