"""What people said about a draft, read: comments, acknowledged warnings, who wrote it and who may sign it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import BindParameter, Select, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance.access import TODAY, in_force, organisations_above
from compliance.db import db
from compliance.models import Acknowledgement, Comment, Membership, Narrative, Statement, User
from compliance.permissions import Permission, roles_with


@dataclass(frozen=True)
class Said:
    """What counts for readiness: open comments by section, acknowledged warnings, writers, signatories."""

    open_comments: Counter[str] = field(default_factory=Counter)
    acknowledged: frozenset[tuple[str, str]] = frozenset()
    writers: frozenset[int] = frozenset()
    signatories: frozenset[int] = frozenset()


def comments_of(statement_id: int, section: str | None = None) -> Sequence[Comment]:
    """The comments on a statement or on one section, each with its answers; two queries."""
    wanted = select(Comment).where(Comment.statement_id == statement_id, Comment.answers_id.is_(None))
    found: Sequence[Comment] = db.session.scalars(
        (wanted.where(Comment.section == section) if section else wanted)
        .options(joinedload(Comment.said_by), selectinload(Comment.answers).joinedload(Comment.said_by))
        .order_by(Comment.id)
        .execution_options(populate_existing=True)
    ).all()
    return found


def get_comment(statement: Statement, number: int) -> Comment:
    """A comment on a statement with its answers; raises NotFound."""
    found = next((row for row in comments_of(statement.id) if row.id == number), None)
    if found is None:
        raise NotFound
    return found


def acknowledgements_of(statement_id: int) -> Sequence[Acknowledgement]:
    """Every acknowledgement with who gave it, the oldest first; one query."""
    found: Sequence[Acknowledgement] = db.session.scalars(
        select(Acknowledgement)
        .where(Acknowledgement.statement_id == statement_id)
        .options(joinedload(Acknowledgement.said_by))
        .order_by(Acknowledgement.id)
    ).all()
    return found


def writers(statement: Statement) -> frozenset[int]:
    """The ids of everyone who began the statement or wrote any version of any section of it."""
    wrote = select(Narrative.written_by_id).where(Narrative.statement_id == statement.id).distinct()
    return frozenset({statement.created_by_id, *db.session.scalars(wrote)})


def may_sign(organisation_id: int | BindParameter[int]) -> Select[int]:
    """The ids of everyone who may sign a statement of an organisation TODAY."""
    return (
        select(Membership.user_id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id.in_(organisations_above(organisation_id, TODAY)),
            Membership.role.in_(roles_with(Permission.STATEMENT_SIGN)),
            User.active,
            *in_force(Membership, TODAY),
        )
    )


def signatories_of(organisation_id: int) -> frozenset[int]:
    """The ids of everyone who may sign a statement of this organisation today; one query."""
    return frozenset(db.session.scalars(may_sign(organisation_id)))
