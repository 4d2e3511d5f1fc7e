"""flask backup, flask restore."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, cast

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy.exc import SQLAlchemyError

from compliance import audit, clock
from compliance.db import db, newest_schema, transaction
from compliance.demo.load import NotEmpty, refuse_unless_empty
from compliance.recovery.archive import Damaged
from compliance.recovery.copies import Unfit, fitting, read_copy, write_copy
from compliance.storage.store import NotKept, store


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write database, evidence and statements into one new file, while the service is used."""
    if file.exists():
        raise click.ClickException(f"{file} exists: choose a new name")
    half = None
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as opened:
            half = Path(opened.name)
            manifest = write_copy(db.engine, store, cast("BinaryIO", opened), clock.now())
            opened.flush()
            os.fsync(opened.fileno())
        half.replace(file)
    except OSError as error:
        raise click.ClickException(f"Nothing was written: {error}") from error
    finally:
        if half is not None:
            half.unlink(missing_ok=True)
    with file.open("rb") as whole:
        sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
    click.echo(f"{told(manifest)}, SHA-256 of the file {sha256}")
    for one in manifest["missing"]:
        click.echo(f"The store of evidence does not hold {one} as it was", err=True)
    if manifest["missing"]:
        raise click.ClickException("The copy is whole but for the files named above")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Fill an empty instance from such a file, all of it or nothing; one that is damaged is refused first."""
    try:
        with file.open("rb") as opened:
            manifest = fitting(opened, newest_schema())
            refuse_unless_empty()
            upgrade()
            with transaction():
                read_copy(db.session.connection(), store, opened)
    except (Damaged, Unfit) as error:
        raise click.ClickException(f"{file} was not restored. {error}") from error
    except NotEmpty as error:
        raise click.ClickException(str(error)) from error
    except NotKept as error:
        raise click.ClickException("Nothing was restored: the store did not keep the evidence") from error
    except SQLAlchemyError as error:
        raise click.ClickException(f"Nothing was restored: the database refused it ({error})") from error
    click.echo(told(manifest))
    count, broken = audit.verify()
    if broken:
        raise click.ClickException(f"Restored, but the chain breaks at event {broken.seq}: {broken.what}")
    click.echo(f"{count} audit events, the chain holds")


def told(manifest: dict[str, Any]) -> str:
    """What a copy holds, in one line."""
    rows = sum(manifest["rows"].values())
    return (
        f"{rows} rows in {len(manifest['rows'])} tables, {manifest['evidence']} files of evidence, "
        f"{manifest['rows']['sign_off']} signed statements, head of the trail {manifest['audit_seq']} "
        f"{manifest['audit_head']}, schema {manifest['schema']}, by {manifest['application']}"
    )
