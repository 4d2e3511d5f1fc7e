"""What is asked: every page whose speed is promised, and how its answers are summed up."""

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from itertools import count
from statistics import quantiles
from typing import NamedTuple

import click

from bench.pour import PASSWORD
from bench.server import Reply, Server, hidden

CLIENTS = 8
SLOW = {"statement PDF"}
# Pages that a worker keeps until anything is recorded: they are asked for just after a save too.
KEPT = ("national board", "board of a force", "my work", "statement preview")


class Refused(Exception):
    """A page answered with an error: it has no figures."""


class Measured(NamedTuple):
    """One page with one number of clients: milliseconds, statements, KB on the line."""

    page: str
    clients: int
    p50: float
    p95: float
    statements: int
    size: float


def addresses(projects: int) -> dict[str, str]:
    """The address of each page."""
    middle = f"PRJ-{projects // 2:04d}"
    return {
        "projects": "/projects",
        "projects, page 200": f"/projects?page={min(200, projects // 20)}",
        "projects, filtered": "/projects?show=checks-not-met",
        "projects, searched": "/projects?q=custody",
        "search": "/search?q=custody",
        "search, a reference": f"/search?q=prj{projects // 2}",
        "a project": f"/projects/{middle}",
        "an assessment": "/assessment/force-7/2025-26",
        "national board": "/board",
        "board of a force": "/organisations/force-7/board",
        "my work": "/my-work",
        "approvals": "/approvals",
        "statement preview": "/statements/STM-0001/preview",
        "statement PDF": "/statements/STM-0001/statement.pdf",
    }


def measure(servers: Mapping[int, Server], rounds: int) -> dict[int, list[Measured]]:
    """Every page with one client and then with several, of each server by how many projects it has.

    They take turns: how a page grows is no question of when it was asked.
    """
    asks = {projects: asked_of(server, projects) for projects, server in servers.items()}
    found: dict[int, list[Measured]] = {projects: [] for projects in servers}
    for name in next(iter(asks.values())):
        of_page = {projects: ask[name] for projects, ask in asks.items()}
        for projects, clients, replies in answers(name, of_page, rounds):
            try:
                found[projects].append(summed(name, clients, replies))
            except Refused as refused:
                # The rest is still worth knowing; what is missing from the table is said.
                click.echo(str(refused), err=True)
    return found


def asked_of(server: Server, projects: int) -> dict[str, Callable[[], Reply]]:
    """What asks a server for each page."""
    chosen = count()
    asks: dict[str, Callable[[], Reply]] = {
        name: (lambda address=address: server.ask(address))  # type: ignore[misc]
        for name, address in addresses(projects).items()
    }
    asks["saving an answer"] = lambda: save(server, next(chosen) % projects + 1)
    for name in KEPT:
        asks[f"{name}, after a save"] = lambda name=name: after_a_save(server, projects, next(chosen), name)  # type: ignore[misc]
    asks["signing in"] = lambda: sign_in(server)
    return asks


def answers(
    name: str, asks: Mapping[int, Callable[[], Reply]], rounds: int
) -> Iterator[tuple[int, int, list[Reply]]]:
    """One page, warm, by how many projects there are and how many clients ask.

    What takes seconds is asked less often, by one client.
    """
    if name in SLOW:
        for projects, replies in in_turns(asks, 8).items():
            yield projects, 1, replies[4:]
        return
    for ask in asks.values():
        # At once, since one after the other may all be answered by one worker: each is warm then.
        together(ask, 4 * CLIENTS)
    for projects, replies in in_turns(asks, rounds).items():
        yield projects, 1, replies
    for projects, ask in asks.items():
        yield projects, CLIENTS, together(ask, rounds * 2)


def in_turns(asks: Mapping[int, Callable[[], Reply]], rounds: int) -> dict[int, list[Reply]]:
    """Answers to one client, who asks each size in turn: the pace of a processor changes within seconds."""
    turns = [{projects: ask() for projects, ask in asks.items()} for _ in range(rounds)]
    return {projects: [turn[projects] for turn in turns] for projects in asks}


def together(ask: Callable[[], Reply], number: int) -> list[Reply]:
    """So many answers to several clients at once."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        asked = [pool.submit(ask) for _ in range(number)]
        return [one.result() for one in asked]


def summed(name: str, clients: int, replies: list[Reply]) -> Measured:
    """The middle and the slow end; raises Refused when a page failed."""
    bad = [reply for reply in replies if reply.status >= HTTPStatus.BAD_REQUEST]
    if bad:
        said = re.sub(rb"<[^>]*>|\s+", b" ", bad[0].body.partition(b"<main")[2])
        raise Refused(f"{name} answered {bad[0].status}, {len(bad)} of {len(replies)}: {said.decode()[:300]}")
    cuts = quantiles([reply.seconds * 1000 for reply in replies], n=20, method="inclusive")
    largest = max(reply.size for reply in replies) / 1024
    return Measured(name, clients, cuts[9], cuts[18], max(reply.statements for reply in replies), largest)


def save(server: Server, project: int, code: str = "25-C12-R3") -> Reply:
    """One answer saved; only the saving is timed."""
    address = f"/projects/PRJ-{project:04d}/checks/{code}"
    page = server.ask(address)
    answer = {**hidden(page.body), "standing": "met", "note": "In the protocol, section 3"}
    # The page's own cookie carries what proves that the form is ours.
    return server.ask(address, answer, cookie=page.cookie or None)


def after_a_save(server: Server, projects: int, number: int, page: str) -> Reply:
    """A page that is kept, when nothing kept is fresh; only the page is timed."""
    saved = save(server, number % projects + 1)
    if saved.status >= HTTPStatus.BAD_REQUEST:
        return saved
    return server.ask(addresses(projects)[page])


def sign_in(server: Server) -> Reply:
    """One sign-in by password; only the sending of the form is timed."""
    page = server.ask("/sign-in", cookie="")
    person = {"email": "person2@bench.example", "password": PASSWORD}
    return server.ask("/sign-in", {**hidden(page.body), **person}, cookie=page.cookie)
