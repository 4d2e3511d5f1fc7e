"""Every route, every role, every place: who comes, and what the table expects for them."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from flask import Flask, url_for
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from compliance.db import db
from compliance.models import AuditEvent
from compliance.permissions import Permission
from compliance.terms import Role
from tests import factories
from tests import map as architecture
from tests.client import sign_in
from tests.conftest import TODAY
from tests.routes import (
    EVERYWHERE,
    EXPECTED,
    PUBLIC,
    SIGNED_IN,
    SLOW,
    WRITES,
    World,
    part,
)

PRINTED = architecture.rows(architecture.section("Who may do what"))
# The expected table, as ARCHITECTURE.md prints it: who holds each permission.
HOLDERS = {
    Permission(row[0].strip("`")): {role for role, mark in zip(Role, row[1:], strict=True) if mark == "yes"}
    for row in PRINTED
}
# The record belongs to Northmoor: they are there, above it, below it, and beside it.
PLACES = {"own": "northmoor", "above": "npcc", "child": "forensic", "sibling": "westmarch"}


def lacking(states: str) -> tuple[Role, ...]:
    """The roles that a permission is not given to."""
    return tuple(role for role in Role if role not in HOLDERS[Permission(states)])


# Who comes: one in each role at each place; and where a role opens nothing, one in all such roles at once:
# whoever holds several may do what any of them allows, so that what is closed to them is closed to each.
GUARDED = {states for states in EXPECTED.values() if states not in (PUBLIC, SIGNED_IN)}
WHO = [((role,), place) for role in Role for place in PLACES] + [
    (roles, place) for roles in {lacking(states) for states in GUARDED} for place in ("child", "sibling")
]
# Opened; or opened and something is missing, or changed meanwhile.
OPENED = {200, 302, 400, 409}


class Quick(FlaskClient):
    """A visitor whose pages nobody checks: they are looked at elsewhere."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.rollback()
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        db.session.rollback()
        return answer


class Matrix:
    """The records of Northmoor, an address for each route, and somebody in each role at each place."""

    def __init__(self, app: Flask, store: Any, rules: dict[str, Any]) -> None:
        self.app, self.store, self.rules = app, store, rules
        self.world = World(factories.Make())
        self.addresses = {endpoint: self.address(rule) for endpoint, rule in rules.items()}
        self.visitors = {who: self.somebody(*who) for who in WHO}
        self.nobody = self.entering(FlaskClient(app))
        today = TODAY.date()
        self.former = self.holding(until_on=today)
        self.coming = self.holding(from_on=today + timedelta(days=1))
        store.keep("matrix")

    def address(self, rule: Any) -> str:
        """The address of a route, filled with the records of Northmoor."""
        values = {argument: part(self.world, rule.endpoint, argument) for argument in rule.arguments}
        with self.app.test_request_context():
            return url_for(rule.endpoint, **values)

    def entering(self, client: FlaskClient) -> str:
        """The cookie of a visitor, with a token for forms that their session vouches for."""
        with client.session_transaction() as session:
            session["csrf_token"] = "drawn by the test"
        return f"session={client.get_cookie('session').value}"

    def somebody(self, roles: tuple[Role, ...], place: str) -> str:
        """A visitor who holds these roles at this place today."""
        user = self.world.make.user()
        for role in roles:
            self.world.make.member(user, role, self.world.tree[PLACES[place]])
        return self.entering(sign_in(FlaskClient(self.app), user))

    def holding(self, **dates: date) -> str:
        """A visitor who held every role in Northmoor until today, or will from tomorrow on."""
        user = self.world.make.user()
        for role in Role:
            self.world.make.member(user, role, self.world.force, **dates)
        return self.entering(sign_in(FlaskClient(self.app), user))

    def visit(self, cookie: str, endpoint: str, method: str) -> TestResponse:
        """Open a route or send to it; what that changed is undone."""
        data = {"csrf_token": self.token} if method == "POST" else None
        client, headers = Quick(self.app, use_cookies=False), {"Cookie": cookie}
        answer = client.open(self.addresses[endpoint], method=method, data=data, headers=headers)
        if method == "POST" and answer.status_code in (200, 302):
            self.renew()
        return answer

    def renew(self) -> None:
        """Put the records back as they were."""
        db.session.remove()
        db.engine.dispose()
        self.store.renew("matrix")

    @cached_property
    def token(self) -> str:
        """A token that every visitor's session vouches for."""
        signer = URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token")
        return signer.dumps("drawn by the test")

    def expected(self, endpoint: str, method: str, roles: tuple[Role, ...], place: str) -> set[int]:
        """The status that the table expects for these roles at this place."""
        states = EXPECTED[endpoint]
        if states in (PUBLIC, SIGNED_IN):
            return OPENED | {404}
        if not HOLDERS[Permission(states)] & set(roles):
            return {403}
        writers = HOLDERS[Permission(WRITES.get(endpoint, states))]
        writes = bool(writers & set(roles)) or method == "GET"
        if place in ("child", "sibling") and endpoint not in EVERYWHERE:
            return {404} if writes else {403, 404}
        return OPENED if writes else {403}

    def who_comes(self, endpoint: str) -> Iterator[tuple[tuple[Role, ...], str]]:
        """Every role at every place; where no record is named there is no place, and one comes from above."""
        states = EXPECTED[endpoint]
        placed = self.rules[endpoint].arguments and states in GUARDED
        open_to = [role for role in Role if states not in GUARDED or role not in lacking(states)]
        yield (open_to[0],), "above"
        for role in Role:
            if endpoint not in SLOW or role not in open_to:
                yield (role,), "own"
            if placed and role in open_to:
                yield (role,), "child"
                yield (role,), "sibling"
        if placed:
            yield lacking(states), "child"
            yield lacking(states), "sibling"

    def wrong(self, endpoint: str, method: str) -> Iterator[str]:
        """Everyone for whom a route does not answer as the table expects."""
        for roles, place in self.who_comes(endpoint):
            visitor = self.visitors[roles, place]
            status = self.visit(visitor, endpoint, method).status_code
            if status not in self.expected(endpoint, method, roles, place):
                yield f"{method} {endpoint}: {', '.join(roles)}, {place}: {status}"
        states = EXPECTED[endpoint]
        out = self.visit(self.nobody, endpoint, method)
        if states == PUBLIC and out.status_code not in OPENED | {404, 503}:
            yield f"{method} {endpoint}: signed out: {out.status_code}"
        if states != PUBLIC and not to_sign_in(out):
            yield f"{method} {endpoint}: signed out: {out.status_code}"
        if states not in (PUBLIC, SIGNED_IN):
            for name, visitor in (("former", self.former), ("to come", self.coming)):
                if (status := self.visit(visitor, endpoint, method).status_code) != 403:
                    yield f"{method} {endpoint}: {name}: {status}"


def events() -> int:
    """How many events the audit trail has."""
    return db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def to_sign_in(answer: TestResponse) -> bool:
    """Whether a visitor was sent to sign in; what somebody was about to save waits on a page for it."""
    if answer.status_code == 401:
        return answer.request.method == "POST" and "Sign in again" in answer.text
    return answer.status_code == 302 and answer.location.startswith("/sign-in")
