"""Whatever is wrong in a file of requirements is refused, with the file and the code in the words."""

import shutil

import pytest

from compliance import frameworks
from compliance.frameworks.faults import (
    FrameworkError,
    check_issued,
    check_paired,
)
from compliance.frameworks.loader import DATA, UniqueKeys, load_crosswalks, load_frameworks, text_of

ISSUED = (DATA / "codes.txt").read_text(encoding="utf-8")
PAIRED = (DATA / "pairs.txt").read_text(encoding="utf-8")
FIRST = "  - code: C1-R1\n"
PAIR = "{ old: C1-R1, new: 25-C12-R1, relation: subset,"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


def load(folder):
    return load_crosswalks(load_frameworks(folder), folder)


def test_the_files_as_they_stand_pass_and_so_does_a_copy(folder):
    assert len(load(folder)) == 3


# file, what stands there, what is put in its place, what the message must say
FAULTS = {
    "unknown key": ("concordat-2019", FIRST, FIRST + "    colour: red\n", ["C1-R1", "colour"]),
    "missing field": ("concordat-2019", '    title: "Know the standards"\n', "", ["C1-R1", "title"]),
    "key given twice": ("concordat-2019", FIRST, FIRST + "    heading: C1\n", ["heading", "twice"]),
    "duplicate code": ("concordat-2019", FIRST, "  - code: C1-R2\n", ["C1-R2", "twice"]),
    "vanished code": ("concordat-2019", FIRST, "  - code: C1-R9\n", ["C1-R1", "vanished"]),
    "vanished part": ("concordat-2019", "code: C5-E2c", "code: C5-E2x", ["C5-E2c", "vanished"]),
    "vanished government code": ("government-guidance", "code: GOV-M8\n", "code: GOV-M80\n", ["GOV-M8"]),
    "vanished 2025 code": ("concordat-2025", "code: 25-C5-F3\n", "code: 25-C5-F30\n", ["25-C5-F3"]),
    "unknown heading": ("concordat-2019", "    heading: C1\n", "    heading: C9\n", ["C1-R1", "C9"]),
    "heading without rows": ("concordat-2019", "  - code: C5\n", '  - code: C5\n    number: "5"\n    title: a\n    short: a\n  - code: C6\n', ["C6"]),
    "unknown binding": ("concordat-2019", "binds: funders", "binds: everybody", ["C1-F1", "binds"]),
    "guessed type": ("concordat-2019", 'title: "Know the standards"', "title: no", ["C1-R1", "title"]),
    "no such commitment": ("concordat-2019", 'serves: ["1"]', 'serves: ["6"]', ["C1-R1", "serves"]),
    "verified without a word": ("concordat-2019", "modality: not_recorded\n    modality_verified: false", "modality: not_recorded\n    modality_verified: true", ["C1-F1"]),
    "no date": ("concordat-2019", "2019-10-25", "2019-13-25", ["month"]),
    "ends before it begins": ("concordat-2019", "2026-03-31", "2019-03-31", ["in force"]),
    "overlapping dates": ("concordat-2019", "2026-03-31", "2026-04-01", ["concordat-2025.yaml", "2026-04-01"]),
    "no end": ("concordat-2019", "in_force_until: 2026-03-31", "in_force_until: null", ["concordat-2025.yaml"]),
    "wrong key": ("concordat-2019", "key: concordat-2019", "key: concordat-2018", ["concordat-2018"]),
    "broken YAML": ("concordat-2019", "headings:", "headings: [", ["line"]),
    "pair with an unknown old end": ("crosswalk-2019-2025", PAIR, PAIR.replace("C1-R1", "C1-R9"), ["C1-R9", "25-C12-R1"]),
    "pair with an unknown new end": ("crosswalk-2019-2025", PAIR, PAIR.replace("25-C12-R1", "25-C12-R9"), ["25-C12-R9"]),
    "pair given twice": ("crosswalk-2019-2025", "{ old: C1-R2, new: 25-C12-R1,", "{ old: C1-R1, new: 25-C12-R1,", ["C1-R1 → 25-C12-R1", "twice"]),
    "pair taken away": ("crosswalk-2019-2025", "old: C1-E1, new", "old: C1-E2, new", ["C1-E1", "no pair"]),
    "pair of one said to be alone": ("crosswalk-2019-2025", "old: C1-E1, new", "old: C1-E3, new", ["C1-E3", "has a pair"]),
    "unknown relation": ("crosswalk-2019-2025", "relation: subset", "relation: cousin", ["C1-R1 → 25-C12-R1", "relation"]),
    "pair without a rationale": ("crosswalk-2019-2025", 'note: "2025 joins knowing', 'why: "2025 joins knowing', ["C1-R1 → 25-C12-R1", "note"]),
    "framework that does not exist": ("crosswalk-2019-2025", "old: concordat-2019", "old: concordat-2012", ["concordat-2012"]),
    "unknown part": ("crosswalk-2019-2025", "part: C5-E2a", "part: C5-E2f", ["C5-E2f"]),
    "part given twice": ("crosswalk-2019-2025", "part: C5-E2b", "part: C5-E2d", ["C5-E2d", "twice"]),
    "part without its pair": ("crosswalk-2019-2025", "part: C5-E2a, new: 25-C5-E3", "part: C5-E2a, new: 25-C5-E2", ["C5-E2a → 25-C5-E2"]),
    "part of neither": ("crosswalk-government-2019", "new: C5-E2, relation: subset, part: C5-E2a", "new: C5-E2, relation: subset, part: C5-E2z", ["C5-E2z"]),
    "unmatched code that does not exist": ("crosswalk-2019-2025", "codes: [C1-E3]", "codes: [C1-E33]", ["C1-E33"]),
    "unmatched code left out": ("crosswalk-2019-2025", "codes: [C1-E3]", "codes: [C4-E3]", ["C4-E3", "twice"]),
    "two crosswalks of the same": ("crosswalk-government-2025", "new: concordat-2025\n", "new: concordat-2019\n", ["not in concordat-2019"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAULTS)
def test_each_kind_of_fault_is_refused_with_file_and_code(folder, kind):
    stem, there, instead, said = FAULTS[kind]
    file = folder / f"{stem}.yaml"
    text = file.read_text(encoding="utf-8")
    assert there in text
    file.write_text(text.replace(there, instead, 1), encoding="utf-8")
    with pytest.raises(FrameworkError) as refused:
        load(folder)
    for words in [f"{stem}.yaml", *said]:
        assert words in str(refused.value)


def test_a_file_that_is_missing_or_no_text_is_named(folder):
    (folder / "codes.txt").unlink()
    with pytest.raises(FrameworkError, match=r"codes\.txt: cannot be read"):
        load(folder)
    (folder / "codes.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(FrameworkError, match=r"codes\.txt: cannot be read"):
        load(folder)


def test_a_copy_of_a_crosswalk_under_another_name_is_refused(folder):
    text = text_of(folder / "crosswalk-2019-2025.yaml").replace(
        "key: crosswalk-2019-2025", "key: crosswalk-b"
    )
    (folder / "crosswalk-b.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkError, match=r"crosswalk-b\.yaml: joins the same frameworks"):
        load(folder)


@pytest.mark.parametrize("end", ["old", "new"])
@pytest.mark.parametrize("key", frameworks.crosswalks())
def test_moving_any_one_end_of_a_pair_to_another_code_is_refused_naming_it(key, end):
    for at in range(len(frameworks.crosswalks()[key].pairs)):
        refused_when_moved(frameworks.crosswalks()[key], at, end)


def refused_when_moved(crosswalk, at, end):
    """Give one end of one pair another code of its framework, one that makes no pair there is."""
    key, pairs = crosswalk.key, list(crosswalk.pairs)
    was = pairs[at]
    taken = {(pair.old, pair.new) for pair in pairs}
    codes = [row.code for row in frameworks.get(getattr(crosswalk, end)).requirements]
    other = {"old": "new", "new": "old"}[end]
    free = next(
        code
        for code in codes
        if {end: code, other: getattr(was, other)} not in [{"old": old, "new": new} for old, new in taken]
    )
    pairs[at] = was.model_copy(update={end: free})
    changed = crosswalk.model_copy(update={"pairs": tuple(pairs)})
    with pytest.raises(FrameworkError, match=rf"^{key}\.yaml: pair {was.old} → {was.new} has vanished"):
        check_paired([row if row.key != key else changed for row in frameworks.crosswalks().values()], PAIRED)


def test_a_crosswalk_or_a_pair_that_is_gone_is_refused_naming_it(folder):
    (folder / "crosswalk-government-2025.yaml").rename(folder / "kept.yaml")
    with pytest.raises(
        FrameworkError, match=r"^crosswalk-government-2025\.yaml: pair GOV\S+ → \S+ has vanished"
    ):
        load(folder)
    (folder / "kept.yaml").rename(folder / "crosswalk-government-2025.yaml")
    load(folder)
    (folder / "pairs.txt").unlink()
    with pytest.raises(FrameworkError, match=r"pairs\.txt: cannot be read"):
        load(folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            PAIRED + "crosswalk-2019-2025 C1-R1 25-C5-F3\n",
            r"2019-2025\.yaml: pair C1-R1 → 25-C5-F3 has vanished",
        ),
        (PAIRED.replace("crosswalk-2019-2025 C1-R1 25-C12-R1\n", ""), r"pair C1-R1 → 25-C12-R1 is new"),
        (PAIRED + "crosswalk-2019-2025 C1-R1 25-C12-R1\n", r"pairs\.txt: .* is listed twice"),
        (PAIRED + "C1-R1 25-C12-R1\n", r"pairs\.txt: line \d+ is not a crosswalk and two codes"),
    ],
)
def test_the_list_of_pairs_is_held_against_the_files(text, said):
    with pytest.raises(FrameworkError, match=said):
        check_paired(frameworks.crosswalks().values(), text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ISSUED + "concordat-2019 C9-R1\n", r"concordat-2019\.yaml: code C9-R1 has vanished"),
        (ISSUED + "concordat-2012 C1-R1x\n", r"concordat-2012\.yaml: code C1-R1x has vanished"),
        (ISSUED + "concordat-2025 C1-R1\n", r"codes\.txt: code C1-R1 is issued twice"),
        (ISSUED.replace("concordat-2025 25-C3-R4\n", ""), r"concordat-2025\.yaml: code 25-C3-R4 is new"),
        (ISSUED + "C1-R1\n", r"codes\.txt: line \d+ is not a framework and a code"),
    ],
)
def test_the_list_of_codes_ever_issued_is_held_against_the_files(text, said):
    with pytest.raises(FrameworkError, match=said):
        check_issued(frameworks.everything().values(), text)


def test_the_fast_loader_of_yaml_is_in_use():
    assert "CSafeLoader" in {one.__name__ for one in UniqueKeys.__mro__}
