"""What a statement is made for: whose, for which period, in which layout, with which words."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from compliance import frameworks
from compliance.assessments.queries import FRAMEWORK
from compliance.db import db
from compliance.frameworks.schema import Framework, Layout
from compliance.models import (
    Assessment,
    BoardApproval,
    Organisation,
    ReportingPeriod,
    Statement,
)
from compliance.rules.periods import Period
from compliance.statements.basis import Basis, basis_of
from compliance.statements.discussion import Said, signatories_of
from compliance.statements.numbers import Decided, threshold_of
from compliance.statements.written import Written


@dataclass(frozen=True)
class Draft:
    """Everything that people decided; what is counted comes from the records."""

    reference: str
    organisation: Organisation
    period: ReportingPeriod
    layout: Layout
    framework: Framework
    written: Written
    replaces: str | None = None
    replaced_id: int | None = None
    # False where it is only looked at in the layout that it is not written in.
    own_layout: bool = True
    year_annex: bool = False

    @property
    def approval(self) -> BoardApproval | None:
        """The board's latest approval."""
        return self.written.approval

    @property
    def texts(self) -> dict[str, str]:
        """The newest words by section."""
        return {row.section: row.text for row in self.written.words}

    @property
    def span(self) -> Period:
        """The period as the rules see it."""
        return self.basis.year.span

    @property
    def basis(self) -> Basis:
        """What is counted for it."""
        return basis_of(self.organisation, self.period, self.framework.key)


def draft_of(statement: Statement, written: Written, layout: str | None = None) -> Draft:
    """A statement with what was written about it, in its own layout or in another.

    Raises frameworks.Unknown for a layout that does not exist.
    """
    return Draft(
        reference=statement.reference,
        organisation=statement.organisation,
        period=statement.period,
        layout=frameworks.layout(layout or statement.layout),
        framework=frameworks.get(statement.framework),
        written=written,
        replaces=statement.replacement_reason,
        replaced_id=statement.replaces_id,
        own_layout=layout in (None, statement.layout),
        year_annex=statement.year_annex,
    )


def version_of(statement: Statement) -> int:
    """Which version this is of the organisation's statement for the period: 1, or 2 for a replacement."""
    earlier = db.session.scalar(
        select(func.count()).where(
            Statement.organisation_id == statement.organisation_id,
            Statement.period_id == statement.period_id,
            Statement.id < statement.id,
        )
    )
    return (earlier or 0) + 1


def draft_from_records(organisation: Organisation, period: ReportingPeriod, layout: str) -> Draft:
    """What the records alone give when nobody has begun a statement; raises frameworks.Unknown."""
    return Draft(
        reference="Not begun",
        organisation=organisation,
        period=period,
        layout=frameworks.layout(layout),
        framework=frameworks.get(edition_for(organisation.id, period)),
        written=Written(
            said=Said(signatories=signatories_of(organisation.id)),
            decided=Decided(below=threshold_of(organisation.id)),
        ),
    )


def edition_for(organisation_id: int, period: ReportingPeriod) -> str:
    """The key of the edition to measure against: the one the organisation was assessed against.

    Where nothing was assessed yet, the one against which it will be.
    """
    used: str | None = db.session.scalars(
        select(Assessment.framework)
        .where(Assessment.organisation_id == organisation_id, Assessment.period_id == period.id)
        .group_by(Assessment.framework)
        .order_by(func.count().desc(), Assessment.framework.desc())
        .limit(1)
    ).first()
    return used or FRAMEWORK


def not_in_force(framework: Framework, ends_on: date) -> str:
    """A sentence when the edition was not in force on the last day of a period; else empty."""
    if framework.in_force_from <= ends_on:
        return ""
    begins = f"{framework.in_force_from.day} {framework.in_force_from:%B %Y}"
    return f"In force from {begins}, after the period ended: used to look back, not binding then"
