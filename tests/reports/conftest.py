"""The example statement, and the documents made of it: once for all tests, as people make them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports.statement import Statement, from_json, to_json
from tests.source import ROOT

EXAMPLE = ROOT / "reports" / "statement" / "example.json"


def run(*arguments: str, seed: str = "0", **options) -> subprocess.CompletedProcess:
    """python -m reports in a bare environment."""
    return subprocess.run(
        [sys.executable, "-m", "reports", *arguments],
        env={"PATH": os.defpath, "PYTHONHASHSEED": seed},
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        **options,
    )


@pytest.fixture(scope="session")
def example() -> Statement:
    """The example, as published."""
    return from_json(EXAMPLE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def variants(example) -> dict[str, Statement]:
    """The example in both layouts, and as a draft with what still stops it."""
    draft = {"state": "draft", "signature": None, "published_on": None, "approval": None, "chain": None}
    blockers = ("Section 3 is not written", "The board has not approved the statement")
    return {
        "government": example,
        "rics": example.model_copy(update={"layout": "rics"}),
        "draft": example.model_copy(update={**draft, "blockers": blockers}),
    }


@pytest.fixture(scope="session")
def documents(variants, tmp_path_factory) -> dict[str, Path]:
    """The PDF of each variant."""
    folder, made = tmp_path_factory.mktemp("documents"), {}
    for name, statement in variants.items():
        snapshot, made[name] = folder / f"{name}.json", folder / f"{name}.pdf"
        snapshot.write_text(to_json(statement), encoding="utf-8")
        done = run("statement", str(snapshot), str(made[name]))
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), done.stderr
    return made
