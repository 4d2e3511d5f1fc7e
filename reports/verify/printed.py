"""The printed words against those that the data give: all of them, or what any version must print."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice, zip_longest

from reports.letters import written
from reports.statement.model import Statement
from reports.verify.claims import Claim

SHOWN, LENGTH = 10, 80
# How many words may stand between two parts of a claim; none of them may be a number.
GAP = 12
MARK = re.compile(r"(?<=[0-9a-z])F\d{1,3}(?![0-9A-Za-z])")
ALONE = re.compile(r"F\d{1,3}")
EDGES = ".,;:()“”•"


def text_differences(printed: list[str], expected: list[str]) -> Iterator[str]:
    """Each place where the pages say something else than the data; only the first few."""
    if len(printed) != len(expected):
        yield f"the file has {len(printed)} pages, its data give {len(expected)}"
    yield from islice(places(printed, expected), SHOWN)


def places(printed: list[str], expected: list[str]) -> Iterator[str]:
    """Where two documents differ, with both wordings."""
    for page, (held, wanted) in enumerate(zip_longest(printed, expected, fillvalue=""), start=1):
        if held == wanted:
            continue
        left, right = held.split(), wanted.split()
        for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if kind != "equal":
                yield f"page {page}: it prints “{words(left, a, b)}”, the data say “{words(right, c, d)}”"


def words(of: list[str], start: int, end: int) -> str:
    """Some words with one before them, so that the place is found."""
    text = " ".join(of[max(0, start - 1) : end])
    return text if len(text) <= LENGTH else f"{text[:LENGTH]}…"


def claim_differences(statement: Statement, printed: list[str], wanted: Iterable[Claim]) -> Iterator[str]:
    """Each thing that the data require and that stands nowhere on the pages."""
    pages = Words(running_words(statement, printed))
    missing = (claim for claim in wanted if not pages.holds(claim))
    for claim in islice(missing, SHOWN):
        told = " … ".join(part for part in claim.parts if part)
        short = told if len(told) <= LENGTH else f"{told[:LENGTH]}…"
        yield f"{claim.place}: no page prints what the data say, “{short}”"


def running_words(statement: Statement, printed: list[str]) -> list[str]:
    """The words of all pages, one after the other, without marks and the heads and feet of pages."""
    head = f"Research integrity statement {statement.period.key}, {statement.organisation.name}"
    foot = (statement.marking, statement.version, statement.marking)
    invented = r"(?:Invented\s+for\s+demonstration\s*)?"
    running = re.compile(rf"{spaced(head)}\s*{invented}{spaced(' '.join(foot))}\s+Page \d+ of \d+\s*$")
    return bare(MARK.sub("", " ".join(running.sub("", page) for page in printed)))


def spaced(text: str) -> str:
    """A pattern for these words, however they are spaced."""
    return r"\s+".join(re.escape(word) for word in written(text).split())


def bare(text: str) -> list[str]:
    """Words without the signs at their edges."""
    return [word for one in written(text).split() if (word := one.strip(EDGES))]


class Words:
    """The words of a document; each claim takes its own, so that two claims need two places."""

    def __init__(self, found: list[str]) -> None:
        self.words = found
        self.taken = bytearray(len(found))

    def holds(self, claim: Claim) -> bool:
        """Whether the parts stand somewhere in their order, with few words and no number between them."""
        parts = ["".join(bare(part)) for part in claim.parts]
        parts = [part for part in parts if part]
        for start in range(len(self.words)):
            if not self.taken[start] and parts and parts[0].startswith(self.words[start]):
                end = self.all_from(parts, start)
                if end is not None:
                    self.taken[start:end] = b"\1" * (end - start)
                    return True
        return not parts

    def all_from(self, parts: list[str], start: int) -> int | None:
        """Where the last part ends, when the first stands at `start`."""
        at = self.end_of(parts[0], start)
        for part in parts[1:]:
            if at is None:
                return None
            at = self.next_end(part, at)
        return at

    def next_end(self, part: str, after: int) -> int | None:
        """Where a part ends that begins soon after a place."""
        for at in range(after, min(after + GAP + 1, len(self.words))):
            end = self.end_of(part, at)
            if end is not None:
                return end
            if any(sign.isdigit() for sign in self.words[at]) and not ALONE.fullmatch(self.words[at]):
                return None
        return None

    def end_of(self, part: str, start: int) -> int | None:
        """Where a part ends that begins at a word; where a line breaks within a word does not matter."""
        left, at = part, start
        while left and at < len(self.words):
            word = self.words[at]
            if not left.startswith(word):
                return None
            left, at = left[len(word) :], at + 1
        return at if not left else None
