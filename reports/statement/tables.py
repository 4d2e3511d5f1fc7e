"""The tables of a statement as plain text: caption, heads, rows."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from reports.pages import day
from reports.statement import page
from reports.statement.model import Statement


class Table(NamedTuple):
    """A table in words."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def promises_of(statement: Statement) -> Table:
    """What was promised last year."""
    heads = ("Requirement", "Promised, by whom, by when", "Outcome", "What became of it")
    return Table(
        "What was promised last year, and what became of it",
        heads,
        [
            (f"{row.title} ({row.code})", page.promised(row), page.PROMISES[row.state], page.became(row))
            for row in statement.promises
        ],
    )


def approvals_of(statement: Statement) -> Table:
    """Decisions by body and outcome."""
    heads = ("Body", "Favourable", "With conditions", "Provisional", "Unfavourable", "Advice", "Other")
    rows = [tuple(str(value) for value in row.model_dump().values()) for row in statement.approvals]
    return Table("Approvals by body and outcome", heads, rows)


def misconduct_of(statement: Statement) -> Table:
    """Table 3B."""
    cases = statement.misconduct
    heads = ("Type of allegation", "Reported", "Formal investigations", "Upheld in part", "Upheld in full")
    rows = [
        (row.label, row.reported.text, row.formal.text, row.upheld_part.text, row.upheld_full.text)
        for row in (*cases.local_rows, *cases.rows, cases.total)
    ]
    return Table("Allegations of research misconduct", heads, rows)


def shortfalls_of(statement: Statement) -> Table:
    """What is not met, and what will be done."""
    rows = []
    for row in statement.requirements:
        if row.standing in ("not_met", "partly_met"):
            due = day(row.fix_due_on) if row.fix_due_on else ""
            remedy = ", ".join(text for text in (row.fix, row.fix_owner, due) if text)
            standing = page.STANDINGS[row.standing][1]
            missing = row.note or "not provided"
            rows.append((f"{row.title} ({row.code})", standing, missing, remedy or "No remedy recorded"))
    heads = ("Requirement", "Standing", "What is missing", "Remedy, owner, date")
    return Table("What is not met, and what will be done", heads, rows)


# The tables that a section may ask for, by name.
TABLES = {
    "promises": promises_of,
    "approvals": approvals_of,
    "misconduct": misconduct_of,
    "standing": shortfalls_of,
}


def returns_of(statement: Statement) -> Table:
    """Annex A: every organisation; a missing return keeps its row."""
    states = {"missing": "Not received", "not_due": "None asked for"}
    heads = ("Organisation", "Senior lead", "First contact", "Return", "Projects")
    rows = []
    for row in statement.returns:
        sent = day(row.sent_on) if row.state == "sent" and row.sent_on else states[row.state]
        projects = row.projects.text if row.state == "sent" else "not provided"
        rows.append((row.organisation, row.senior_lead, row.first_contact, sent, projects))
    return Table("Organisations and their returns", heads, rows)


def register_of(statement: Statement) -> Table:
    """Annex B: every project, or beyond the limit a summary by organisation."""
    if len(statement.projects) > statement.annex_limit:
        counted = Counter(row.organisation for row in statement.projects)
        summary = [(name, f"{number:,}") for name, number in sorted(counted.items())]
        return Table(
            "Projects by organisation; all of them are in projects.csv", ("Organisation", "Projects"), summary
        )
    heads = ("Project", "Organisation", "Ethics decision", "Protocol", "Results")
    rows = [
        (f"{row.title} ({row.reference})", row.organisation, row.ethics, row.protocol, row.results)
        for row in statement.projects
    ]
    return Table("Projects in scope under way in the period", heads, rows)


def requirements_of(statement: Statement) -> Table:
    """Annex C: every requirement and its standing."""
    rows = []
    for row in statement.requirements:
        doubt = "" if row.wording_verified else " Wording not verified."
        note = "Carried forward from last year, not confirmed" if row.carried_forward else row.note or "none"
        standing = page.STANDINGS[row.standing][1]
        rows.append((f"{row.text} ({row.code}, {row.source_ref}){doubt}", standing, note))
    return Table("In our words, not a quotation", ("Requirement", "Standing", "Note"), rows)


def glossary_of(statement: Statement) -> Table:
    """Annex D: what each figure counts."""
    rows = []
    for row in statement.figures:
        last = row.previous.text if row.previous else "none"
        counts = f"{row.definition} {row.coverage}".strip()
        rows.append((f"{statement.mark(row.key)} {row.title}", counts, row.value.text, last))
    heads = ("Figure", "What is counted", "This year", "Last year")
    return Table("What each figure counts, and its value", heads, rows)


ANNEXES = {
    "Annex A: organisations and returns": returns_of,
    "Annex B: research register": register_of,
    "Annex C: every requirement and its standing": requirements_of,
    "Annex D: glossary of figures": glossary_of,
}
