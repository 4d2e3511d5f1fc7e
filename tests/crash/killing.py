"""Workers killed at random while eight people write and one signs: what was acknowledged, and what is there."""

import hashlib
import os
import random
import secrets
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Event

from flask import Flask
from sqlalchemy import insert, select

from bench.server import Server, hidden, serving
from compliance import audit, clock
from compliance.accounts.sign_ins import sha256
from compliance.db import Base, db
from compliance.models import AuditEvent, Project, SignIn, SignOff, Statement, User
from compliance.terms import Role, SignInWay
from reports.statement import fingerprint
from tests.factories import Make

CLIENTS = 8
# A document takes seconds to make, and this computer may do much else. In seconds.
SIGNING = 90
# What is worked out from the records or counts for hours, and what is put past the trail here: no event tells of it.
UNTOLD = {
    *("audit_event", "cover", "project_standing", "approval_standing", "check_tally"),
    *("failed_sign_in", "sign_in"),
}


@dataclass
class Told:
    """What the clients were told: what was acknowledged as written and as signed, how many answers never came."""

    kept: set[str] = field(default_factory=set)
    signed: set[str] = field(default_factory=set)
    broken: int = 0


@dataclass
class Outcome:
    """How a run went: workers killed, writes and signatures acknowledged, answers that never came, every fault."""

    kills: int
    kept: int
    signed: int
    broken: int
    faults: list[str]


def cookie_of(app: Flask, user: User) -> str:
    """The cookie of a sign-in of this person."""
    token = secrets.token_urlsafe()
    moments = dict.fromkeys(("began_at", "seen_at", "opened_at"), clock.now())
    row = {"user_id": user.id, "token_sha256": sha256(token), "way": SignInWay.PASSWORD}
    db.session.execute(insert(SignIn).values(**row, **moments, address="127.0.0.1", browser="crash"))
    db.session.commit()
    signer = app.session_interface.get_signing_serializer(app)
    return f"session={signer.dumps({'sign_in': token})}"


def write(server: Server, cookie: str, number: int, told: Told, stop: Event) -> None:
    """Start one project after the other, each under a title of its own, until told to stop."""
    tries = 0
    while not stop.is_set():
        tries += 1
        title = f"Writer {number}, project {tries}"
        try:
            page = server.ask("/projects/new", cookie=cookie)
            form = {**hidden(page.body), "title": title, "organisation_code": "northmoor"}
            answer = server.ask("/projects/new", form, page.cookie or cookie)
        except (OSError, HTTPException):
            told.broken += 1
            continue
        if answer.status == 302:
            told.kept.add(title)


def sign(server: Server, approved: list[tuple[str, str]], told: Told, stop: Event) -> None:
    """Sign one statement after the other, each as often as it takes, until told to stop."""
    waiting = list(approved)
    while waiting and not stop.is_set():
        cookie, reference = waiting[0]
        address = f"/statements/{reference}/sign"
        try:
            page = server.ask(address, cookie=cookie)
            answer = server.ask(address, {**hidden(page.body), "declared": "yes"}, page.cookie or cookie)
        except (OSError, HTTPException):
            told.broken += 1
            continue
        if answer.status == 302:
            told.signed.add(reference)
        # Whoever signed and never had the answer is told that it is signed.
        if answer.status in (302, 409):
            waiting.pop(0)


def half_signed(signed: set[str]) -> list[str]:
    """Signatures that were acknowledged and are not there, or whose document is not what was signed."""
    stored = {row.statement.reference: row for row in db.session.scalars(select(SignOff).join(Statement))}
    found = [f"acknowledged and not signed: {one}" for one in sorted(signed - set(stored))]
    for reference, row in stored.items():
        whole = row.pdf.startswith(b"%PDF-") and row.pdf.rstrip().endswith(b"%%EOF")
        if not whole or hashlib.sha256(row.pdf).hexdigest() != row.pdf_sha256:
            found.append(f"half a document: {reference}")
        if fingerprint(row.snapshot) != row.fingerprint:
            found.append(f"half a snapshot: {reference}")
    return found


