"""A copy of everything as it stood at one moment, and an empty instance filled from it."""

import hashlib
import io
import json
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, Table, select

from compliance import audit
from compliance.config import ROOT
from compliance.db import schema_of
from compliance.derived.finding import rebuild
from compliance.models import Evidence
from compliance.recovery.archive import FORMAT, MANIFEST, Writing, checked, members, writing
from compliance.recovery.rows import count_on, lines, put, tables
from compliance.storage.store import Missing, NotKept, Store

ROWS, FILES = "rows", "evidence"


class Unfit(Exception):
    """A whole archive that this version cannot take; the message says in one line what to do."""


def version() -> str:
    """The version of the application."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['name']} {project['version']}"


@contextmanager
def moment(engine: Engine) -> Iterator[Connection]:
    """A connection that goes on reading what stood there at its first read, whatever others write."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


def write_copy(engine: Engine, store: Store, file: BinaryIO, at: datetime) -> dict[str, Any]:
    """Write everything into a file while the service is used; the manifest.

    All rows are read in one transaction that sees one moment. Files of evidence are kept before the row that
    names them and never deleted, so those of that moment are still there afterwards.
    """
    with writing(file) as archive:
        manifest: dict[str, Any] = {"format": FORMAT, "application": version(), "made_at": at.isoformat()}
        with moment(engine) as connection:
            manifest["schema"] = schema_of(connection)
            manifest["audit_seq"], manifest["audit_head"] = audit.head(connection)
            manifest["rows"] = {one.name: add_rows(archive, connection, one) for one in tables()}
            names = sorted(filter(None, connection.scalars(select(Evidence.sha256).distinct())))
        manifest["evidence"], manifest["missing"] = add_files(archive, store, names)
        manifest["members"] = archive.members
        archive.put(MANIFEST, io.BytesIO(json.dumps(manifest, indent=1).encode()))
    return manifest


def add_rows(archive: Writing, connection: Connection, of: Table) -> int:
    """Add the rows of a table; how many there were."""
    number = 0
    with tempfile.TemporaryFile() as part:
        for line in lines(connection, of):
            part.write(line)
            number += 1
        archive.add(f"{ROWS}/{of.name}", part)
    return number


def add_files(archive: Writing, store: Store, names: Iterable[str]) -> tuple[int, list[str]]:
    """Add these files of evidence; how many there were, and which the store does not hold as they were."""
    number, missing = 0, []
    for name in names:
        content = content_of(store, name)
        if content is None:
            missing.append(name)
        else:
            archive.add(f"{FILES}/{name}", io.BytesIO(content))
            number += 1
    return number, missing


def content_of(store: Store, sha256: str) -> bytes | None:
    """A file of evidence; None when the store does not hold it, or holds something else in its place."""
    try:
        with store.open(sha256) as opened:
            content = opened.read()
    except Missing:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def fitting(file: BinaryIO, schema: str) -> dict[str, Any]:
    """The manifest of a whole archive that fits this migration; raises Damaged or Unfit."""
    manifest = checked(file)
    if manifest["schema"] != schema or manifest["rows"].keys() != {one.name for one in tables()}:
        raise Unfit(
            f"It was made by {manifest['application']} at schema {manifest['schema']}, and this is "
            f"{version()} at schema {schema}: restore it with that version, then upgrade"
        )
    return manifest


def read_copy(connection: Connection, store: Store, file: BinaryIO) -> None:
    """Put everything of a checked archive into an empty database and into the store.

    Raises NotKept when the store does not take a file or gives back another; nothing of the rows stays then.
    """
    known = {f"{ROWS}/{one.name}": one for one in tables()}
    for name, content in members(file):
        if name in known:
            put(connection, known[name], content)
        elif name != MANIFEST:
            sha256 = store.keep(content.read())
            if content_of(store, sha256) is None:
                raise NotKept(sha256)
    count_on(connection)
    rebuild(connection)
