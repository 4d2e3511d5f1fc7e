"""SECURITY.md names no test that is not there, and leaves out no chapter of the standard that it answers."""

import re

from compliance.config import ROOT
from tests.map import rows, section

TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
TABLE = rows(section("OWASP ASVS 5.0, level 2, by requirement group", TEXT))
CHAPTERS = 17


def lost(text: str) -> set[str]:
    """Files that the page names and nobody has."""
    return {
        path for path in re.findall(r"`((?:tests|compliance)/[^`]+)`", text) if not (ROOT / path).exists()
    }


def test_every_file_that_the_page_names_is_there():
    assert lost(TEXT) == set()
    assert lost("`tests/test_nothing.py`") == {"tests/test_nothing.py"}


def test_every_chapter_of_the_standard_is_answered():
    named = {int(number) for group, *_ in TABLE for number in re.findall(r"V(\d+)", group)}
    assert named == set(range(1, CHAPTERS + 1))


def test_a_group_that_is_met_says_where_it_is_tested():
    assert [group for group, how, tested, _ in TABLE if "`" not in tested and "Not used" not in how] == []
