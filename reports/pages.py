"""The Jinja environment of documents: autoescape, strict names, dates and counts."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).resolve().parent
NBSP = "\u00a0"


def day(value: date) -> str:
    """A date in full, its day and month joined."""
    return f"{value.day}{NBSP}{value:%B} {value.year}"


def moment(value: datetime) -> str:
    """A moment in universal time."""
    return f"{day(value.date())}, {value:%H:%M} UTC"


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """Paragraphs and bullet lists of a narrative: ("paragraph", [text]) or ("list", items)."""
    found: list[tuple[str, list[str]]] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        if lines and all(line.startswith(("- ", "* ")) for line in lines):
            found.append(("list", [line[2:].strip() for line in lines]))
        elif lines:
            found.append(("paragraph", [" ".join(lines)]))
    return found


def numbers() -> Iterator[int]:
    """Paragraph numbers through a whole document."""
    return count(1)


def grouped(fingerprint: str) -> list[str]:
    """A fingerprint in groups of eight that the eye can compare."""
    return [fingerprint[start : start + 8] for start in range(0, len(fingerprint), 8)]


def environment() -> Environment:
    """Templates of reports/, which refuse a name that does not exist."""
    made = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(day=day, moment=moment, blocks=blocks, grouped=grouped)
    made.globals.update(numbers=numbers, next=next)
    return made
