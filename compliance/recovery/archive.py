"""One file with all its members and, at its end, what each must be: a tar inside gzip, known everywhere."""

import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple, cast

MANIFEST = "manifest.json"
FORMAT = 1
# What gzip writes first when it is told neither a name nor a time; with it every byte of the file counts.
OPENING = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LEVEL = 6
UNREADABLE = (
    tarfile.TarError,
    EOFError,
    OSError,
    zlib.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)


class Damaged(Exception):
    """The file is no whole archive; the message says in one line what is wrong with it."""


class Member(NamedTuple):
    """One part of an archive, by its name."""

    name: str
    content: BinaryIO


class Writing:
    """An archive that is being written; every member is summed as it goes in."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: dict[str, str] = {}

    def add(self, name: str, content: BinaryIO) -> None:
        """Add a member; what is read is read from the beginning."""
        content.seek(0)
        self.members[name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
        self.put(name, content)

    def put(self, name: str, content: BinaryIO) -> None:
        """Write the bytes of a member behind its name and size."""
        part = tarfile.TarInfo(name)
        part.size = content.seek(0, 2)
        content.seek(0)
        self.tar.addfile(part, content)


@contextmanager
def writing(file: BinaryIO) -> Iterator[Writing]:
    """An archive that grows into this file; close it by adding what `manifest` gives."""
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=LEVEL, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        yield Writing(tar)


def members(file: BinaryIO) -> Iterator[Member]:
    """Every member of an archive from its beginning, each readable until the next."""
    file.seek(0)
    with gzip.GzipFile(fileobj=file, mode="rb") as packed:
        with tarfile.open(fileobj=packed, mode="r:") as tar:
            for part in tar:
                # None for what is no file; nothing of the kind is ever written.
                yield Member(part.name, cast("BinaryIO", tar.extractfile(part)))
        # The sum of the whole stands behind the last member.
        while packed.read(1 << 20):
            pass


def checked(file: BinaryIO) -> dict[str, Any]:
    """The manifest of an archive whose every member is there and is what it was; raises Damaged."""
    file.seek(0)
    if file.read(len(OPENING)) != OPENING:
        raise Damaged("It is no archive of this service, or its first bytes are not what they were")
    try:
        return manifest_of(file)
    except UNREADABLE as error:
        raise Damaged(f"It cannot be read to its end ({error})") from error


def manifest_of(file: BinaryIO) -> dict[str, Any]:
    """The manifest, held against every member; raises Damaged, or what reading raises."""
    found: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    for name, content in members(file):
        if name in found or manifest:
            raise Damaged(f"{name} stands in it twice or behind its end")
        if name == MANIFEST:
            manifest = json.load(content)
        else:
            found[name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    if not manifest:
        raise Damaged("It ends before its list of members: it was cut short")
    if manifest["format"] != FORMAT:
        raise Damaged(f"Its format is {manifest['format']}, and this version reads {FORMAT}")
    wrong = sorted({name for name, _ in found.items() ^ manifest["members"].items()})
    if wrong:
        raise Damaged(f"{wrong[0]} is missing, was added, or is not what it was")
    return manifest
