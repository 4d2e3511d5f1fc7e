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


# A file, one code in it, and what another code makes of it; test_every_code.py alters every one there is.
ALTERED = [
    ("concordat-2019", "code: C1-R1\n", "code: C1-R11\n", "code C1-R1 has vanished"),
    ("concordat-2019", "code: C5-E2e\n", "code: C5-E2f\n", "code C5-E2e has vanished"),
    ("concordat-2025", "code: 25-C5-F3\n", "code: 25-C5-F4\n", "code 25-C5-F3 has vanished"),
    ("government-guidance", "code: GOV-T4\n", "code: GOV-T44\n", "code GOV-T4 has vanished"),
    ("crosswalk-2019-2025", "old: C1-R1, new: 25-C12-R1", "old: C1-R1, new: 25-C12-R3", "pair C1-R1 → 25-C12-R1 has vanished"),
    ("crosswalk-government-2019", "old: GOV-G2, new", "old: GOV-G22, new", "GOV-G22"),
    ("crosswalk-government-2025", "old: GOV-G2, new", "old: GOV-G5, new", "GOV-G2"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "there", "instead", "said"), ALTERED)
def test_a_copy_with_one_code_altered_fails_naming_file_and_code(check, tmp_path, stem, there, instead, said):
    folder = shutil.copytree(DATA, tmp_path / "data")
    file = folder / f"{stem}.yaml"
    text = file.read_text(encoding="utf-8")
    assert there in text
    file.write_text(text.replace(there, instead, 1), encoding="utf-8")
    result = check("--data", str(folder))
    assert result.exit_code == 1
    assert f"{stem}.yaml" in result.output
    assert said in result.output


def test_a_copy_that_is_unaltered_passes(check, tmp_path):
    assert check("--data", str(shutil.copytree(DATA, tmp_path / "data"))).exit_code == 0


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
