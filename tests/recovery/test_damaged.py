"""A copy that is not what it was is refused before anything is written, and so is one of another schema."""

import gzip
import json
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from compliance.recovery.archive import MANIFEST, Damaged, checked, members
from compliance.storage.store import Folder
from compliance.storage.store import store as evidence_store
from tests.recovery.copying import copied, emptied, nothing_there, run, sums


def parts_of(path: Path) -> dict[str, bytes]:
    with path.open("rb") as opened:
        return {part.name: part.content.read() for part in members(opened)}


def packed(path: Path, parts: dict[str, bytes]) -> bytes:
    """An archive of these members, made by another program; it begins as ours do, to be refused for what is in it."""
    into = BytesIO()
    with tarfile.open(fileobj=into, mode="w") as tar:
        for name, content in parts.items():
            part = tarfile.TarInfo(name)
            part.size = len(content)
            tar.addfile(part, BytesIO(content))
    return path.read_bytes()[:10] + gzip.compress(into.getvalue(), mtime=0)[10:]


def without(path: Path, left_out: str) -> bytes:
    return packed(path, {name: content for name, content in parts_of(path).items() if name != left_out})


def test_a_damaged_copy_is_refused_before_anything_is_written(app, world, store, tmp_path):
    path = copied(app, tmp_path / "one")
    whole, half = path.read_bytes(), path.stat().st_size // 2
    evidence = next(name for name in sums(path) if name.startswith("evidence/"))
    damaged = {
        "cut": whole[:half],
        "one byte": whole[:half] + bytes([whole[half] ^ 1]) + whole[half + 1 :],
        "no evidence": without(path, evidence),
        "no trail": without(path, "rows/audit_event"),
        "more": packed(path, {"rows/surprise": b"{}", **parts_of(path)}),
        "no list": without(path, MANIFEST),
        "a letter": b"Dear restorer,",
        "empty": b"",
    }
    emptied(store)
    evidence_store.inner = Folder(tmp_path / "another")
    for what, content in damaged.items():
        path.write_bytes(content)
        done = run(app, "restore", path)
        assert (done.exit_code, "was not restored" in done.output) == (1, True), what
        assert nothing_there(tmp_path / "another"), what


def test_every_byte_of_a_copy_counts(app, world, tmp_path):
    whole = copied(app, tmp_path / "one").read_bytes()
    assert checked(BytesIO(whole))
    assert checked(BytesIO(without(tmp_path / "one", "")))
    places = [*range(12), *range(12, len(whole), len(whole) // 60), *range(-8, 0)]
    for place in places:
        spoiled = bytearray(whole)
        spoiled[place] ^= 0x55
        with pytest.raises(Damaged):
            checked(BytesIO(bytes(spoiled)))
    for length in (0, 5, 10, 11, len(whole) // 3, len(whole) - 9, len(whole) - 1):
        with pytest.raises(Damaged):
            checked(BytesIO(whole[:length]))
    with pytest.raises(Damaged):
        checked(BytesIO(whole + b"more"))


def test_a_copy_of_another_schema_says_which_version_takes_it(app, world, store, tmp_path):
    path = copied(app, tmp_path / "one")
    parts = parts_of(path)
    parts[MANIFEST] = json.dumps(json.loads(parts[MANIFEST]) | {"schema": "9999"}).encode()
    path.write_bytes(packed(path, parts))
    emptied(store)
    done = run(app, "restore", path)
    assert done.exit_code == 1
    assert "at schema 9999" in done.output
    assert nothing_there(tmp_path / "another")
