"""A sheet of areas of research interest: its columns, its lines, and what is wrong with each.

The service ships no area: their texts are read from what an organisation publishes (approvals, section 3.4).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from compliance.rules.imports import TOO_MANY, Fault, rows_of

# Each column, and what stands in it.
COLUMNS = {
    "code": "Number or short name of the area, as it is published",
    "text": "The area in its own words",
    "group": "The heading it stands under, such as a service line. May be empty",
    "from": "The day from which it counts, as 2026-05-31",
    "until": "The day on which it counts no longer. Empty while there is none",
}
NEEDED = ("code", "text", "from")


@dataclass(frozen=True)
class NewArea:
    """One area of a sheet."""

    number: int
    code: str
    text: str
    group: str | None
    from_on: date
    until_on: date | None


def read_areas(text: str) -> tuple[list[NewArea], list[Fault]]:
    """The areas of a sheet and the faults of its other lines; raises RuleBroken for what is no such sheet."""
    areas: list[NewArea] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for number, row in enumerate(rows_of(text, COLUMNS, NEEDED), 2):
        cells = {(name or "").strip(): cell.strip() for name, cell in row.items() if isinstance(cell, str)}
        wrong = list(faults_of(number, cells)) or ([Fault(number, "", TOO_MANY)] if None in row else [])
        code = cells.get("code", "")
        if not wrong and first.setdefault(code, number) != number:
            wrong = [Fault(number, "code", f"Line {first[code]} has the same code: keep one")]
        faults += wrong
        areas += [] if wrong else [area_of(number, cells)]
    return areas, faults


def faults_of(number: int, cells: Mapping[str, str]) -> Iterator[Fault]:
    """What can be seen to be wrong on a line by itself."""
    for name in NEEDED:
        if not cells.get(name):
            yield Fault(number, name, f"Enter the {COLUMNS[name][0].lower()}{COLUMNS[name][1:]}")
    days = {}
    for name in ("from", "until"):
        try:
            days[name] = date.fromisoformat(cells.get(name) or "9999-12-31")
        except ValueError:
            yield Fault(number, name, f"“{cells[name]}” is not a date. Write it like 2026-05-31")
    if len(days) > 1 and cells.get("from") and days["until"] <= days["from"]:
        yield Fault(number, "until", "The end must be after the day from which it counts")


def area_of(number: int, cells: Mapping[str, str]) -> NewArea:
    """A line whose cells are as they should be."""
    until = cells.get("until")
    return NewArea(
        number=number,
        code=cells["code"],
        text=cells["text"],
        group=cells.get("group") or None,
        from_on=date.fromisoformat(cells["from"]),
        until_on=date.fromisoformat(until) if until else None,
    )
