"""The Jinja environment of documents: autoescape, strict names, dates and counts."""

import re
from calendar import month_name
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).resolve().parent
NBSP = "\u00a0"
MONTHS = "|".join(filter(None, month_name))
# Where a line of print must not break: within a date, and before the number that a short word announces.
WITHIN = re.compile(rf"\b\d{{1,2}}\s(?:{MONTHS})(?:\s\d{{4}})?\b|\bp\. \d|\bRecords: \d")


def day(value: date) -> str:
    """A date in full, its day and month joined."""
    return f"{value.day}{NBSP}{value:%B} {value.year}"


def unbroken(text: str) -> str:
    """The same words, where a line ends neither within a date nor before a number of a page or of records."""
    return WITHIN.sub(lambda found: found[0].replace(" ", NBSP), text)


def moment(value: datetime) -> str:
    """A moment in universal time."""
    return f"{day(value.date())}, {value:%H:%M} UTC"


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
    made.filters.update(day=day, moment=moment, grouped=grouped, unbroken=unbroken)
    return made
