"""What workers share is known to each, in its own sense; what failed half-way is not."""

import pytest

from tests import together
from tests.together import Sound, once

PAGE = "<main><h1>…</h1></main>"


@pytest.fixture
def place(monkeypatch, tmp_path):
    """Where the workers of a run would share."""
    monkeypatch.setattr(together, "_places", [tmp_path])
    return tmp_path


def test_what_one_worker_found_sound_every_worker_knows(place):
    one, other = Sound("strict"), Sound("strict")
    assert PAGE not in other
    one.add(PAGE)
    assert PAGE in other
    assert PAGE.replace("h1", "h2") not in other


def test_what_is_sound_in_one_sense_is_not_in_another(place):
    Sound("strict").add(PAGE)
    assert PAGE not in Sound("accessible")


def test_another_run_knows_nothing_of_it(place, monkeypatch, tmp_path_factory):
    Sound("strict").add(PAGE)
    monkeypatch.setattr(together, "_places", [tmp_path_factory.mktemp("another")])
    assert PAGE not in Sound("strict")


def test_before_a_run_begins_each_knows_its_own(monkeypatch):
    monkeypatch.setattr(together, "_places", [])
    one, other = Sound("strict"), Sound("strict")
    one.add(PAGE)
    assert (PAGE in one, PAGE in other) == (True, False)


def test_a_folder_is_made_once(place):
    made = [once("folder", lambda folder: (folder / "file").write_text("first")) for _ in range(2)]
    once("folder", lambda folder: (folder / "file").write_text("second"))
    assert made == [place / "folder"] * 2
    assert (made[0] / "file").read_text() == "first"


def test_a_folder_that_failed_is_made_anew(place):
    with pytest.raises(ZeroDivisionError):
        once("folder", lambda _: 1 / 0)
    assert not (place / "folder").exists()
    assert once("folder", lambda folder: (folder / "file").write_text("whole")).joinpath("file").exists()
