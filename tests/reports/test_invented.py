"""What rests on invented records says so on every page of paper, and nothing else does."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.reports.conftest import EXAMPLE, run

MARK = "Invented for demonstration"


def pages_of(path: Path) -> list[str]:
    """The text of each page."""
    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return told.split("\f")[:-1]


@pytest.mark.parametrize("name", ["government", "rics", "draft"])
def test_every_page_says_that_its_content_is_invented(documents, name):
    pages = pages_of(documents[name])
    assert len(pages) > 3
    assert [number for number, text in enumerate(pages, 1) if MARK not in text] == []


def test_a_statement_of_real_records_says_nothing_of_it(tmp_path):
    data = {**json.loads(EXAMPLE.read_text()), "notice": None}
    (tmp_path / "real.json").write_text(json.dumps(data))
    assert run("statement", str(tmp_path / "real.json"), str(tmp_path / "real.pdf")).returncode == 0
    assert not any(MARK in text for text in pages_of(tmp_path / "real.pdf"))
