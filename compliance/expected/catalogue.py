"""The catalogue: requirements by framework and heading, what a filter leaves, what stands beside what."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from compliance import frameworks
from compliance.frameworks.crosswalk import Crosswalk, Pair, Unmatched
from compliance.frameworks.schema import Framework, Heading, Requirement


class Group(NamedTuple):
    """A heading of a framework with the requirements under it."""

    framework: Framework
    heading: Heading
    rows: tuple[Requirement, ...]


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; an empty value leaves all."""

    framework: str = ""
    binds: str = ""
    checked_for: str = ""
    q: str = ""

    def fits(self, row: Requirement) -> bool:
        """Whether a requirement is looked for: every word stands in its code, its title or its texts."""
        texts = [row.code, row.title, row.text, row.evidence, row.note, row.done_by]
        texts += [text for part in row.parts for text in (part.code, part.title, part.text)]
        words = " ".join(texts).lower()
        return (
            self.binds in ("", row.binds)
            and self.checked_for in ("", row.checked_for)
            and all(word in words for word in self.q.lower().split())
        )


def groups(wanted: Wanted) -> list[Group]:
    """Every heading with what fits under it, in the order of the files; headings without any are left out."""
    found = []
    for framework in frameworks.everything().values():
        if wanted.framework in ("", framework.key):
            for heading in framework.headings:
                rows = tuple(
                    row for row in framework.requirements if row.heading == heading.code and wanted.fits(row)
                )
                found += [Group(framework, heading, rows)] if rows else []
    return found


def canonical(code: str) -> str | None:
    """The code of the requirement that is meant, whatever the case of its letters, or by one of its parts."""
    known = {one.lower(): row.code for one, (_, row) in frameworks.holders().items()}
    return known.get(code.lower())


ALIKE = 0.5  # below this, a code is not like another


def nearest(code: str) -> Requirement | None:
    """The requirement whose code begins most like this one, then looks most like it, if any does."""
    asked = code.lower()[:40]

    def likeness(one: str) -> tuple[int, float]:
        same = takewhile(lambda pair: pair[0] == pair[1], zip(one, asked, strict=False))
        return len(list(same)), SequenceMatcher(None, one, asked).ratio()

    known = {one.lower(): row for one, (_, row) in frameworks.holders().items()}
    best = max(known, key=likeness)
    return known[best] if likeness(best)[1] >= ALIKE else None


def neighbours(framework: Framework, code: str) -> tuple[Requirement | None, Requirement | None]:
    """The requirements before and after one in its framework."""
    rows = framework.requirements
    at = next(number for number, row in enumerate(rows) if row.code == code)
    return (rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)


class Beside(NamedTuple):
    """The pairs of a crosswalk whose old end stands under one heading."""

    heading: Heading
    pairs: tuple[tuple[Requirement, Pair, Requirement], ...]


class Alone(NamedTuple):
    """Requirements without a counterpart, or with a loss, as (code, title), and what is said of them."""

    rows: tuple[tuple[str, str], ...]
    unmatched: Unmatched


def side_by_side(crosswalk: Crosswalk) -> list[Beside]:
    """The pairs of a crosswalk by the heading of their old end."""
    holders, old = frameworks.holders(), frameworks.get(crosswalk.old)
    found = []
    for heading in old.headings:
        pairs = tuple(
            (holders[pair.old][1], pair, holders[pair.new][1])
            for pair in crosswalk.pairs
            if holders[pair.old][1].heading == heading.code
        )
        found += [Beside(heading, pairs)] if pairs else []
    return found


def alone(rows: tuple[Unmatched, ...]) -> list[Alone]:
    """Each entry of a list of unmatched requirements, its codes with their titles."""
    titles: dict[str, str] = {}
    for _, row in frameworks.holders().values():
        titles[row.code] = row.title
        titles |= {part.code: part.title for part in row.parts}
    return [Alone(tuple((code, titles[code]) for code in one.codes), one) for one in rows]
