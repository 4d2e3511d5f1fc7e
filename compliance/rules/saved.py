"""What a filter that somebody keeps must say."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from compliance.rules.broken import RuleBroken

# The lists whose filters can be kept, by endpoint, with the words of their heading.
LISTS = {
    "approvals.index": "Approvals",
    "board.every": "Commitments by organisation",
    "board.organisation": "Board of an organisation",
    "board.shortfalls": "Requirements not met without an action, actions past their date",
    "board.show": "Board",
    "board.trends": "Trends",
    "evidence.index": "Evidence",
    "projects.index": "Projects",
}
# The lists whose address needs something of the filter before its question mark.
IN_PATH = {"board.organisation": "code"}
LONGEST, MOST = 1000, 20


def canonical(query: str) -> str:
    """A filter without what is empty and without its page number, in the order of its names."""
    given = parse_qsl(query[: 2 * LONGEST])
    return urlencode(
        sorted((name, value.strip()) for name, value in given if name != "page" and value.strip())
    )


def whole(endpoint: str, query: str) -> bool:
    """Whether a filter has what the address of its list needs."""
    return endpoint not in IN_PATH or IN_PATH[endpoint] in dict(parse_qsl(query))


def divided(endpoint: str, query: str) -> tuple[dict[str, str], str]:
    """What of a whole filter belongs into the path of its list, and the rest."""
    given = parse_qsl(query)
    wanted = IN_PATH.get(endpoint)
    if wanted is None:
        return {}, query
    return {wanted: dict(given)[wanted]}, urlencode([one for one in given if one[0] != wanted])


@dataclass(frozen=True)
class NewView:
    """A filter of a list, and its name."""

    endpoint: str
    name: str
    query: str

    def check(self, held: Iterable[str]) -> None:
        """Raise RuleBroken for another page, an empty filter, too many, or a name that is held already."""
        names = {name.casefold() for name in held}
        if self.endpoint not in LISTS:
            raise RuleBroken("The filter of this page cannot be saved")
        if not self.query:
            raise RuleBroken("Filter the list first, then save the filter")
        if len(self.query) > LONGEST:
            raise RuleBroken("This filter is too long to be saved")
        if self.name.casefold() in names:
            raise RuleBroken("You have a filter of this name for this list already", field="name")
        if len(names) >= MOST:
            raise RuleBroken(f"A list can have {MOST} saved filters. Delete one first")
