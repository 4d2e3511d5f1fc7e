"""What a document takes from the records alone, whatever words it has; a page keeps it by itself."""

from dataclasses import dataclass

from compliance import frameworks
from compliance.expected.queries import wordings
from compliance.reads import apart
from compliance.statements import annexes, figures, standing
from compliance.statements.basis import Basis
from compliance.statements.before import Before, before_of, year_before
from compliance.statements.records import Records, read_years
from reports.statement import model


@dataclass(frozen=True)
class Counted:
    """The records, the year before, and the parts of the document that follow from them."""

    records: Records
    before: Before
    figures: tuple[model.Figure, ...]
    commitments: tuple[model.Commitment, ...]
    requirements: tuple[model.RequirementStanding, ...]
    approvals: tuple[model.ApprovalsByBody, ...]
    returns: tuple[model.ReturnRow, ...]
    projects: tuple[model.ProjectRow, ...]
    decisions: tuple[model.DecisionRow, ...]


def counted_of(basis: Basis, site: str) -> Counted:
    """All of it, as the records stand."""
    last, signed = apart(year_before, basis.organisation_id, basis.year)
    # Of the year before the records count where no statement was signed for it.
    years = (basis.year, last) if last and signed is None else (basis.year,)
    read = read_years(basis, years)
    records, framework = read[basis.year.id], frameworks.get(basis.framework)
    before = before_of(basis, last, signed, read.get(last.id) if last else None, site=site)
    return Counted(
        records=records,
        before=before,
        figures=figures.figures_of(records, before.figures),
        commitments=standing.commitments_of(records.judged, framework, before.tallies),
        requirements=standing.requirements_of(records.judged, framework, apart(wordings)),
        approvals=annexes.approvals_of(records),
        returns=annexes.returns_of(records),
        projects=annexes.projects_of(records),
        decisions=annexes.decisions_of(records),
    )
