"""The results as one table, in words that stay when they are measured again."""

import os
import platform
import time
from pathlib import Path

from bench.pages import Measured
from bench.writers import Written

RESULTS = Path(__file__).parent / "RESULTS.md"
KEPT = "## What was tried"


def machine() -> str:
    """The machine in a line: processors, memory, Python."""
    names = [line for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if "model name" in line]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = names[0].partition(":")[2].strip() if names else platform.machine()
    return f"{os.cpu_count()} × {name}, {memory:.0f} GB, Python {platform.python_version()}"


def pace() -> float:
    """Seconds of the processor that ten million additions take now, which may be twice those at its best."""
    began, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - began


def table(kind: str, results: dict[int, list[Measured]]) -> str:
    """Every page at every size, with how it grows from the smallest to the largest."""
    sizes = sorted(results)
    small = {(row.page, row.clients): row for row in results[sizes[0]]}
    lines = [
        f"### {kind}, {sizes[-1]:,} projects",
        "",
        f"| Page | Clients | p50 ms | p95 ms | Growth from {sizes[0]:,} | Statements | KB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in results[sizes[-1]]:
        before = small.get((row.page, row.clients))
        grown = f"{row.p50 / before.p50:.1f}" if before else "not known"
        lines.append(
            f"| {row.page} | {row.clients} | {row.p50:.0f} | {row.p95:.0f} | {grown} "
            f"| {row.statements} | {row.size:.1f} |"
        )
    return "\n".join(lines)


def server_told(memory: float, cold: float, building: float, paces: tuple[float, float]) -> str:
    """The server, the building of its data and how quick the processor was, in sentences."""
    return (
        f"{memory:.0f} MB a worker; first page {cold:.1f} s after a cold start; "
        f"data built in {building:.0f} s. Ten million additions took {paces[0]:.2f} s of the processor "
        f"before the pages and {paces[1]:.2f} s after them."
    )


def missed(faults: list[str]) -> str:
    """The goals that are missed, as a list; a sentence when there are none."""
    if not faults:
        return "Every goal is reached."
    return "\n".join(["Missed:", "", *(f"- {one}" for one in faults)])


def told(written: Written, seconds: int) -> str:
    """The writers, in a sentence."""
    return (
        f"Eight writers at once for {seconds} seconds beside two readers: "
        f"{written.saved} answers saved, {written.conflicts} times told that somebody else had changed it, "
        f"{written.failed} failures, {written.lost} lost, "
        f"{written.unread} pages not read; p95 of a save {written.p95:.0f} ms."
    )


def keep(parts: list[str]) -> None:
    """Write the results over the last ones; what people wrote about them stays."""
    before = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    _old, mark, words = before.partition(KEPT)
    kept = mark + words if mark else f"{KEPT}\n"
    text = "\n\n".join(["# How fast it is", f"Measured by `bin/bench` on {machine()}.", *parts])
    RESULTS.write_text(f"{text}\n\n{kept}", "utf-8")
