"""What rides along inside the PDF: the data of the statement, in forms a machine can read."""

import csv
import io

from reports.statement.model import Statement, schema, to_json


def table(rows: list[dict[str, object]]) -> str:
    """Rows as CSV with a heading line; empty when there are none."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: defused(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def defused(value: object) -> object:
    """Text that a spreadsheet would run as a formula, made harmless."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def projects_csv(statement: Statement) -> str:
    """The register."""
    return table([row.model_dump(mode="json") for row in statement.projects])


def approvals_csv(statement: Statement) -> str:
    """Decisions by body and outcome."""
    return table([row.model_dump(mode="json") for row in statement.approvals])


def misconduct_csv(statement: Statement) -> str:
    """Table 3B as printed: a number, "not provided" or "withheld" in every cell."""
    cases = statement.misconduct
    return table(
        [
            {
                "key": row.key,
                "type": row.label,
                "reported": row.reported.text,
                "formal": row.formal.text,
                "upheld_part": row.upheld_part.text,
                "upheld_full": row.upheld_full.text,
            }
            for row in (*cases.local_rows, *cases.rows, cases.total)
        ]
    )


def figures_csv(statement: Statement) -> str:
    """Every figure: value, last year's, definition, coverage and the records behind it."""
    return table(
        [
            {
                "key": row.key,
                "title": row.title,
                "value": row.value.text,
                "previous": row.previous.text if row.previous else "no previous year",
                "definition": row.definition,
                "coverage": row.coverage,
                "as_at": statement.as_at.isoformat(),
                "counted": " ".join(row.counted),
                "records": " ".join(row.references),
            }
            for row in statement.figures
        ]
    )


def attachments(statement: Statement) -> list[tuple[str, str, str]]:
    """(name, description, content) of each file, in the order in which they are attached."""
    found = [
        ("statement.json", "The whole statement as data", to_json(statement)),
        ("statement.schema.json", "What the data means", schema()),
        ("figures.csv", "Figures with definitions and records", figures_csv(statement)),
        ("misconduct.csv", "Table 3B: allegations of research misconduct", misconduct_csv(statement)),
        ("projects.csv", "Register of projects", projects_csv(statement)),
        ("approvals.csv", "Decisions by body and outcome", approvals_csv(statement)),
    ]
    return [entry for entry in found if entry[2]]
