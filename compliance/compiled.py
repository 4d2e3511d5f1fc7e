"""Templates as they were compiled, kept beside them as Python keeps its modules.

To compile those of a first page takes longer than anything else of it. `bin/assets` compiles all when one is
new, so no start does; a worker that may not write here, as in the image, only reads.
"""

import os
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

KINDS = ("html", "xml")


class Compiled(BytecodeCache):
    """What was compiled from the same source, by the same library with the same options."""

    def __init__(self, folder: Path, options: object) -> None:
        self.folder = folder
        self.by = f"{version('jinja2')} {options}\n"

    def get_source_checksum(self, source: str) -> str:
        """What must be the same for the code to hold; the library would ask for the source alone."""
        return super().get_source_checksum(self.by + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket what is kept for it, which it refuses when it does not hold."""
        with suppress(OSError), (self.folder / bucket.key).open("rb") as kept:
            bucket.load_bytecode(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it where this process may; another that reads meanwhile finds all of it or nothing."""
        part = self.folder / f"{bucket.key}.{os.getpid()}"
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            with part.open("wb") as kept:
                bucket.write_bytecode(kept)
            part.replace(self.folder / bucket.key)


def compile_all(environment: Environment) -> None:
    """Compile every template that is new or was changed."""
    for name in environment.list_templates(extensions=KINDS):
        environment.get_template(name)
