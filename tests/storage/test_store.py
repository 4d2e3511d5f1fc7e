"""The store keeps the same content once, whole or not at all."""

import hashlib

import pytest

from compliance.storage.store import Folder, Missing


def test_what_is_kept_is_given_back_under_its_hash(tmp_path):
    store = Folder(tmp_path)
    sha256 = store.keep(b"the letter")
    assert sha256 == hashlib.sha256(b"the letter").hexdigest()
    with store.open(sha256) as content:
        assert content.read() == b"the letter"


def test_the_same_content_is_stored_once(tmp_path):
    store = Folder(tmp_path)
    assert store.keep(b"the letter") == store.keep(b"the letter")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_what_was_never_kept_is_missing(tmp_path):
    with pytest.raises(Missing):
        Folder(tmp_path).open("0" * 64)
