"""What is to be reached on two cores with SQLite and 10,000 projects, and what misses it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bench.pages import Measured
from bench.writers import Written

if TYPE_CHECKING:
    from bench.statement import Measured as Document

P50, P95, SAVE, SEARCH = 30, 60, 15, 40  # milliseconds, one client
SLOWER = {"PostgreSQL": 1.5}
GROWTH, STATEMENTS, KILOBYTES = 1.5, 12, 60
MEMORY, COLD, WRITE = 150, 2, 100  # MB a worker, seconds, milliseconds at p95
# Of a document: times the engine alone, seconds, MB, times the usual register.
RATIO, SECONDS, OF_DOCUMENT, OF_USUAL = 1.15, 3, 250, 1.5
# A password is slow on purpose, and a PDF is made in a process of its own: neither is a page.
NO_PAGE = {"signing in", "statement PDF"}
ITS_OWN = {"saving an answer": SAVE, "projects, searched": SEARCH, "search": SEARCH}


def of_pages(rows: Sequence[Measured], before: Sequence[Measured], slower: float = 1) -> Iterator[str]:
    """What pages miss, asked by one client; `before` are the same pages with a tenth of the data.

    `slower` is how many times as long a database may take.
    """
    small = {row.page: row.p50 for row in before if row.clients == 1}
    for row in rows:
        if row.clients > 1 or row.page in NO_PAGE:
            continue
        goal, grown = ITS_OWN.get(row.page, P50), row.p50 / small.get(row.page, row.p50)
        for told, number, most in (
            ("p50 ms", row.p50, goal * slower),
            ("p95 ms", row.p95, P95 * slower),
            ("growth", grown, GROWTH),
            ("statements", row.statements, STATEMENTS),
            ("KB", row.size, KILOBYTES),
        ):
            if number > most:
                yield f"{row.page}: {told} {number:.1f}, at most {most:g}"


def of_server(memory: float, cold: float, written: Written | None, slower: float = 1) -> Iterator[str]:
    """What the server misses: memory of a worker, the first page after a cold start, writers at once.

    `slower` as for pages: writers and the first page wait for the database.
    """
    if memory > MEMORY:
        yield f"memory of a worker: {memory:.0f} MB, at most {MEMORY}"
    if cold > COLD * slower:
        yield f"first page after a cold start: {cold:.1f} s, at most {COLD * slower:g}"
    if written and written.p95 > WRITE * slower:
        yield f"eight writers: p95 {written.p95:.0f} ms, at most {WRITE * slower:g}"
    if written and (written.failed or written.lost or written.unread):
        yield f"eight writers: {written.failed} failed, {written.lost} lost, {written.unread} not read"


def of_documents(rows: Sequence["Document"], usual: float) -> Iterator[str]:
    """What documents miss; `usual` are the seconds of one with the register of most organisations."""
    for row in rows:
        for told, number, most in (
            ("times the engine alone", row.ratio, RATIO),
            ("seconds", row.ours.seconds, SECONDS),
            ("MB", row.ours.megabytes, OF_DOCUMENT),
            ("times the usual register", row.ours.seconds / usual, OF_USUAL),
        ):
            if number > most:
                yield f"a document of {row.projects:,} projects: {told} {number:.2f}, at most {most:g}"
