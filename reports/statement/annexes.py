"""Annexes: organisations and returns, the register, every requirement, what figures count, how to verify."""

from collections import defaultdict
from collections.abc import Iterator

from reports.pages import day, grouped, moment
from reports.statement import since, wording
from reports.statement.blocks import Block, Box, Cell, Heading, Paragraph, Part, Row, Table, cell, coded, line
from reports.statement.model import Figure, ProjectRow, Statement, fingerprint, to_json
from reports.statement.record_tables import SMALL, Numbering

LAST = frozenset({4})
# Values that no record is behind.
NONE = frozenset({"0", "0 of 0", "not provided"})


def annexes(statement: Statement, numbers: Numbering) -> tuple[Part, ...]:
    """All five in their order, and the sixth where somebody chose to print it."""
    last_year = statement.since
    return (
        Part("aA", "A", "Organisations: named leads and returns", tuple(organisations(statement))),
        Part("aB", "B", "Research register", tuple(register(statement))),
        Part("aC", "C", "Every requirement and its standing", tuple(requirements(statement))),
        Part("aD", "D", "Glossary of figures", tuple(glossary(statement))),
        Part(
            "aE",
            "E",
            "How the figures were counted, and how to verify this statement",
            tuple(counting(statement, numbers)),
        ),
        *(
            (Part("aF", "F", "What changed since last year", tuple(since.annex(statement, last_year))),)
            if last_year
            else ()
        ),
    )


def organisations(statement: Statement) -> Iterator[Block]:
    """Annex A: every organisation; a missing return keeps its row."""
    if not statement.returns:
        yield Paragraph(line(f"No organisation below {statement.organisation.name} sends it returns."))
        return
    rows = [
        Row(
            (
                cell(row.organisation),
                named(row.senior_lead),
                named(row.first_contact),
                wording.return_of(row),
                cell(row.projects.text if row.state == "sent" else "not provided"),
            ),
            "missing" if row.state == "missing" else "",
        )
        for row in statement.returns
    ]
    heads = ("Organisation", "Senior lead", "First contact", "Return", "Projects")
    caption = f"Organisations and their returns for {statement.period.key}"
    yield Table(caption, heads, tuple(rows), (34, 16, 16, 18, 16), numeric=LAST, looks=SMALL)


def named(words: str) -> Cell:
    """Whether an organisation named somebody in a role; a vacancy stands out, what is not known does not."""
    return cell(words, "flag" if words == "Vacant" else "")


def by_organisation(statement: Statement) -> list[tuple[str, list[ProjectRow]]]:
    """The register by organisation, in the order of names."""
    found: dict[str, list[ProjectRow]] = defaultdict(list)
    for row in statement.projects:
        found[row.organisation].append(row)
    return sorted(found.items())


def register(statement: Statement) -> Iterator[Block]:
    """Annex B: every project, or beyond the limit a summary by organisation."""
    held = by_organisation(statement)
    if not held:
        yield Paragraph(line("No project in scope was under way in the period."))
    elif len(statement.projects) > statement.annex_limit:
        yield Paragraph(
            line(
                f"The register holds {len(statement.projects):,} projects, too many to list here. All of "
                "them are in projects.csv, which comes with this statement."
            )
        )
        rows = [Row((cell(name), cell(f"{len(rows):,}"))) for name, rows in held]
        rows.append(Row((cell("All organisations"), cell(f"{len(statement.projects):,}")), "total"))
        heads = ("Organisation", "Projects")
        numeric = frozenset({1})
        yield Table("Projects by organisation", heads, tuple(rows), (76, 24), numeric=numeric, looks=SMALL)
    else:
        for name, projects in held:
            yield of_one(name, projects)


def of_one(name: str, projects: list[ProjectRow]) -> Table:
    """The projects of one organisation."""
    rows = [
        Row((coded(row.title, row.reference), cell(row.ethics), cell(row.protocol), cell(row.results)))
        for row in projects
    ]
    heads = ("Project", "Ethics decision", "Protocol", "Results")
    return Table(name, heads, tuple(rows), (40, 20, 20, 20), looks=SMALL)


