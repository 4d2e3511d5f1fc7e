"""What the workers of one run of the tests share: what one looked at or made, no other looks at or makes again."""

import fcntl
import os
import shutil
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

# The folder that all workers of this run see; none before a run begins.
_places: list[Path] = []


def begin(base: Path) -> None:
    """Share what lies beside the folder of this worker, or within it where there is no other worker."""
    _places[:] = [base.parent if "PYTEST_XDIST_WORKER" in os.environ else base]


class Sound:
    """How what was found sound is built, in one sense: each worker asks before it looks, and tells afterwards."""

    def __init__(self, sense: str) -> None:
        self.sense = sense
        self.known: set[str] = set()

    def __contains__(self, built: str) -> bool:
        key = key_of(built)
        if key not in self.known and any((place / self.sense / key).exists() for place in _places):
            self.known.add(key)
        return key in self.known

    def add(self, built: str) -> None:
        """Tell every worker that what is built so is sound."""
        key = key_of(built)
        self.known.add(key)
        for place in _places:
            (place / self.sense).mkdir(exist_ok=True)
            (place / self.sense / key).touch()


def key_of(built: str) -> str:
    """A short name, the same in every worker."""
    return blake2b(built.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, made by the first worker that asks; the others wait for it."""
    (place,) = _places
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / name).exists():
            half = place / f"{name}.half"
            # A worker that failed here left it.
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            make(half)
            half.rename(place / name)
    return place / name
