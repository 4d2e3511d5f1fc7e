"""Who may open what: every route, every role, every place in the tree, signed in, signed out, and no longer."""

from datetime import date, timedelta

import pytest
from flask import Flask, url_for
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from compliance import create_app
from compliance.db import db
from compliance.models import AuditEvent, Organisation
from compliance.permissions import GRANTS, Permission, roles_with
from compliance.terms import Role
from tests.client import PageClient
from tests.conftest import TODAY
from tests.routes import (
    EVERYWHERE,
    EXPECTED,
    LIBRARY,
    MAY_REDIRECT,
    ONLY_READS,
    PUBLIC,
    SIGNED_IN,
    World,
    part,
)


def routes_of(app: Flask) -> dict[str, object]:
    """What each route states; None when it states nothing."""
    return {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "requires", None)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in LIBRARY
    }


@pytest.fixture(scope="session")
def rules(made_app):
    """Every route of ours by its endpoint."""
    return {rule.endpoint: rule for rule in made_app.url_map.iter_rules() if rule.endpoint not in LIBRARY}


def complaints(app: Flask) -> list[str]:
    """Routes without a permission, without a line in the table, or with another than the table says."""
    found = []
    for endpoint, states in routes_of(app).items():
        if states is None:
            found.append(f"{endpoint} states no permission")
        elif endpoint not in EXPECTED:
            found.append(f'"{endpoint}": {states!r}, is missing in tests/routes.py')
        elif states != EXPECTED[endpoint]:
            found.append(f"{endpoint} states {states}, the table says {EXPECTED[endpoint]}")
    return found + [f"{endpoint} is gone" for endpoint in EXPECTED if endpoint not in app.view_functions]


def test_every_route_states_the_permission_that_the_table_names(made_app):
    assert complaints(made_app) == []


def test_the_library_brings_the_routes_we_know_and_no_more(made_app):
    foreign = {
        endpoint for endpoint in made_app.view_functions if endpoint.split(".")[0] in ("security", "static")
    }
    assert foreign == LIBRARY


def test_a_route_that_says_nothing_is_found(tmp_path):
    app = create_app({"TESTING": True, "INSTANCE_DIR": tmp_path})
    app.add_url_rule("/open", "forgotten.open", lambda: "x")
    app.view_functions["projects.index"].requires = Permission.AUDIT_VIEW
    try:
        assert complaints(app) == [
            "projects.index states audit:view, the table says project:view",
            "forgotten.open states no permission",
        ]
    finally:
        app.view_functions["projects.index"].requires = Permission.PROJECT_VIEW


def may_open(role: Role | None, states: str) -> bool:
    if states == PUBLIC:
        return True
    return role is not None and (states == SIGNED_IN or Permission(states) in GRANTS[role])


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "signed out")
def test_pages_without_a_record_open_for_whom_the_table_says(app, client, make, rules, role):
    world = World(make)
    if role:
        client.sign_in(make.user(role, world.tree["npcc"]))
    for endpoint, rule in rules.items():
        if rule.arguments or "GET" not in rule.methods:
            continue
        answer = client.get(rule.rule)
        if may_open(role, EXPECTED[endpoint]):
            allowed = {200, 302} if endpoint in MAY_REDIRECT else {200}
            assert answer.status_code in allowed, f"{endpoint}: {answer.status_code}"
        elif role:
            assert answer.status_code == 403, f"{endpoint}: {answer.status_code}"
        else:
            assert to_sign_in(answer), f"{endpoint}: {answer.status_code}"


def to_sign_in(answer) -> bool:
    """Whether a visitor was sent to sign in; what somebody was about to save waits on a page for it."""
    if answer.status_code == 401:
        return answer.request.method == "POST" and "Sign in again" in answer.text
    return answer.status_code == 302 and answer.location.startswith("/sign-in")


def token(client: PageClient) -> str:
    """A token that the client's session vouches for."""
    with client.session_transaction() as session:
        session["csrf_token"] = "drawn by the test"
    key = client.application.secret_key
    return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps("drawn by the test")