def requirements(statement: Statement) -> Iterator[Block]:
    """Annex C: every requirement and its standing, by commitment."""
    found = statement.edition
    told = (
        f"The requirements on {found.binds} in the {found.title}, {found.edition} edition, in our words and "
        "not as a quotation."
    )
    if not all(row.wording_verified for row in statement.requirements):
        told += (
            " Rows marked “wording not verified” are good practice drawn from the guidance and the Concordat."
        )
    yield Paragraph(line(told), leads=True)
    for commitment in statement.commitments:
        plural = "s" if " and " in commitment.number else ""
        yield Heading(f"Commitment{plural} {commitment.number}: {commitment.title}")
        rows = [
            Row((cell(wording.requirement(row)), wording.standing(row), cell(wording.note_on(row))))
            for row in statement.requirements
            if row.commitment == commitment.number
        ]
        last = f"; last year {commitment.previous.text}" if commitment.previous else ""
        caption = f"{len(rows)} requirement{'' if len(rows) == 1 else 's'}: {commitment.tally.text}{last}"
        heads = ("Requirement", "Standing", "Note")
        yield Table(caption, heads, tuple(rows), (54, 18, 28), looks=SMALL)


def behind(row: Figure) -> str:
    """How many records a figure is out of; cases are counted and never named, which is not to have none."""
    unnamed = ", as none is named" if not row.references and row.from_records.text not in NONE else ""
    return f"Records: {len(row.references):,}{unnamed}"


def glossary(statement: Statement) -> Iterator[Block]:
    """Annex D: what each figure and each table counts."""
    rows = []
    for place, row in enumerate(statement.figures, start=1):
        coverage = f" {row.coverage.rstrip('.')}." if row.coverage else ""
        last = cell(row.previous.text if row.previous else "none", "past")
        remark = f" {row.remark}" if row.remark else ""
        counted = f"{row.definition}{coverage}{remark} {behind(row)}."
        cells = (cell(f"F{place}"), cell(row.title), cell(counted), cell(row.value.text), last)
        rows.append(Row(cells, anchor=f"f{place}"))
    heads = ("Mark", "Figure", "What is counted", "This year", "Last year")
    if rows:
        yield Table(
            "What each figure counts, and its value", heads, tuple(rows), (7, 20, 51, 11, 11), looks=SMALL
        )
    if statement.notes:
        noted = tuple(Row((cell(row.title), cell(row.definition))) for row in statement.notes)
        yield Table("What each table counts", ("Table", "What is counted"), noted, (30, 70), looks=SMALL)
    told = "The references of the records behind each figure stand in figures.csv and statement.json"
    yield Paragraph(
        line(f"{told}, the decisions behind the table of approvals in decisions.csv."), look="note"
    )


def counting(statement: Statement, numbers: Numbering) -> Iterator[Block]:
    """Annex E: what to know before trusting a figure, and the fingerprint."""
    draft = " They are not frozen: this is a draft." if statement.state == "draft" else ""
    yield numbers.paragraph(f"Figures are as recorded on {moment(statement.as_at)}.{draft}")
    for text in statement.quality:
        yield numbers.paragraph(text)
    if statement.state == "final":
        chain = statement.chain
        trail = f" Audit trail when it was signed: event {chain.seq}, {chain.head[:16]}." if chain else ""
        told = (
            "SHA-256 of statement.json, which comes with this statement. The same number stands on the web "
            f"page.{trail}"
        )
        groups = tuple(grouped(fingerprint(to_json(statement))))
        yield Box("Fingerprint of this statement", (line(told),), groups=groups, look="hash")


def approval(statement: Statement) -> Part:
    """The approval and the signature, set apart."""
    found, by = statement.approval, statement.signature
    lines = [
        line(f"Approved by {found.body} on {day(found.approved_on)}, minute {found.minute}.")
        if found
        else wording.unsaid(statement, "Not yet approved.")[0]
    ]
    if by:
        post = f", {by.post}" if by.post else ""
        lines.append(line(f"Signed by {by.name}{post}, on {day(by.signed_on)}."))
    return Part("approval", "", "", (Box("Approval", tuple(lines), look="approval"),))
