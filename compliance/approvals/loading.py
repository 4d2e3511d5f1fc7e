"""What is loaded with approvals: for a list, for their dates, for the whole record."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from compliance.models import (
    Approval,
    ApprovalEvent,
    Condition,
    Decision,
    Modification,
    Organisation,
    Project,
)
from compliance.organisations.queries import name_today


def with_everything() -> tuple[Any, ...]:
    """Load what a list of approvals shows, in a fixed number of statements."""
    return (
        joinedload(Approval.project).joinedload(Project.organisation),
        selectinload(Approval.decisions).selectinload(Decision.conditions),
    )


def with_dates() -> tuple[Any, ...]:
    """Load what the next date of each approval of a list needs besides, with its reason."""
    return (
        joinedload(Approval.replaced_by),
        selectinload(Approval.events).joinedload(ApprovalEvent.modification),
    )


def ids_of(statement: Select[Approval]) -> Select[int]:
    """The ids of the approvals of a query, in its order."""
    return statement.with_only_columns(Approval.id)


@cache
def told_of_each() -> Select[*tuple[Any, ...]]:
    """What the list shows of each approval, with its organisation; only of those that are asked for."""
    parts = (joinedload(Approval.project), selectinload(Approval.decisions).joinedload(Decision.conditions))
    return (
        select(Approval, name_today())
        .join(Organisation, Organisation.id == Approval.organisation_id)
        .options(*parts, *with_dates())
        .order_by(Approval.id.desc())
    )


def with_history() -> tuple[Any, ...]:
    """Load what the record of an approval shows besides."""
    return (
        joinedload(Approval.project).joinedload(Project.lead),
        joinedload(Approval.replaces),
        joinedload(Approval.replaced_by),
        selectinload(Approval.decisions).joinedload(Decision.recorded_by),
        selectinload(Approval.decisions)
        .selectinload(Decision.conditions)
        .options(
            joinedload(Condition.owner), joinedload(Condition.met_by), joinedload(Condition.met_evidence)
        ),
        selectinload(Approval.events).options(
            joinedload(ApprovalEvent.recorded_by), joinedload(ApprovalEvent.modification)
        ),
        selectinload(Approval.modifications).joinedload(Modification.recorded_by),
        selectinload(Approval.evidence),
    )