def visit(client: PageClient, world: World, rule, method: str = ""):
    """Open or send to a route, its address filled with the records of Northmoor."""
    values = {argument: part(world, rule.endpoint, argument) for argument in rule.arguments}
    with client.application.test_request_context():
        address = url_for(rule.endpoint, **values)
    if (method or ("GET" if "GET" in rule.methods else "POST")) == "GET":
        return client.get(address)
    return client.post(address, data={"csrf_token": token(client)})


# Opened; or opened and something is missing, or changed meanwhile.
OPENED = (200, 302, 400, 409)
RECORDS = sorted(endpoint for endpoint, states in EXPECTED.items() if states not in (PUBLIC, SIGNED_IN))


def check_places(client: PageClient, world: World, rule, permission: Permission) -> None:
    """Fail unless a record of Northmoor opens in Northmoor and above, now, for the right roles, and nowhere else."""
    role = roles_with(permission)[0]

    def answer_for(place: str, role: Role = role, **dates: date) -> int:
        user = world.make.user()
        world.make.member(user, role, world.tree[place], **dates)
        client.sign_in(user)
        return visit(client, world, rule).status_code

    if rule.endpoint in EVERYWHERE:
        assert answer_for("westmarch") in OPENED
    else:
        assert answer_for("westmarch") == 404, "a sister sees it"
        assert answer_for("forensic") == 404, "a unit below sees it"
    assert answer_for("northmoor", until_on=TODAY.date()) == 403, "a membership that has ended still holds"
    assert answer_for("northmoor", from_on=TODAY.date() + timedelta(days=1)) == 403, (
        "tomorrow's membership holds"
    )
    for other in set(Role) - set(roles_with(permission)):
        assert answer_for("npcc", other) == 403, f"{other} gets in"
    for place in ("northmoor", "npcc"):
        assert answer_for(place) in OPENED, f"{role} in {place} is kept out"


@pytest.mark.parametrize("endpoint", RECORDS)
def test_a_record_opens_in_its_place_and_nowhere_else(client, make, rules, endpoint):
    if rules[endpoint].arguments:
        check_places(client, World(make), rules[endpoint], Permission(EXPECTED[endpoint]))


def test_a_query_that_forgets_the_place_is_found(client, make, rules, monkeypatch):
    monkeypatch.setattr("compliance.projects.queries.organisations_where", lambda *_: select(Organisation.id))
    with pytest.raises(AssertionError, match="a sister sees it"):
        check_places(client, World(make), rules["projects.show"], Permission.PROJECT_VIEW)


@pytest.mark.parametrize("endpoint", RECORDS)
def test_a_record_is_nothing_to_someone_signed_out(client, make, rules, endpoint):
    assert to_sign_in(visit(client, World(make), rules[endpoint]))


@pytest.mark.parametrize("endpoint", RECORDS)
def test_a_role_elsewhere_writes_nothing_here(client, make, rules, endpoint):
    rule = rules[endpoint]
    if "POST" not in rule.methods or not rule.arguments or endpoint in EVERYWHERE:
        return
    world = World(make)
    user = make.user(Role.AUDITOR, world.tree["npcc"])
    for role in set(Role) - {Role.AUDITOR}:
        make.member(user, role, world.tree["westmarch"])
    client.sign_in(user)
    assert visit(client, world, rule, "POST").status_code in (403, 404)


def check_unchanged(client: PageClient, world: World, rule) -> None:
    """Fail unless an auditor's post is refused and leaves no trace in the database."""
    client.sign_in(world.make.user(Role.AUDITOR, world.tree["npcc"]))
    visit(client, world, rule, "POST")
    before = db.session.scalar(select(func.count()).select_from(AuditEvent))
    refused = 200 if rule.endpoint in ONLY_READS else 403
    assert visit(client, world, rule, "POST").status_code == refused
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before


@pytest.mark.parametrize("endpoint", RECORDS)
def test_an_auditor_changes_nothing(client, make, rules, endpoint):
    if "POST" in rules[endpoint].methods:
        check_unchanged(client, World(make), rules[endpoint])


def test_a_grant_too_many_is_found(client, make, rules, monkeypatch):
    monkeypatch.setitem(GRANTS, Role.AUDITOR, GRANTS[Role.AUDITOR] | {Permission.PROJECT_REGISTER})
    with pytest.raises(AssertionError):
        check_unchanged(client, World(make), rules["registration.start"])
