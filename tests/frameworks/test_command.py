"""flask frameworks check."""

import shutil

import pytest

from compliance import audit
from compliance.db import db, transaction
from compliance.frameworks.loader import DATA
from compliance.models import Check
from compliance.terms import Role


@pytest.fixture
def check(app):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["frameworks", "check", *arguments])

    return run


def test_it_prints_editions_dates_counts_and_pairs(check):
    result = check()
    assert result.exit_code == 0, result.output
    for words in (
        "concordat-2019: Concordat to Support Research Integrity, 2019",
        "in force from 2019-10-25 until 2026-03-31",
        "61 requirements, and 5 parts of one",
        "bind 11 research community, 28 employers, 22 funders",
        "bind 13 research community, 19 employers, 18 funders",
        "in force from 2026-04-01, no end known",
        "bind 61 government bodies",
        "by heading GOV-G 12, GOV-T 6, GOV-E 6, GOV-P 5, GOV-R 9, GOV-M 8, GOV-N 3, GOV-A 12",
        "wording not verified: 61",
        "concordat-2019 → concordat-2025: 66 pairs",
        "4 of concordat-2019 without a counterpart",
        "7 of concordat-2025 without a counterpart",
        "government-guidance → concordat-2025: 55 pairs",
        "Stored answers point at 0 requirements",
    ):
        assert words in result.output


def test_a_copy_with_one_code_altered_fails_naming_file_and_code(check, tmp_path):
    folder = shutil.copytree(DATA, tmp_path / "data")
    assert check("--data", str(folder)).exit_code == 0
    file = folder / "government-guidance.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("GOV-T4\n", "GOV-T44\n"), encoding="utf-8")
    result = check("--data", str(folder))
    assert result.exit_code == 1
    assert "government-guidance.yaml: code GOV-T4 has vanished" in result.output


def test_a_stored_answer_to_a_code_that_is_gone_fails_naming_it(check, make):
    force = make.organisation("northmoor")
    project = make.project(force, make.user(Role.RESEARCH_LEAD, force))
    assert "Stored answers point at 13 requirements, all of them there" in check().output
    with transaction():
        audit.record("test.made", subject="test", by=None)
        db.session.get(Check, make.check(project, "25-C12-R3").id).requirement_code = "25-C12-R33"
    result = check()
    assert result.exit_code == 1
    assert "check: concordat-2025 25-C12-R33" in result.output
