"""What may be said about an organisation, its place in the tree and the people it names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken
from compliance.terms import ContactRole, OrganisationKind

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
TAKEN = frozenset({"new"})  # the address of the page that adds an organisation


@dataclass(frozen=True)
class Span:
    """From a day, until a day (exclusive); without an end until further notice."""

    from_on: date
    until_on: date | None = None

    def meet(self, other: "Span") -> "Span | None":
        """The days that two spans share; None when they share none."""
        ends = [day for day in (self.until_on, other.until_on) if day]
        shared = Span(max(self.from_on, other.from_on), min(ends, default=None))
        return None if shared.until_on and shared.until_on <= shared.from_on else shared


@dataclass(frozen=True)
class Link:
    """One organisation stands below another for a time; both by number."""

    child: int
    parent: int
    span: Span


def check_follows(recorded: Sequence[Span], from_on: date) -> None:
    """Raise RuleBroken unless something that begins on this day comes after everything recorded."""
    if recorded and from_on <= recorded[-1].from_on:
        begun = recorded[-1].from_on
        raise RuleBroken(
            f"The day must be after {begun.day} {begun:%B %Y}, when the one before it begins", field="from_on"
        )


def check_no_cycle(child: int, parent: int, from_on: date, links: Sequence[Link]) -> None:
    """Raise RuleBroken when the new parent would stand below its own child on any day from this one on."""
    open_ends, seen = [(parent, Span(from_on))], set()
    while open_ends:
        place, span = open_ends.pop()
        if place == child:
            raise RuleBroken("An organisation cannot stand below one that stands below it", field="parent")
        if (place, span) in seen:
            continue
        seen.add((place, span))
        open_ends += [
            (link.parent, shared)
            for link in links
            if link.child == place and (shared := link.span.meet(span)) is not None
        ]


@dataclass(frozen=True)
class NewOrganisation:
    """A council, force, unit or other body that joins the tree."""

    code: str
    kind: OrganisationKind
    name: str
    from_on: date
    returns_from_on: date | None = None

    def check(self) -> None:
        """Raise RuleBroken when the code cannot be part of an address."""
        if not CODE.fullmatch(self.code) or self.code in TAKEN:
            raise RuleBroken(
                "Enter a code of small letters, numbers and hyphens, like south-wolds", field="code"
            )
        if self.returns_from_on and self.returns_from_on < self.from_on:
            raise RuleBroken("Returns cannot be asked for before it exists", field="returns_from_on")


@dataclass(frozen=True)
class NewName:
    """What an organisation is called from a day on."""

    name: str
    from_on: date

    def check(self, current: str, recorded: Sequence[Span]) -> None:
        """Raise RuleBroken when the name is no other, or would overlap."""
        if self.name == current:
            raise RuleBroken("It is called that already", field="name")
        check_follows(recorded, self.from_on)


@dataclass(frozen=True)
class NewParent:
    """Below which organisation it stands from a day on."""

    from_on: date

    def check(
        self, child: int, parent: int, current: int | None, recorded: Sequence[Span], links: Sequence[Link]
    ) -> None:
        """Raise RuleBroken when nothing would change, when dates overlap, or when a cycle would close."""
        if parent == current:
            raise RuleBroken("It stands below that organisation already", field="parent")
        check_follows(recorded, self.from_on)
        check_no_cycle(child, parent, self.from_on, links)


@dataclass(frozen=True)
class NewContact:
    """Someone an organisation names; a shared mailbox needs no person (Concordat 2025, p. 11)."""

    role: ContactRole
    person: str | None
    post: str
    email: str
    from_on: date
    until_on: date | None = None

    def check(self) -> None:
        """Raise RuleBroken when the dates or the mailbox cannot be."""
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", self.email):
            raise RuleBroken("Enter an email address, like name@force.police.uk", field="email")
        check_end(self.from_on, self.until_on)


def check_end(from_on: date, until_on: date | None) -> None:
    """Raise RuleBroken when something ends before it has begun; the end itself is no longer part of it."""
    if until_on and until_on <= from_on:
        raise RuleBroken("The end must be after the first day", field="until_on")


@dataclass(frozen=True)
class NewDetails:
    """What a statement prints about an organisation, and while it pays for research."""

    governing_body: str | None = None
    integrity_page: str | None = None
    funds_from_on: date | None = None
    funds_until_on: date | None = None

    def check(self) -> None:
        """Raise RuleBroken when an address is none, or the funding ends before it begins."""
        if self.integrity_page and not self.integrity_page.startswith("https://"):
            raise RuleBroken("Enter an address that begins with https://", field="integrity_page")
        if self.funds_until_on is None:
            return
        if self.funds_from_on is None:
            raise RuleBroken("Enter the first day on which it paid for research", field="funds_from_on")
        if self.funds_until_on <= self.funds_from_on:
            raise RuleBroken("The end must be after the first day", field="funds_until_on")
