"""What cannot be true of frameworks and crosswalks beyond the shape of a row; a fault names file and code."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from compliance.frameworks.crosswalk import Crosswalk, Left
from compliance.frameworks.schema import Framework

# Every code that was ever given out, one a line behind the key of its framework. A code is permanent.
ISSUED = "codes.txt"
# Every pair of requirements that was ever said to stand beside each other, behind the key of its crosswalk.
PAIRED = "pairs.txt"


class FrameworkError(Exception):
    """A file of requirements that cannot be trusted; names the file and the place."""


def twice(values: Iterable[str]) -> str:
    """The values that stand more than once, in order, as words; empty when none does."""
    return ", ".join(sorted(value for value, number in Counter(values).items() if number > 1))


def refuse(fault: str, name: str) -> None:
    """Raise FrameworkError when there is a fault; `name` is that of the file."""
    if fault:
        raise FrameworkError(f"{name}: {fault}")


def check_framework(framework: Framework, stem: str) -> None:
    """Raise FrameworkError for a wrong key, a code given twice, headings or dates that do not fit."""
    name = f"{stem}.yaml"
    refuse("" if framework.key == stem else f"key {framework.key} is not the name of the file", name)
    codes, headings = twice(framework.codes), twice(row.code for row in framework.headings)
    refuse(codes and f"code {codes} is given twice", name)
    refuse(headings and f"heading {headings} is given twice", name)
    known, used = {row.code for row in framework.headings}, {row.heading for row in framework.requirements}
    for row in framework.requirements:
        refuse("" if row.heading in known else f"{row.code}: heading {row.heading} does not exist", name)
    empty = ", ".join(sorted(known - used))
    refuse(empty and f"heading {empty} has no requirement", name)
    until = framework.in_force_until
    if until and until < framework.in_force_from:
        raise FrameworkError(
            f"{name}: in force until {until}, before in force from {framework.in_force_from}"
        )


def check_editions(frameworks: Iterable[Framework]) -> None:
    """Raise FrameworkError when two editions of one family are in force on the same day."""
    ordered = sorted(frameworks, key=lambda row: (row.family, row.in_force_from))
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        if earlier.family == later.family and earlier.in_force(later.in_force_from):
            raise FrameworkError(
                f"{earlier.key}.yaml and {later.key}.yaml: both in force on {later.in_force_from}"
            )


def issued_in(text: str) -> Iterator[tuple[str, str]]:
    """Each framework and code of the list of codes ever issued."""
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split("#")[0].split()
        if words:
            refuse("" if len(words) == 2 else f"line {number} is not a framework and a code", ISSUED)  # noqa: PLR2004
            yield words[0], words[1]


def check_issued(frameworks: Iterable[Framework], text: str) -> None:
    """Raise FrameworkError for a code that vanished, was never issued, or was issued twice."""
    issued = list(issued_in(text))
    reused = twice(code for _, code in issued)
    refuse(reused and f"code {reused} is issued twice", ISSUED)
    present = {(framework.key, code) for framework in frameworks for code in framework.codes}
    for key, code in issued:
        if (key, code) not in present:
            raise FrameworkError(f"{key}.yaml: code {code} has vanished (it stands in {ISSUED})")
    for key, code in sorted(present - set(issued)):
        raise FrameworkError(f"{key}.yaml: code {code} is new: add it to {ISSUED}, once and for good")


def check_crosswalk(crosswalk: Crosswalk, frameworks: Mapping[str, Framework], stem: str) -> None:
    """Raise FrameworkError for an end that does not exist, a pair given twice, or a requirement left out."""
    name = f"{stem}.yaml"
    refuse("" if crosswalk.key == stem else f"key {crosswalk.key} is not the name of the file", name)
    for key in (crosswalk.old, crosswalk.new):
        refuse("" if key in frameworks else f"framework {key} does not exist", name)
    old, new = frameworks[crosswalk.old], frameworks[crosswalk.new]
    for fault in pairs_at_fault(crosswalk, old, new):
        refuse(fault, name)
    for fault in parts_at_fault(crosswalk, old, new):
        refuse(fault, name)
    for fault in unmatched_at_fault(crosswalk, old, "old"):
        refuse(fault, name)
    for fault in unmatched_at_fault(crosswalk, new, "new"):
        refuse(fault, name)


def pairs_at_fault(crosswalk: Crosswalk, old: Framework, new: Framework) -> Iterator[str]:
    """What is wrong with the pairs of a crosswalk."""
    for end, framework in (("old", old), ("new", new)):
        known = {row.code for row in framework.requirements}
        for pair in crosswalk.pairs:
            if getattr(pair, end) not in known:
                yield f"{pair.old} → {pair.new}: {getattr(pair, end)} is not in {framework.key}"
    given = twice(f"{pair.old} → {pair.new}" for pair in crosswalk.pairs)
    if given:
        yield f"pair {given} is given twice"


def parts_at_fault(crosswalk: Crosswalk, old: Framework, new: Framework) -> Iterator[str]:
    """What is wrong with the parts that a crosswalk names."""
    of = {
        part.code: row.code
        for framework in (old, new)
        for row in framework.requirements
        for part in row.parts
    }
    for pair in crosswalk.pairs:
        if pair.part and of.get(pair.part) not in (pair.old, pair.new):
            yield f"{pair.old} → {pair.new}: {pair.part} is a part of neither"
    paired = {(pair.old, pair.new) for pair in crosswalk.pairs}
    for remark in crosswalk.parts:
        if remark.part not in of:
            yield f"part {remark.part} does not exist"
        elif (remark.new is None) != (remark.relation is None):
            yield f"part {remark.part}: a relation needs a new code, and a new code a relation"
        elif remark.new and (of[remark.part], remark.new) not in paired:
            yield f"part {remark.part} → {remark.new}: the whole has no such pair"
    given = twice(remark.part for remark in crosswalk.parts)
    if given:
        yield f"part {given} is given twice"


def unmatched_at_fault(crosswalk: Crosswalk, framework: Framework, end: str) -> Iterator[str]:
    """What is wrong with the list of requirements at one end that have no counterpart or lose something."""
    title, rows = (
        ("without_new", crosswalk.without_new) if end == "old" else ("without_old", crosswalk.without_old)
    )
    codes, paired = set(framework.codes), {getattr(pair, end) for pair in crosswalk.pairs}
    given = twice(code for row in rows for code in row.codes)
    if given:
        yield f"{title}: {given} is given twice"
    alone = {code for row in rows if row.kind is Left.NONE for code in row.codes}
    for row in rows:
        for code in row.codes:
            if code not in codes:
                yield f"{title}: {code} is not in {framework.key}"
    for code in sorted(alone & paired):
        yield f"{title}: {code} is said to have no counterpart, and has a pair"
    for requirement in framework.requirements:
        if requirement.code not in paired | alone:
            yield f"{title}: {requirement.code} has no pair and is not listed"


def check_once(crosswalks: Iterable[Crosswalk]) -> None:
    """Raise FrameworkError when two crosswalks join the same frameworks."""
    joined: dict[frozenset[str], str] = {}
    for row in crosswalks:
        other = joined.setdefault(frozenset((row.old, row.new)), row.key)
        refuse("" if other == row.key else f"joins the same frameworks as {other}.yaml", f"{row.key}.yaml")


def paired_in(text: str) -> Iterator[tuple[str, str, str]]:
    """Each crosswalk, old code and new code of the list of pairs."""
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split("#")[0].split()
        if words:
            refuse("" if len(words) == 3 else f"line {number} is not a crosswalk and two codes", PAIRED)  # noqa: PLR2004
            yield words[0], words[1], words[2]


def check_paired(crosswalks: Iterable[Crosswalk], text: str) -> None:
    """Raise FrameworkError for a pair that vanished, was changed, or is not in the list of pairs."""
    listed = list(paired_in(text))
    given = twice(" → ".join(one) for one in listed)
    refuse(given and f"{given} is listed twice", PAIRED)
    present = {(row.key, pair.old, pair.new) for row in crosswalks for pair in row.pairs}
    for key, old, new in listed:
        if (key, old, new) not in present:
            raise FrameworkError(f"{key}.yaml: pair {old} → {new} has vanished (it stands in {PAIRED})")
    for key, old, new in sorted(present - set(listed)):
        raise FrameworkError(f"{key}.yaml: pair {old} → {new} is new: add it to {PAIRED}")
