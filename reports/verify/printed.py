"""The printed words against those that the data give: page by page, word by word."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice, zip_longest

SHOWN, LENGTH = 10, 80


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
