"""flask statement build."""

import os
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from compliance import frameworks
from compliance.statements import queries
from compliance.statements.gather import gather
from compliance.statements.render import PdfFailed, to_pdf
from reports.statement import to_html, to_json

statement_group = AppGroup("statement", help="Annual statements.")


class Refused(Exception):
    """What was asked cannot be made; the message is one line."""


@statement_group.command("build")
@click.option("--organisation", "code", required=True, help="Code of the organisation, for example npcc.")
@click.option("--period", "key", required=True, help="Key of the reporting period, for example 2025-26.")
@click.option("--layout", help="government or rics; without it the layout of the statement.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the PDF here.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Write the web page here.")
@click.option("--json", "data", type=click.Path(path_type=Path), help="Write the data here.")
def build(
    code: str, key: str, layout: str | None, output: Path | None, page: Path | None, data: Path | None
) -> None:
    """Build a draft from the records as they stand now: as PDF, as a web page, as data.

    The data is what `python -m reports statement` reads. Exit 2, with one line, when it cannot be made.
    """
    try:
        made = documents(code, key, layout, output, page, data)
        for path, content in made:
            write_whole(path, content)
    except (Refused, queries.NotThere, frameworks.Unknown, PdfFailed) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    for path, _content in made:
        click.echo(f"{path}: a draft from the records as they stand now")


def documents(
    code: str, key: str, layout: str | None, output: Path | None, page: Path | None, data: Path | None
) -> list[tuple[Path, bytes]]:
    """Everything that was asked for, made before anything is written; raises Refused and its kin."""
    if not (output or page or data):
        raise Refused("Say what to write: --output FILE.pdf, --html FILE or --json FILE")
    draft = queries.draft_for(code, key, layout)
    statement = gather(draft, site=current_app.config["SERVICE_URL"]).statement
    snapshot = to_json(statement)
    made = [(data, snapshot.encode())] if data else []
    if page:
        made.append((page, to_html(statement).encode()))
    if output:
        made.append((output, to_pdf(snapshot, current_app.config["INSTANCE_DIR"], patient=True)))
    return made


def write_whole(path: Path, content: bytes) -> None:
    """Write a file at once or not at all; raises Refused."""
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Refused(f"{path}: {error.strerror}") from error
