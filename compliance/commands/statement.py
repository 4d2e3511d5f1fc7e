"""flask statement build."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from compliance import frameworks
from compliance.statements import queries
from compliance.statements.gather import gather
from compliance.statements.render import PdfFailed, to_pdf
from reports.statement import Statement, to_docx, to_html, to_json
from reports.statement.document import Unprintable
from reports.statement.files import tables

statement_group = AppGroup("statement", help="Annual statements.")


class Refused(Exception):
    """What was asked cannot be made; the message is one line."""


FILE = click.Path(path_type=Path)


@statement_group.command("build")
@click.option("--organisation", "code", required=True, help="Code of the organisation, for example npcc.")
@click.option("--period", "key", required=True, help="Key of the reporting period, for example 2025-26.")
@click.option("--layout", help="government or rics; without it the layout of the statement.")
@click.option("--output", "pdf", type=FILE, help="Write the PDF here.")
@click.option("--html", type=FILE, help="Write the web page here.")
@click.option("--json", type=FILE, help="Write the data here.")
@click.option("--docx", type=FILE, help="Write the copy for word processors here.")
@click.option("--csv", type=FILE, help="Write the tables into this folder.")
def build(code: str, key: str, layout: str | None, **targets: Path | None) -> None:
    """Build a draft from the records as they stand now: as PDF, page, data, word-processor copy, tables.

    The data is what `python -m reports statement` reads. Exit 2, with one line, when it cannot be made.
    """
    try:
        made = documents(code, key, layout, {kind: path for kind, path in targets.items() if path})
        for path, content in made:
            write_whole(path, content)
    except (Refused, queries.NotThere, frameworks.Unknown, PdfFailed, Unprintable) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    for path, _content in made:
        click.echo(f"{path}: a draft from the records as they stand now")


def documents(
    code: str, key: str, layout: str | None, targets: Mapping[str, Path]
) -> list[tuple[Path, bytes]]:
    """Everything that was asked for, made before anything is written; raises Refused and its kin."""
    if not targets:
        raise Refused("Say what to write: --output FILE.pdf, --html, --json or --docx FILE, --csv FOLDER")
    draft = queries.draft_for(code, key, layout)
    statement = gather(draft, site=current_app.config["SERVICE_URL"]).statement
    return [one for kind, path in targets.items() for one in of_kind(kind, path, statement)]


def of_kind(kind: str, path: Path, statement: Statement) -> list[tuple[Path, bytes]]:
    """The files of one kind; raises Unprintable or PdfFailed."""
    match kind:
        case "pdf":
            folder = current_app.config["INSTANCE_DIR"]
            return [(path, to_pdf(to_json(statement), folder, patient=True))]
        case "html":
            return [(path, to_html(statement).encode())]
        case "docx":
            return [(path, to_docx(statement))]
        case "csv":
            return [(path / name, text.encode()) for name, text in tables(statement).items()]
        case _:
            return [(path, to_json(statement).encode())]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file at once or not at all; raises Refused."""
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        if path.suffix == ".csv":
            path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Refused(f"{path}: {error.strerror}") from error
