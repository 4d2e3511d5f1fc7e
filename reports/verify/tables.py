"""An attached table against the same table made again from the data, cell by cell."""

import csv
import io
from collections.abc import Iterator
from itertools import islice, zip_longest

SHOWN = 10


def table_differences(name: str, expected: str, found: bytes, *, exact: bool = True) -> Iterator[str]:
    """Each cell in which an attached CSV differs from the data, with both values.

    Columns are only ever added, at the end: what another version made may have fewer.
    """
    text = found.decode(errors="replace")
    if text == expected:
        return
    wanted, held = rows(expected), rows(text)
    known = len(held[0]) if held else 0
    told = list(islice(cells(name, wanted if exact else [row[:known] for row in wanted], held), SHOWN))
    yield from told or ([f"{name}: written in another way than the data give it"] if exact else [])


def rows(text: str) -> list[list[str]]:
    """A CSV as rows of cells."""
    return list(csv.reader(io.StringIO(text)))


def cells(name: str, expected: list[list[str]], found: list[list[str]]) -> Iterator[str]:
    """Where two tables differ."""
    heads = expected[0] if expected else []
    for line, (wanted, held) in enumerate(zip_longest(expected, found, fillvalue=None), start=1):
        if wanted is None or held is None:
            yield f"{name}, line {line}: {'not in the data' if wanted is None else 'missing'}"
            continue
        for head, left, right in zip_longest(heads, wanted, held, fillvalue=""):
            if left != right:
                yield f"{name}, line {line}, {head}: it says “{right}”, the data say “{left}”"
