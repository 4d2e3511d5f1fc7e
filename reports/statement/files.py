"""What rides along inside the PDF: the data of the statement, in forms a machine can read."""

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from reports.sheets import as_csv
from reports.statement.model import ApprovalsByBody, DecisionRow, ProjectRow, Statement, to_json

# As published; a test holds it against the model, from which it takes a while to make.
SCHEMA = Path(__file__).parent / "schema.json"


Rows = ApprovalsByBody | DecisionRow | ProjectRow


def table(kind: type[Rows], rows: Iterable[Rows]) -> str:
    """Rows of the data as CSV under the names of their fields; an empty cell for what a row does not say."""
    columns = tuple(field.name for field in fields(kind))
    return as_csv(columns, map(attrgetter(*columns), rows))


def projects_csv(statement: Statement) -> str:
    """The register."""
    return table(ProjectRow, statement.projects)


def approvals_csv(statement: Statement) -> str:
    """Decisions by body and outcome."""
    return table(ApprovalsByBody, statement.approvals)


def decisions_csv(statement: Statement) -> str:
    """Every decision behind the table of approvals."""
    return table(DecisionRow, statement.decisions)


def misconduct_csv(statement: Statement) -> str:
    """Table 3B as printed: a number, "not provided" or "withheld" in every cell."""
    cases = statement.misconduct
    heads = ("key", "type", "reported", "formal", "upheld_part", "upheld_full")
    rows = (
        (row.key, row.label, row.reported.text, row.formal.text, row.upheld_part.text, row.upheld_full.text)
        for row in (*cases.local_rows, *cases.rows, cases.total)
    )
    return as_csv(heads, rows)


FIGURES = (
    *("key", "title", "value", "previous", "definition", "coverage", "as_at", "counted", "records"),
    *("from_records", "override"),
)


def figures_csv(statement: Statement) -> str:
    """Every figure: value, last year's, definition, coverage and the records behind it."""
    rows = (
        (
            row.key,
            row.title,
            row.value.text,
            row.previous.text if row.previous else "no previous year",
            row.definition,
            row.coverage,
            statement.as_at.isoformat(),
            " ".join(row.counted),
            " ".join(row.references),
            row.from_records.text,
            row.override.reason if row.override else "",
        )
        for row in statement.figures
    )
    return as_csv(FIGURES, rows)


TABLES = {
    "figures.csv": ("Figures with definitions and records", figures_csv),
    "misconduct.csv": ("Table 3B: allegations of research misconduct", misconduct_csv),
    "projects.csv": ("Register of projects", projects_csv),
    "approvals.csv": ("Decisions by body and outcome", approvals_csv),
    "decisions.csv": ("Every decision behind the table of approvals", decisions_csv),
}


def tables(statement: Statement) -> dict[str, str]:
    """Every CSV of a statement, by its name."""
    return {name: make(statement) for name, (_, make) in TABLES.items()}


def attachments(statement: Statement) -> list[tuple[str, str, str]]:
    """(name, description, content) of each file, in the order in which they are attached."""
    return [
        ("statement.json", "The whole statement as data", to_json(statement)),
        ("statement.schema.json", "What the data means", SCHEMA.read_text("utf-8")),
        *((name, told, make(statement)) for name, (told, make) in TABLES.items()),
    ]
