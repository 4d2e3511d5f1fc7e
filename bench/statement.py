"""How long a statement takes with small and large registers, beside WeasyPrint alone on the same HTML."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click
from pypdf import PdfReader

from reports.statement import Statement, from_json, to_json, to_print

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "reports" / "statement" / "example.json"
SIZES = (40, 400, 4_000, 10_000)
ROUNDS = 3
# The engine with nothing of ours but the files that our style sheets name; no attachments, no finishing.
FLOOR = """
import gc, sys
gc.disable()
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse
class Ours(URLFetcher):
    def fetch(self, url, headers=None):
        return URLFetcherResponse(url, open("reports/" + url.removeprefix("app:"), "rb").read())
page = HTML(string=open(sys.argv[1]).read(), url_fetcher=Ours(), base_url="app:")
page.write_pdf(sys.argv[2], pdf_variant="pdf/a-3a")
"""


class Timed(NamedTuple):
    """The quickest of some runs, and the most memory of any."""

    seconds: float
    megabytes: float


class Measured(NamedTuple):
    """One size of the register."""

    projects: int
    pages: int
    ours: Timed
    floor: Timed


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


def timed(command: list[str]) -> Timed:
    """A process from its start to its end, in seconds of the processor; raises CalledProcessError.

    On a quiet machine that is the time that passes: nothing of it waits or runs beside itself.
    """
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT)  # noqa: S603  (our own command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Timed(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def best(commands: list[list[str]], rounds: int) -> list[Timed]:
    """The quickest run of each: what else the machine does only ever adds.

    They take turns, so that all of them meet the same machine.
    """
    turns = [[timed(command) for command in commands] for _ in range(rounds)]
    return [
        Timed(min(run.seconds for run in runs), max(run.megabytes for run in runs))
        for runs in zip(*turns, strict=True)
    ]


def measure(projects: int, rounds: int = ROUNDS) -> Measured:
    """One size: our child process, and the engine alone on the HTML that it prints."""
    statement = with_projects(projects)
    with TemporaryDirectory() as folder:
        snapshot, page, pdf = (Path(folder) / name for name in ("snapshot.json", "page.html", "out.pdf"))
        snapshot.write_text(to_json(statement), "utf-8")
        page.write_text(to_print(statement), "utf-8")
        alone = ["-c", FLOOR, str(page), str(pdf)]
        floor, ours = best([alone, ["-m", "reports", "statement", str(snapshot), str(pdf)]], rounds)
        pages = len(PdfReader(pdf).pages)
    return Measured(projects, pages, ours, floor)


def table(rows: list[Measured]) -> str:
    """Every size, with how it compares with the engine alone and with 400 projects."""
    usual = next((row.ours.seconds for row in rows if row.projects == SIZES[1]), float("nan"))
    lines = [
        "### Statements as PDF",
        "",
        "| Projects | Pages | Processor seconds | WeasyPrint alone | Ratio | Of 400 projects | MB |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        ratio = row.ours.seconds / row.floor.seconds
        lines.append(
            f"| {row.projects:,} | {row.pages} | {row.ours.seconds:.2f} | {row.floor.seconds:.2f} "
            f"| {ratio:.2f} | {row.ours.seconds / usual:.2f} | {row.ours.megabytes:.0f} |"
        )
    return "\n".join(lines)


@click.command()
@click.option("--rounds", default=ROUNDS, help="How often each is measured; the quickest counts.")
def main(rounds: int) -> None:
    """Measure every size and print the table."""
    click.echo(table([measure(size, rounds) for size in SIZES]))


if __name__ == "__main__":
    main()
