"""Organisations, read: what a list calls them is what they are called."""

from datetime import date

import pytest
from sqlalchemy import select

from compliance import clock
from compliance.db import db
from compliance.models import Organisation, OrganisationLink, OrganisationName
from compliance.organisations.queries import name_today, places
from compliance.permissions import Permission
from compliance.terms import OrganisationKind, Role
from tests.factories import BEGINS, added

VIEW = Permission.PROJECT_VIEW


@pytest.fixture
def renamed(make) -> dict[str, Organisation]:
    """Organisations whose names began and ended on other days."""
    council = make.organisation("council")
    days = {
        "was": [("Old", date(2020, 1, 1), date(2021, 1, 1)), ("New", date(2021, 1, 1), None)],
        "will": [("Now", date(2020, 1, 1), date(2090, 1, 1)), ("Then", date(2090, 1, 1), None)],
        "gap": [("Before", date(2020, 1, 1), date(2021, 1, 1))],
        "later": [("To come", date(2090, 1, 1), None)],
        "nameless": [],
    }
    made = {}
    for code, spans in days.items():
        names = [OrganisationName(name=name, from_on=begin, until_on=end) for name, begin, end in spans]
        links = [OrganisationLink(parent_id=council.id, from_on=BEGINS)]
        made[code] = added(Organisation(code=code, kind=OrganisationKind.FORCE, names=names, links=links))
    return {"council": council, **made}


def test_the_name_in_sql_is_the_name_in_python(renamed):
    found = dict(db.session.execute(select(Organisation.code, name_today())).all())
    assert found == {code: row.name_on(clock.today()) for code, row in renamed.items()}
    assert found["was"] == "New"
    assert found["later"] == "To come"
    assert found["nameless"] == "nameless"


def test_places_are_told_by_name_where_the_permission_is_held(make, renamed):
    person = make.user(Role.BOARD_MEMBER, renamed["council"])
    assert [one.name for one in places(VIEW, by=person)] == [
        "Before", "Council", "New", "Now", "To come", "nameless",
    ]  # fmt: skip
    only = make.user(Role.BOARD_MEMBER, renamed["will"])
    assert [tuple(one) for one in places(VIEW, by=only)] == [("will", "Now")]
    assert places(Permission.ACCOUNT_MANAGE, by=only) == []
