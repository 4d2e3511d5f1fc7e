"""Eight people who save at once beside readers: what each was told, and what is in the database."""

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from typing import NamedTuple

from sqlalchemy import func, select

from bench.pages import CLIENTS, save
from bench.server import Server
from compliance.db import db
from compliance.models import Answer, Check, Project

SHARED = 4


class Written(NamedTuple):
    """How it went: saves, conflicts told (409), failures, saves that are not there, p95 in milliseconds.

    `unread` are the answers to the readers beside them that were no page.
    """

    saved: int
    conflicts: int
    failed: int
    lost: int
    p95: float
    unread: int


def stored() -> int:
    """How many answers the projects that are written to have."""
    numbers = select(Project.id).where(Project.id <= SHARED)
    return (
        db.session.scalar(select(func.count(Answer.id)).join(Check).where(Check.project_id.in_(numbers))) or 0
    )


def write_together(server: Server, seconds: int) -> Written:
    """Eight writers on four checks, so that they meet, and two readers beside them."""
    before = stored()
    db.session.rollback()
    until = time.monotonic() + seconds

    def write(number: int) -> list[tuple[int, float]]:
        told = []
        while time.monotonic() < until:
            reply = save(server, number % SHARED + 1)
            told.append((reply.status, reply.seconds * 1000))
        return told

    def read(_number: int) -> int:
        unread = 0
        while time.monotonic() < until:
            unread += server.ask("/projects").status != 200
        return unread

    with ThreadPoolExecutor(CLIENTS + 2) as pool:
        jobs = [pool.submit(write, number) for number in range(CLIENTS)]
        readers = [pool.submit(read, number) for number in range(2)]
        told = [one for job in jobs for one in job.result()]
    saved = sum(status == 302 for status, _ in told)
    conflicts = sum(status == 409 for status, _ in told)
    p95 = quantiles([taken for _, taken in told], n=20, method="inclusive")[18]
    lost, unread = saved - (stored() - before), sum(job.result() for job in readers)
    return Written(saved, conflicts, len(told) - saved - conflicts, lost, p95, unread)
