"""Where files of evidence are kept: by the SHA-256 of their content, so the same file is kept once."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO, Protocol


class Missing(Exception):
    """The store does not hold a file that a record names."""


class NotKept(Exception):
    """The store cannot take a file now: it is full, gone, or may not be written."""


class Store(Protocol):
    """Keeps content and gives it back; another kind of store needs no more than this."""

    def keep(self, content: bytes) -> str:
        """Keep the content; its SHA-256 in hexadecimal, under which it is found again. Raises NotKept."""

    def open(self, sha256: str) -> BinaryIO:
        """The content, to be read and closed; raises Missing."""

    def works(self) -> bool:
        """Whether content could be kept now."""


class Folder:
    """A store in one folder outside the web root, two levels deep."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, sha256: str) -> Path:
        """Where the content with this hash stands."""
        return self.folder / sha256[:2] / sha256

    def keep(self, content: bytes) -> str:
        """Keep the content whole or not at all; its SHA-256. Raises NotKept."""
        sha256 = hashlib.sha256(content).hexdigest()
        place = self.place(sha256)
        try:
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self.write(content, place)
        except OSError as error:
            raise NotKept from error
        return sha256

    def write(self, content: bytes, place: Path) -> None:
        """Write a file beside its place and move it there, both safe on the disk before we go on."""
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as half:
            try:
                half.write(content)
                half.flush()
                os.fsync(half.fileno())
                Path(half.name).replace(place)
            except OSError:
                Path(half.name).unlink(missing_ok=True)
                raise
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def open(self, sha256: str) -> BinaryIO:
        """The content; raises Missing when the folder does not hold it."""
        try:
            return self.place(sha256).open("rb")
        except OSError as error:
            raise Missing(sha256) from error

    def works(self) -> bool:
        """Whether the folder is there, or can be made, and may be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            return False
        return os.access(self.folder, os.W_OK)


class EvidenceStore:
    """The store of this service; which kind it is comes from the settings."""

    inner: Store
    largest: int  # bytes

    def use(self, store: Store, *, largest: int) -> None:
        """Keep everything in this store from now on; no file may be larger than this many bytes."""
        self.inner, self.largest = store, largest

    def keep(self, content: bytes) -> str:
        """Keep the content; its SHA-256. Raises NotKept."""
        return self.inner.keep(content)

    def open(self, sha256: str) -> BinaryIO:
        """The content; raises Missing."""
        return self.inner.open(sha256)

    def works(self) -> bool:
        """Whether content could be kept now."""
        return self.inner.works()


store = EvidenceStore()
