"""How long a statement takes with small and large registers, beside WeasyPrint alone on the same HTML."""

import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from mimetypes import guess_type
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click
from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports import press
from reports.command import within_limits
from reports.statement import Statement, from_json, to_json, to_print

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "reports" / "statement" / "example.json"
SIZES = (40, 400, 4_000, 10_000)
ROUNDS = 15


class Timed(NamedTuple):
    """The middle of some runs, and the most memory of any."""

    seconds: float
    megabytes: float


class Measured(NamedTuple):
    """One size of the register."""

    projects: int
    pages: int
    ours: Timed
    floor: Timed
    # The middle of how ours compares with the engine that ran just before it.
    ratio: float


def with_projects(number: int) -> Statement:
    """The example with so many projects in its register and behind its figures."""
    content = json.loads(EXAMPLE.read_text("utf-8"))
    rows = content["projects"]
    content["projects"] = [
        {
            **rows[at % len(rows)],
            "reference": f"PRJ-{at + 1:05}",
            "title": f"{rows[at % len(rows)]['title']} {at}",
        }
        for at in range(number)
    ]
    names = [row["reference"] for row in content["projects"]]
    for row in content["figures"]:
        if row["key"] == "projects_in_scope":
            row["references"] = row["counted"] = names
            row["value"]["value"] = number
    return from_json(json.dumps(content))


class Ours(URLFetcher):  # type: ignore[misc]
    """The files that our style sheets name."""

    def fetch(self, url: str, _headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """One of them."""
        path = ROOT / "reports" / url.removeprefix("app:")
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def engine_alone(page: Path, pdf: Path) -> None:
    """The engine with nothing of ours: no data, no templates, no attached files, no finishing."""
    html = HTML(string=page.read_text("utf-8"), url_fetcher=Ours(), base_url="app:")
    html.write_pdf(pdf, pdf_variant="pdf/a-3a")


def ours(snapshot: Path, pdf: Path) -> None:
    """The document as the press of the service has it made. Raises RuntimeError."""
    if within_limits(["statement", str(snapshot), str(pdf)]):
        raise RuntimeError


def timed(work: Callable[[], None]) -> Timed:
    """A child that does this and ends, in seconds of the processor, as the press of the service has them.

    On a quiet machine that is the time that passes: nothing of it waits or runs beside itself. For either the
    engine is loaded before, no garbage is collected, and calls have room: without it, how deep the caller
    stands decides over a tenth. Raises RuntimeError when the child fails.
    """
    child = os.fork()
    if not child:
        gc.disable()
        press.with_room(work)
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"a document could not be made: {status}")
    return Timed(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def in_turns(floor: Callable[[], None], ours: Callable[[], None], rounds: int) -> tuple[Timed, Timed, float]:
    """The middle run of each, and the middle of their ratios.

    They take turns and each pair is compared by itself: the pace of a processor changes by more than what is
    to be measured, and the quickest run of one may have met it at its best when none of the other did.
    """
    pairs = [(timed(floor), timed(ours)) for _ in range(rounds)]
    floors, made = (
        Timed(median(run.seconds for run in runs), max(run.megabytes for run in runs))
        for runs in zip(*pairs, strict=True)
    )
    return floors, made, median(mine.seconds / its.seconds for its, mine in pairs)


def prepare(projects: int, snapshot: Path, page: Path) -> None:
    """Write the data of a statement with so many projects, and the HTML that is printed of it."""
    statement = with_projects(projects)
    snapshot.write_text(to_json(statement), "utf-8")
    page.write_text(to_print(statement), "utf-8")


@contextmanager
def fonts_unpacked(folder: str) -> Iterator[None]:
    """The engine unpacks fonts in this folder, which goes: children end without tidying up."""
    tempfile.tempdir = folder
    try:
        yield
    finally:
        tempfile.tempdir = None


def measure(projects: int, rounds: int = ROUNDS) -> Measured:
    """One size: our child, and the engine alone on the HTML that it prints. Raises RuntimeError."""
    with TemporaryDirectory() as folder, fonts_unpacked(folder):
        names = ("snapshot.json", "page.html", "out.pdf", "plain.pdf")
        snapshot, page, pdf, plain = (Path(folder) / name for name in names)
        # In a child: what this process holds would be counted as memory of every document.
        timed(partial(prepare, projects, snapshot, page))
        floor, made, ratio = in_turns(
            partial(engine_alone, page, plain), partial(ours, snapshot, pdf), rounds
        )
        pages, of_engine = (len(PdfReader(path).pages) for path in (pdf, plain))
        # The engine passes over a style sheet that it cannot have, and is quicker then.
        if pages != of_engine:
            raise RuntimeError(f"the engine alone made {of_engine} pages, and not {pages}")
    return Measured(projects, pages, made, floor, ratio)


def table(rows: list[Measured]) -> str:
    """Every size, with how it compares with the engine alone and with 400 projects."""
    of_most = usual(rows)
    lines = [
        "### Statements as PDF",
        "",
        "| Projects | Pages | Processor seconds | WeasyPrint alone | Ratio | Of 400 projects | MB |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.projects:,} | {row.pages} | {row.ours.seconds:.2f} | {row.floor.seconds:.2f} "
        f"| {row.ratio:.2f} | {row.ours.seconds / of_most:.2f} | {row.ours.megabytes:.0f} |"
        for row in rows
    ]
    return "\n".join(lines)


def usual(rows: list[Measured]) -> float:
    """The seconds of a document with the register of most organisations; NaN where it was not measured."""
    return next((row.ours.seconds for row in rows if row.projects == SIZES[1]), float("nan"))


def apart() -> str:
    """The same, measured by a process that holds nothing else: children are counted with what it holds."""
    command = [sys.executable, "-m", "bench.statement"]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()  # noqa: S603


@click.command()
@click.option("--rounds", default=ROUNDS, help="How often each is measured; the middle counts.")
def main(rounds: int) -> None:
    """Measure every size and print the table."""
    # A child of the press finds the templates compiled.
    press.warm()
    measured = [measure(size, rounds) for size in SIZES]
    # Loaded afterwards: children are counted with what this process holds.
    goals, told = import_module("bench.goals"), import_module("bench.table")
    faults = list(goals.of_documents(measured, usual(measured)))
    click.echo(f"{table(measured)}\n\n{told.missed(faults)}")


if __name__ == "__main__":
    main()
