"""The example statement, and the documents made of it: once for all tests, as people make them."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from reports.statement import Statement, from_json, to_json
from reports.statement.model import Section
from reports.statement.pack import Pack
from tests import together
from tests.source import ROOT

EXAMPLE = ROOT / "reports" / "statement" / "example.json"


def run(*arguments: str, seed: str = "0", **options) -> subprocess.CompletedProcess:
    """python -m reports in a bare environment."""
    return subprocess.run(
        [sys.executable, "-m", "reports", *arguments],
        env={"PATH": os.defpath, "PYTHONHASHSEED": seed},
        capture_output=True,
        **{"cwd": ROOT, "timeout": 120, **options},
    )


@pytest.fixture(scope="session")
def example() -> Statement:
    """The example, as published."""
    return from_json(EXAMPLE.read_text(encoding="utf-8"))


RICS = (
    ("policies", "2A", "Policies and systems", "ethics"),
    ("monitoring_reporting", "2A", "Monitoring and reporting", "monitoring"),
    ("changes", "2B", "Changes and developments during the period under review", "publication"),
    ("reflections", "2C", "Reflections on progress and plans for future developments", "introduction"),
    ("misconduct_processes", "3A", "Processes for dealing with allegations of misconduct", ""),
    ("investigations", "3B", "Investigations that have been undertaken", "misconduct"),
)


def in_rics(example: Statement) -> tuple[Section, ...]:
    """The example's sections under the template's names, with the words, figures and tables of one of ours."""
    ours = {row.key: row for row in example.sections}
    blank = Section(key="x", number="x", title="x", text="Allegations go to the **confidential liaison**.")
    return tuple(
        ours.get(source, blank).model_copy(update={"key": key, "number": number, "title": title})
        for key, number, title, source in RICS
    )


@pytest.fixture(scope="session")
def variants(example) -> dict[str, Statement]:
    """The example in both layouts, and as a draft with what still stops it."""
    draft = {"state": "draft", "signature": None, "published_on": None, "approval": None, "chain": None}
    blockers = ("Section 3 is not written", "The board has not approved the statement")
    return {
        "government": example,
        "rics": example.model_copy(update={"layout": "rics", "sections": in_rics(example)}),
        "draft": example.model_copy(update={**draft, "blockers": blockers}),
    }


@pytest.fixture(scope="session")
def papers(example) -> Pack:
    """The board pack of the example."""
    day = date(2026, 6, 1)
    return Pack(statement=example, meeting_on=day, submitted_by="A Person", submitted_on=day)


@pytest.fixture(scope="session")
def documents(variants) -> dict[str, Path]:
    """The PDF of each variant."""

    def make(folder: Path) -> None:
        for name, statement in variants.items():
            snapshot = folder / f"{name}.json"
            snapshot.write_text(to_json(statement), encoding="utf-8")
            done = run("statement", str(snapshot), str(folder / f"{name}.pdf"))
            assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), done.stderr

    folder = together.once("documents", make)
    return {name: folder / f"{name}.pdf" for name in variants}
