"""What supported which answer, and when."""

from datetime import UTC, datetime
from types import SimpleNamespace

from compliance.rules.evidence import supported


def on(day: int) -> datetime:
    return datetime(2026, 6, day, 9, tzinfo=UTC)


def use(name: str, added: int, ended: int | None = None):
    return SimpleNamespace(name=name, added_at=on(added), ended_at=on(ended) if ended else None)


def test_evidence_supports_the_answers_during_which_it_held():
    answers = [SimpleNamespace(id=2, answered_at=on(5)), SimpleNamespace(id=1, answered_at=on(1))]
    uses = [
        use("all along", 1),
        use("the first only", 2, 4),
        use("the second only", 5),
        use("replaced under the second", 3, 8),
        use("taken back at once", 1, 1),
    ]
    found = {number: [one.name for one in rows] for number, rows in supported(answers, uses).items()}
    assert found == {
        2: ["all along", "the second only", "replaced under the second"],
        1: ["all along", "the first only", "replaced under the second"],
    }


def test_an_answer_without_evidence_has_none():
    assert supported([SimpleNamespace(id=1, answered_at=on(1))], []) == {1: []}
    assert supported([], [use("alone", 1)]) == {}