def kill_one(server: Server) -> bool:
    """Kill one worker as the system would that ran out of memory; False when none stood there."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii").split()
    with suppress(ProcessLookupError, IndexError):
        os.kill(int(random.choice(children)), signal.SIGKILL)  # noqa: S311
        return True
    return False


def wait_for(told: Told, number: int, seconds: float) -> bool:
    """Whether so many writes were acknowledged within some seconds."""
    until = time.monotonic() + seconds
    while len(told.kept) < number and time.monotonic() < until:
        time.sleep(0.02)
    return len(told.kept) >= number


def faults(kept: set[str], signed: set[str] = frozenset()) -> list[str]:
    """Acknowledged writes that are not there, a chain that breaks, rows of which no event tells, half a statement."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        # People go on writing: all of this is read as of one moment, as SQLite does by itself.
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    stored = set(db.session.scalars(select(Project.title)))
    found = [f"acknowledged and not there: {title}" for title in sorted(kept - stored)]
    if broken := audit.verify()[1]:
        found.append(f"the chain breaks at event {broken.seq}: {broken.what}")
    found += half_signed(signed)
    told = set(db.session.scalars(select(AuditEvent.row)))
    for table in Base.metadata.sorted_tables:
        if table.primary_key and table.name not in UNTOLD:
            keys = db.session.execute(select(*table.primary_key))
            rows = {f"{table.name} {'/'.join(map(str, key))}" for key in keys}
            found += [f"half a write: no event tells of {row}" for row in sorted(rows - told)]
    projects = {row for row in told if row.startswith("project ")}
    there = {f"project {number}" for number in db.session.scalars(select(Project.id))}
    found += [
        f"half a write: an event tells of {row}, which is not there" for row in sorted(projects - there)
    ]
    db.session.rollback()
    return found


def to_be_signed(app: Flask, make: Make, number: int) -> list[tuple[str, str]]:
    """Statements of the last whole year that their boards approved: who may sign each, by cookie, and each."""
    today, found = clock.today(), []
    year = make.period(today.year - 1 if (today.month, today.day) >= (4, 1) else today.year - 2)
    for one in range(number):
        force = make.organisation(f"westmarch-{one}")
        cast = make.cast(force)
        statement = make.complete(force, year, cast)
        make.board_approval(statement, cast.board)
        found.append((cookie_of(app, cast.signatory), statement.reference))
    return found


def signed_in_the_end(told: Told, seconds: float) -> bool:
    """Whether somebody was told within some seconds that a statement is signed."""
    until = time.monotonic() + seconds
    while not told.signed and time.monotonic() < until:
        time.sleep(0.1)
    return bool(told.signed)


def crash(app: Flask, address: str, kills: int) -> Outcome:
    """Kill so many workers while eight people write and one signs; look after each that nothing is lost."""
    make = Make()
    # A document counts what was judged by the whole second that it prints.
    with clock.standing_at(clock.now().replace(microsecond=0)):
        approved = to_be_signed(app, make, max(1, kills // 50))
    force = make.organisation("northmoor", name="Northmoor Constabulary")
    cookies = [cookie_of(app, make.user(Role.RESEARCH_LEAD, force)) for _ in range(CLIENTS)]
    told, stop, ended, found, done = Told(), Event(), Event(), [], 0
    db.session.remove()
    with (
        serving(address, app.config["INSTANCE_DIR"], app.config["SECRET_KEY"], cookies[0]) as server,
        ThreadPoolExecutor(CLIENTS + 1) as pool,
    ):
        jobs = [pool.submit(write, server, one, number, told, stop) for number, one in enumerate(cookies)]
        jobs.append(pool.submit(sign, server, approved, told, ended))
        try:
            while done < kills and not found:
                wait_for(told, len(told.kept) + 1, 5)
                time.sleep(random.uniform(0, 0.5))  # noqa: S311
                done += kill_one(server)
                found = faults(set(told.kept), set(told.signed))
            # Recovery needs no hands: whoever writes now is told so.
            if not wait_for(told, len(told.kept) + CLIENTS, 20):
                found.append("after the last kill nobody could write for 20 seconds")
            stop.set()
            if not signed_in_the_end(told, SIGNING):
                found.append(f"after the last kill nobody could sign for {SIGNING} seconds")
        finally:
            stop.set()
            ended.set()
        for job in jobs:
            job.result()
    found += faults(told.kept, told.signed)
    return Outcome(done, len(told.kept), len(told.signed), told.broken, found)
