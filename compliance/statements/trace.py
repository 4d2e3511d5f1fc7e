"""A figure followed to its records: those not counted first, then those counted."""

from collections.abc import Callable
from typing import NamedTuple

from reports import sheets
from reports.statement.model import (
    Figure,
    ProjectRow,
    RequirementStanding,
    ReturnRow,
    Section,
    Statement,
)

LONGEST = 200


class Traced(NamedTuple):
    """One record behind a figure: what it is, where to see it, and what decided about it."""

    reference: str
    title: str
    kind: str
    organisation: str
    words: str
    counted: bool


class Trace(NamedTuple):
    """A figure with where it is printed and the records behind it."""

    figure: Figure
    document: Statement
    sections: tuple[Section, ...]
    left_out: tuple[Traced, ...]
    counted: tuple[Traced, ...]

    @property
    def everything(self) -> tuple[Traced, ...]:
        """Every record, those not counted first."""
        return (*self.left_out, *self.counted)


def of(document: Statement, key: str) -> Trace | None:
    """A figure of a statement with its records, or None when the statement has no such figure."""
    try:
        figure = document.figure(key)
    except KeyError:
        return None
    describe = described(document, key)
    counted = set(figure.counted)
    left_out = [reference for reference in figure.references if reference not in counted]
    return Trace(
        figure=figure,
        document=document,
        sections=tuple(row for row in document.sections if key in row.figures),
        left_out=tuple(describe(reference)._replace(counted=False) for reference in left_out),
        counted=tuple(describe(reference) for reference in figure.counted),
    )


def described(document: Statement, key: str) -> Callable[[str], Traced]:
    """A function from a reference to what the document says about that record."""
    known = {
        **{row.reference: of_project(row, key) for row in document.projects},
        **{row.code: of_requirement(row) for row in document.requirements},
        **{row.code: of_organisation(row, key) for row in document.returns},
    }

    def describe(reference: str) -> Traced:
        if reference in known:
            return known[reference]
        if reference.startswith("APR-"):
            return Traced(reference, reference, "approval", "", "", counted=True)
        return Traced(reference, document.organisation.name, "organisation", "", "", counted=True)

    return describe


def of_project(row: ProjectRow, key: str) -> Traced:
    """A project, with what decided about it in this figure."""
    by_figure = {
        "protocols_in_advance": row.protocol,
        "results_published": row.results,
        "ai_principles_rated": "",
    }
    words = by_figure.get(key, row.ethics)
    return Traced(row.reference, row.title, "project", row.organisation, words, counted=True)


def of_requirement(row: RequirementStanding) -> Traced:
    """A requirement, with its standing."""
    standing = row.standing.replace("_", " ").capitalize()
    return Traced(row.code, row.title, "requirement", "", standing, counted=True)


def of_organisation(row: ReturnRow, key: str) -> Traced:
    """An organisation, with its return or its named leads."""
    words = f"Senior lead: {row.senior_lead.lower()}; first contact: {row.first_contact.lower()}"
    if key == "returns_received":
        words = "Sent" if row.state == "sent" else "Not received"
    return Traced(row.code, row.organisation, "organisation", "", words, counted=True)


def as_csv(trace: Trace) -> str:
    """The records of a figure, a line each."""
    return sheets.as_csv(
        ("reference", "title", "organisation", "what decided", "counted"),
        (
            (row.reference, row.title, row.organisation, row.words, "yes" if row.counted else "no")
            for row in trace.everything
        ),
    )
