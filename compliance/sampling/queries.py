"""Samples of approvals, read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.access import organisations_below, organisations_where
from compliance.approvals.queries import FAVOURABLE
from compliance.db import db
from compliance.models import (
    Approval,
    ApprovalStanding,
    Organisation,
    Sample,
    SampledApproval,
    SampleResponse,
    User,
)
from compliance.permissions import Permission


def in_force(at: Organisation) -> dict[str, int]:
    """What is drawn from: approvals of an organisation and all below it that are favourable today, their last
    day not past, of projects in scope that have not ended; each reference with its number.
    """
    today = clock.today()
    rows = db.session.execute(
        select(Approval.reference, Approval.id)
        .join(ApprovalStanding, ApprovalStanding.approval_id == Approval.id)
        .where(
            ApprovalStanding.live,
            ApprovalStanding.outcome.in_(FAVOURABLE),
            or_(ApprovalStanding.expires_on.is_(None), ApprovalStanding.expires_on >= today),
            Approval.organisation_id.in_(organisations_below(at.id, today)),
        )
    )
    return {row.reference: row.id for row in rows}


def readable(permission: Permission, by: User) -> Any:
    """Condition on Sample: drawn at an organisation where this person holds the permission."""
    return Sample.organisation_id.in_(organisations_where(by, permission, clock.today()))


def samples_where(permission: Permission, *, by: User) -> Select[Any]:
    """The samples that this person may read, the newest first."""
    answers = selectinload(Sample.approvals).selectinload(SampledApproval.responses)
    return (
        select(Sample)
        .where(readable(permission, by))
        .options(joinedload(Sample.organisation), joinedload(Sample.drawn_by), answers)
        .order_by(Sample.id.desc())
    )


def get_sample(reference: str, permission: Permission, *, by: User) -> Sample:
    """One sample with its approvals and what was found; NotFound where the permission is not held."""
    found: Sample | None = db.session.scalar(
        select(Sample)
        .where(Sample.reference == reference, readable(permission, by))
        .options(
            joinedload(Sample.organisation),
            joinedload(Sample.drawn_by),
            selectinload(Sample.approvals).options(
                joinedload(SampledApproval.approval).joinedload(Approval.project),
                selectinload(SampledApproval.responses).joinedload(SampleResponse.responded_by),
            ),
        )
    )
    if found is None:
        raise NotFound
    return found


def one_of(sample: Sample, place: int) -> SampledApproval:
    """The approval at a place of a sample; raises NotFound."""
    for row in sample.approvals:
        if row.place == place:
            return row
    raise NotFound


def answered(approvals: Sequence[SampledApproval]) -> int:
    """For how many of these somebody recorded what was found."""
    return sum(bool(row.responses) for row in approvals)
