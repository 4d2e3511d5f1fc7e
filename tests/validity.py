"""Whether pages keep to the HTML standard, by html-validate: one Node process for all pages of a run."""

import atexit
import json
import re
import subprocess
from functools import cache
from pathlib import Path

import playwright

from tests.together import Sound

MODULES = Path(__file__).resolve().parent.parent / "node_modules"
# Playwright brings a Node of its own, newer than a system's may be.
NODE = Path(playwright.__file__).parent / "driver" / "node"
# How pages that were found sound are built: tests open many pages that differ by a word.
SOUND = Sound("standard")
WORDS = re.compile(r">[^<]*[^<\s][^<]*<")
VALUES = re.compile(
    r'\b(href|value|id|name|for|content|nonce|action|title|aria-\w+|d|x|y|x1|x2|width|height)="[^"]*"'
)

# Rows, items and choices that follow each other and are built alike: of many, two show all that can be wrong.
ALIKE = re.compile(r"(<(tr|li|option)\b(?:(?!</?\2\b).)*</\2>\s*)\1{2,}", re.DOTALL)


class Missing(Exception):
    """Something that the tests need is not there; the message says how to get it."""


def module_file(name: str, folder: Path = MODULES) -> Path:
    """A file of the front-end packages; raises Missing."""
    if not (folder / name).is_file():
        raise Missing(f"{name} is missing: bin/assets --dev")
    return folder / name


@cache
def validator() -> subprocess.Popen:
    """The process that reads pages and answers with their faults."""
    module_file("html-validate/package.json")
    process = subprocess.Popen(
        [str(NODE), str(Path(__file__).with_name("validity.mjs"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.terminate)
    return process


def skeleton(html: str) -> str:
    """A page without its words, addresses and measures: what rules about the building of pages look at.

    A list of many rows that are built alike is built like a list of two.
    """
    bare = VALUES.sub(r"\1", WORDS.sub(">…<", html))
    return ALIKE.sub(r"\1\1", bare)


def violations(html: str) -> list[str]:
    """What the standard forbids in a page, each with its line; a page built like a sound one is sound."""
    built = skeleton(html)
    if built in SOUND:
        return []
    process = validator()
    process.stdin.write(json.dumps(html) + "\n")
    process.stdin.flush()
    found = json.loads(process.stdout.readline())
    if not found:
        SOUND.add(built)
    return found
