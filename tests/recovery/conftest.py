"""Records of many kinds and where their evidence is kept."""

from pathlib import Path

import pytest

from compliance.storage.store import Folder
from compliance.storage.store import store as evidence_store
from tests.routes import World


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Where evidence is kept."""
    monkeypatch.setattr(evidence_store, "inner", Folder(tmp_path / "evidence"))
    return tmp_path / "evidence"


@pytest.fixture
def world(make, folder):
    """Records of many kinds and a file of evidence."""
    made = World(make)
    make.evidence(make.check(made.project), made.owner, content=b"%PDF-1.7\nthe letter")
    assert made.changing
    assert made.covenant
    return made
