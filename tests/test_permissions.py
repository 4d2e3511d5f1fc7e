"""Who may open what: every route, every role, every place in the tree, signed in, signed out, and no longer."""

import pytest
from flask import Flask
from sqlalchemy import select

from compliance import create_app
from compliance.models import Organisation
from compliance.permissions import GRANTS, Permission
from compliance.projects import queries as projects
from compliance.terms import Role
from tests.matrix import GUARDED, Matrix, events, lacking
from tests.routes import (
    EXPECTED,
    LIBRARY,
    MAY_REDIRECT,
    ONLY_READS,
    PUBLIC,
    SIGNED_IN,
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


@pytest.fixture(scope="session")
def kept() -> dict[str, Matrix]:
    """The matrix, made once a worker, which may leave these tests to others and come back to some."""
    return {}


@pytest.fixture
def matrix(app, store, rules, kept) -> Matrix:
    """The matrix, its records as they were made."""
    if not kept:
        kept["matrix"] = Matrix(app, store, rules)
    kept["matrix"].renew()
    return kept["matrix"]


FEATURES = sorted({endpoint.split(".")[0] for endpoint in EXPECTED})


@pytest.mark.parametrize("feature", FEATURES)
def test_every_route_opens_for_whom_the_table_says_and_where(matrix, rules, feature):
    found = [
        line
        for endpoint, rule in rules.items()
        if endpoint.split(".")[0] == feature
        for method in sorted(rule.methods & {"GET", "POST"})
        for line in matrix.wrong(endpoint, method)
    ]
    assert found == []


def test_a_query_that_forgets_the_place_is_found(matrix, monkeypatch):
    monkeypatch.setattr(projects, "my_organisations", lambda *_: select(Organisation.id))
    for built in ("one_where", "whole"):
        # Built anew, and not kept for the tests that follow.
        monkeypatch.setattr(projects, built, getattr(projects, built).__wrapped__)
    found = list(matrix.wrong("projects.show", "GET"))
    assert "GET projects.show: research_lead, sibling: 200" in found
    assert "GET projects.show: research_lead, child: 200" in found


def test_a_grant_too_many_is_found(matrix, monkeypatch):
    monkeypatch.setitem(GRANTS, Role.AUDITOR, GRANTS[Role.AUDITOR] | {Permission.PROJECT_REGISTER})
    found = list(matrix.wrong("registration.start", "POST"))
    assert any(line.startswith("POST registration.start: auditor, own:") for line in found)


def test_who_is_refused_leaves_no_trace(matrix, rules):
    """An auditor sends every form there is."""
    auditor = matrix.visitors[(Role.AUDITOR,), "above"]
    before = events()
    for endpoint, rule in rules.items():
        states = EXPECTED[endpoint]
        if "POST" in rule.methods and states not in (PUBLIC, SIGNED_IN) and endpoint not in ONLY_READS:
            assert matrix.visit(auditor, endpoint, "POST").status_code == 403, endpoint
    assert events() == before


def test_pages_without_a_record_open_whole(matrix, rules):
    """Not merely let in: the page is there."""
    for endpoint, rule in rules.items():
        states = EXPECTED[endpoint]
        if rule.arguments or "GET" not in rule.methods:
            continue
        role = next(role for role in Role if states not in GUARDED or role not in lacking(states))
        status = matrix.visit(matrix.visitors[(role,), "above"], endpoint, "GET").status_code
        assert status in ({200, 302} if endpoint in MAY_REDIRECT else {200}), f"{endpoint}: {status}"
