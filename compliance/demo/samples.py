"""A sample of approvals, half looked at, so that each answer stands on some record."""

from compliance.models import Organisation, User
from compliance.rules.sampling import NewResponse, NewSample
from compliance.sampling.actions import draw, respond
from compliance.terms import ConditionsKept, ProtocolKept

FOUND = (
    NewResponse(
        ProtocolKept.YES, ConditionsKept.NONE, "Invented: read the protocol and the log of interviews"
    ),
    NewResponse(ProtocolKept.YES, ConditionsKept.YES, None),
    NewResponse(ProtocolKept.NO, ConditionsKept.NO, "Invented: a second site began before the body was told"),
    NewResponse(ProtocolKept.NOT_KNOWN, ConditionsKept.NOT_KNOWN, "Invented: the lead is on leave"),
)


def load_sample(at: Organisation, by: User) -> None:
    """Draw eight approvals of the whole country and look at the first four."""
    sample = draw(at, NewSample(2 * len(FOUND), "spring 2026"), by=by)
    for sampled, found in zip(sample.approvals, FOUND, strict=False):
        respond(sampled, found, by=by)
