"""What the measurements are held against: each figure that misses its goal is told, and no other."""

from bench import goals
from bench.pages import Measured
from bench.statement import Measured as Document
from bench.statement import Timed
from bench.writers import Written

GOOD = Document(10_000, 15, Timed(1.4, 130), Timed(1.3, 96), 1.08)
PAGE = Measured("projects", 1, 20, 40, 12, 4)


def test_documents_within_all_goals_are_not_told():
    assert list(goals.of_documents([GOOD], usual=1.2)) == []
    assert list(goals.of_documents([GOOD], usual=float("nan"))) == []


def test_each_figure_of_a_document_that_misses_is_told():
    slow = GOOD._replace(ours=Timed(3.2, 260), ratio=1.16)
    assert list(goals.of_documents([slow, GOOD], usual=1.2)) == [
        "a document of 10,000 projects: times the engine alone 1.16, at most 1.15",
        "a document of 10,000 projects: seconds 3.20, at most 3",
        "a document of 10,000 projects: MB 260.00, at most 250",
        "a document of 10,000 projects: times the usual register 2.67, at most 1.5",
    ]


def test_pages_are_held_against_theirs_and_against_a_tenth_of_the_data():
    assert list(goals.of_pages([PAGE], [PAGE])) == []
    slow = PAGE._replace(p50=31, p95=61, statements=13, size=61)
    told = list(goals.of_pages([slow], [PAGE]))
    assert [line.split(": ")[1].split()[0] for line in told] == ["p50", "p95", "growth", "statements", "KB"]
    assert [line for line in goals.of_pages([slow], [PAGE], 1.5) if "ms" in line] == []


def test_a_server_has_half_as_long_again_on_the_other_database():
    written = Written(1, 0, 0, 0, 140.0, 0)
    assert list(goals.of_server(149, 2.5, written, 1.5)) == []
    assert len(list(goals.of_server(151, 2.5, written))) == 3
