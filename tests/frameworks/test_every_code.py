"""Altering any one code anywhere in a copy of the files is refused by what `frameworks check` runs, naming file and code."""

import re
import shutil
from functools import cache

import pytest

from compliance import frameworks
from compliance.frameworks import loader
from compliance.frameworks.faults import FrameworkError
from compliance.frameworks.loader import DATA, load_crosswalks, load_frameworks

# A code behind its key, alone or in a list, before the words of the entry begin. Each requirement has a heading; that
# one which does not exist is refused stands in test_faults.py.
KEYED = re.compile(r"\b(?:code|old|new|part): (\S+?)(?=[,\s}]|$)|\bcodes: \[([^\]]*)\]", re.MULTILINE)


def places(stem):
    """Where each code of a file stands: code, first letter, first letter after it."""
    text = (DATA / f"{stem}.yaml").read_text(encoding="utf-8")
    for found in KEYED.finditer(text):
        start = found.start(found.lastindex)
        for code in re.finditer(r"[^\s,]+", found[found.lastindex]):
            if code[0] != "null" and code[0] not in frameworks.everything():
                yield code[0], start + code.start(), start + code.end()


def faults_of(folder, stem, load):
    """Alter every code of a file in turn, load what it belongs to, and yield each code with what was said."""
    file = folder / f"{stem}.yaml"
    text = file.read_text(encoding="utf-8")
    for code, start, end in places(stem):
        file.write_text(f"{text[:start]}{code}x{text[end:]}", encoding="utf-8")
        try:
            load()
            yield code, "nothing was said"
        except FrameworkError as error:
            yield code, str(error)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the files; one that was not altered since is not read again."""
    monkeypatch.setattr(loader, "read", cache(loader.read))
    return shutil.copytree(DATA, tmp_path / "data")


def test_every_code_of_every_framework(folder):
    for key, framework in frameworks.everything().items():
        faults = list(faults_of(folder, key, lambda: load_frameworks(folder)))
        headings = [row.code for row in framework.headings]
        assert sorted(code for code, _ in faults) == sorted([*framework.codes, *headings])
        for code, said in faults:
            assert said.startswith(f"{key}.yaml: "), (code, said)
            assert re.search(rf"\b{code}x?\b", said), (code, said)
    assert len(load_frameworks(folder)) == 3


def test_every_end_of_every_pair_and_every_code_beside_the_pairs(folder):
    found = load_frameworks(folder)
    for key, crosswalk in frameworks.crosswalks().items():
        faults = list(faults_of(folder, key, lambda: load_crosswalks(found, folder)))
        assert len(faults) > 2 * len(crosswalk.pairs)
        for code, said in faults:
            assert said.startswith(f"{key}.yaml: "), (code, said)
            assert re.search(rf"\b{code}x?\b", said), (code, said)
    assert len(load_crosswalks(found, folder)) == 3
