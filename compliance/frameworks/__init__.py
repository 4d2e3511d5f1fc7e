"""Requirements as data: frameworks, crosswalks, layouts and bodies, each loaded once."""

from datetime import date
from functools import cache
from typing import NamedTuple, TypeVar

from compliance.frameworks.body import Body
from compliance.frameworks.crosswalk import Crosswalk, Pair
from compliance.frameworks.loader import load_bodies, load_crosswalks, load_frameworks, load_layouts
from compliance.frameworks.schema import Framework, Layout, Link, Relation, Requirement, Subject

Row = TypeVar("Row")

CONCORDAT = "concordat"


class Unknown(KeyError):
    """No framework, layout or body has this key; the message names those that exist."""

    def __str__(self) -> str:
        return str(self.args[0])


class Relative(NamedTuple):
    """A requirement of another framework that stands beside one: "the one is … of this"."""

    framework: Framework
    requirement: Requirement
    relation: Relation
    pair: Pair


@cache
def everything() -> dict[str, Framework]:
    """Every framework by its key."""
    return {row.key: row for row in load_frameworks()}


@cache
def crosswalks() -> dict[str, Crosswalk]:
    """Every crosswalk by its key."""
    return {row.key: row for row in load_crosswalks(tuple(everything().values()))}


@cache
def layouts() -> dict[str, Layout]:
    """Every layout of the statement by its key."""
    return {row.key: row for row in load_layouts()}


@cache
def bodies() -> dict[str, Body]:
    """Every body by its key, in the order of the catalogue."""
    return {row.key: row for row in load_bodies()}


def get(key: str) -> Framework:
    """The framework with this key; raises Unknown."""
    return _one(everything(), key, "framework")


def layout(key: str) -> Layout:
    """The layout with this key; raises Unknown."""
    return _one(layouts(), key, "layout")


def body(key: str) -> Body:
    """The body with this key; raises Unknown."""
    return _one(bodies(), key, "body")


def _one(rows: dict[str, Row], key: str, kind: str) -> Row:
    if key not in rows:
        raise Unknown(f"There is no {kind} '{key}'; there are: {', '.join(sorted(rows))}")
    return rows[key]


def for_date(day: date, family: str = CONCORDAT) -> Framework | None:
    """The edition of a family in force on a day, if this service carries it."""
    for row in everything().values():
        if row.family == family and row.in_force(day):
            return row
    return None


@cache
def holders() -> dict[str, tuple[Framework, Requirement]]:
    """The framework and requirement of every code, a part's code giving the whole."""
    return {
        code: (framework, row)
        for framework in everything().values()
        for row in framework.requirements
        for code in (row.code, *(part.code for part in row.parts))
    }


@cache
def relatives(code: str) -> tuple[Relative, ...]:
    """Every requirement of another framework that a crosswalk puts beside the one with this code."""
    found = []
    for crosswalk in crosswalks().values():
        for pair in crosswalk.pairs:
            if pair.old == code:
                found.append(Relative(*holders()[pair.new], pair.relation, pair))
            elif pair.new == code:
                found.append(Relative(*holders()[pair.old], pair.relation.inverse, pair))
    return tuple(found)


@cache
def links(subject: Subject) -> tuple[Link, ...]:
    """Every pair whose two ends are checked for this subject, seen from both ends.

    What one project did says nothing about an organisation as a whole, nor the reverse: such pairs are
    relatives to read, and nothing is derived over them.
    """
    return tuple(
        link
        for crosswalk in crosswalks().values()
        for link in crosswalk.links
        if all(holders()[end.code][1].checked_for is subject for end in (link.source, link.target))
    )
