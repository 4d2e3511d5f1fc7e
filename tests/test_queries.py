"""The guard over queries can fail, and the forms that tests fill are the forms that people see."""

import pytest
from sqlalchemy import text

from compliance.db import db
from compliance.terms import Role
from tests.conftest import TooManyQueries, at_most


def test_one_query_too_many_is_told(app):
    def ask_twice() -> None:
        with at_most(1):
            db.session.execute(text("SELECT 1"))
            db.session.execute(text("SELECT 2"))

    with pytest.raises(TooManyQueries, match="SELECT 2"):
        ask_twice()


def test_a_control_that_is_not_on_the_page_cannot_be_filled(client, make):
    npcc = make.organisation("npcc")
    client.sign_in(make.user(Role.RESEARCH_LEAD, npcc))
    with pytest.raises(AssertionError, match="nonsense"):
        client.fill("/projects/new", {"nonsense": "x"})


def test_a_post_without_the_token_changes_nothing(client, make):
    npcc = make.organisation("npcc")
    client.sign_in(make.user(Role.RESEARCH_LEAD, npcc))
    assert client.post("/projects/new", data={"title": "x", "organisation_code": "npcc"}).status_code == 400
