"""Evidence, read: only by people who may see a record that it supports, or who added it there."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import BinaryIO

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload
from werkzeug.exceptions import NotFound, ServiceUnavailable

from compliance import clock
from compliance.access import ME, Day, asked_by, below_code, later, my_organisations, organisations_where
from compliance.db import db
from compliance.models import Approval, Assessment, Check, Evidence, EvidenceUse, User
from compliance.permissions import Permission
from compliance.rules.evidence import OFFERED
from compliance.storage.store import Missing, store

SOON = timedelta(days=30)


def visible(by: User) -> ColumnElement[bool]:
    """Condition on Evidence: it supports a record that this person may see.

    Whoever added it sees it too, also before it supports anything, while they have a role there.
    """
    today = clock.today()
    return visible_to(by.id, lambda permission: organisations_where(by, permission, today))


def visible_to(
    person: int | BindParameter[int], where: Callable[[Permission], Select[int]]
) -> ColumnElement[bool]:
    """The same of a person by their number and where they may do something; of ME for what is built once."""
    uses = select(EvidenceUse.id).where(EvidenceUse.evidence_id == Evidence.id)
    seen = (
        uses.join(Check, Check.id == EvidenceUse.check_id).where(
            Check.organisation_id.in_(where(Permission.PROJECT_VIEW))
        ),
        uses.join(Assessment, Assessment.id == EvidenceUse.assessment_id).where(
            Assessment.organisation_id.in_(where(Permission.ASSESSMENT_VIEW))
        ),
        uses.join(Approval, Approval.id == EvidenceUse.approval_id).where(
            Approval.organisation_id.in_(where(Permission.APPROVAL_VIEW))
        ),
    )
    added = and_(
        Evidence.added_by_id == person,
        Evidence.organisation_id.in_(where(Permission.EVIDENCE_VIEW)),
    )
    return or_(added, *(one.correlate(Evidence).exists() for one in seen))


def current() -> ColumnElement[bool]:
    """Condition on Evidence: nothing newer has replaced it."""
    newer = select(Evidence.replaces_id).where(Evidence.replaces_id.is_not(None))
    return Evidence.id.not_in(newer)


def in_use() -> ColumnElement[bool]:
    """Condition on Evidence: it supports some record today."""
    return exists().where(EvidenceUse.evidence_id == Evidence.id, EvidenceUse.ended_at.is_(None))


def of_project(project_id: int, *, by: User) -> Sequence[Evidence]:
    """What supports a check or an approval of a project today, as far as this person may see it."""
    given = {"project": project_id, **asked_by(by)}
    found: Sequence[Evidence] = db.session.scalars(of_given_project(), given).all()
    return found


@cache
def of_given_project() -> Select[Evidence]:
    """The same of the `project` that is given, for ME; built once."""
    project_id = bindparam("project", type_=Integer())
    used = (
        select(EvidenceUse.id)
        .outerjoin(Check, Check.id == EvidenceUse.check_id)
        .outerjoin(Approval, Approval.id == EvidenceUse.approval_id)
        .where(
            EvidenceUse.evidence_id == Evidence.id,
            EvidenceUse.ended_at.is_(None),
            or_(Check.project_id == project_id, Approval.project_id == project_id),
        )
        .correlate(Evidence)
    )
    mine = visible_to(ME, my_organisations)
    return select(Evidence).where(used.exists(), mine, current()).order_by(Evidence.id)


def review_due(on: Day) -> ColumnElement[bool]:
    """Condition on Evidence: in use, not replaced, and to be reviewed within 30 days of a day."""
    return (
        Evidence.review_by_on.is_not(None) & (Evidence.review_by_on <= later(on, SOON)) & current() & in_use()
    )


def evidence_where(*, by: User, show: str = "", organisation: str = "", q: str = "") -> Select[Evidence]:
    """The evidence of a filter: what is to be reviewed first, then the newest.

    An organisation means all below it too.
    """
    found = (
        select(Evidence)
        .where(visible(by))
        .options(joinedload(Evidence.owner), joinedload(Evidence.organisation), selectinload(Evidence.uses))
        .order_by(Evidence.review_by_on.is_(None), Evidence.review_by_on, Evidence.id.desc())
    )
    if show == "review-due":
        found = found.where(review_due(clock.today()))
    elif show == "replaced":
        found = found.where(~current())
    else:
        found = found.where(current())
    if organisation:
        found = found.where(Evidence.organisation_id.in_(below_code(organisation, clock.today())))
    if q:
        found = found.where(
            or_(
                *(
                    part.ilike(f"%{q}%")
                    for part in (Evidence.title, Evidence.reference, Evidence.file_name, Evidence.address)
                )
            )
        )
    return found


def kept(by: User) -> ColumnElement[bool]:
    """Condition on Evidence: it belongs to an organisation whose evidence this person keeps."""
    where = organisations_where(by, Permission.EVIDENCE_KEEP, clock.today())
    return Evidence.organisation_id.in_(where)


def get_evidence(reference: str, *, by: User, to_change: bool = False) -> Evidence:
    """One piece of evidence with what it supports.

    NotFound for people who may see none of that, or who want to change what another organisation keeps.
    """
    found: Evidence | None = db.session.scalar(
        select(Evidence)
        .where(Evidence.reference == reference, visible(by), kept(by) if to_change else true())
        .options(
            joinedload(Evidence.owner),
            joinedload(Evidence.added_by),
            joinedload(Evidence.organisation),
            joinedload(Evidence.replaces),
            joinedload(Evidence.replaced_by),
            selectinload(Evidence.uses).joinedload(EvidenceUse.check).joinedload(Check.project),
            selectinload(Evidence.uses)
            .joinedload(EvidenceUse.assessment)
            .options(joinedload(Assessment.organisation), joinedload(Assessment.period)),
            selectinload(Evidence.uses).joinedload(EvidenceUse.approval),
        )
    )
    if found is None:
        raise NotFound
    return found


def content_of(evidence: Evidence) -> BinaryIO:
    """The file of a piece of evidence; NotFound for a link, ServiceUnavailable when the store lost it."""
    if evidence.sha256 is None:
        raise NotFound
    try:
        return store.open(evidence.sha256)
    except Missing as missing:
        raise ServiceUnavailable from missing


def uses_of(record: InstrumentedAttribute[int | None], ids: Iterable[int]) -> Sequence[EvidenceUse]:
    """Whatever ever supported these checks or assessments, with the evidence itself, in one statement."""
    found: Sequence[EvidenceUse] = db.session.scalars(
        select(EvidenceUse)
        .where(record.in_(list(ids)))
        .options(joinedload(EvidenceUse.evidence))
        .order_by(EvidenceUse.id)
    ).all()
    return found


def offered(organisation_id: int) -> Sequence[tuple[str, str]]:
    """(reference, title) of the evidence that an organisation keeps and may use again, the newest first.

    One more than a form lists tells that there is more.
    """
    rows = db.session.execute(
        select(Evidence.reference, Evidence.title)
        .where(Evidence.organisation_id == organisation_id, current())
        .order_by(Evidence.id.desc())
        .limit(OFFERED + 1)
    ).all()
    return [(row.reference, f"{row.title} ({row.reference})") for row in rows]
