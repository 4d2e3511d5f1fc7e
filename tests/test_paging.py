"""Pages of a list: put together they are the list, with those that come first before the others."""

from collections.abc import Sequence

import pytest
from sqlalchemy import ColumnElement, select

from compliance.db import db
from compliance.models import Organisation
from compliance.paging import Page, page_of
from tests.conftest import at_most

SIZE = 3
# Of most organisations the page is not known: a condition on it is neither true nor false of them.
KNOWN = Organisation.integrity_page == "https://known.example"


@pytest.fixture
def listed(make) -> list[str]:
    """The codes of eight organisations as the list has them: two with a page, then those without."""
    for place in range(8):
        page = "https://known.example" if place in (1, 6) else None
        make.organisation(f"place-{place}", integrity_page=page)
    return [f"place-{place}" for place in (6, 1, 7, 5, 4, 3, 2, 0)]


def page(number: int, first: ColumnElement[bool] | None = KNOWN) -> Page:
    """One page of the list, by keys."""
    rows = select(Organisation).order_by(Organisation.integrity_page.is_(None), Organisation.id.desc())
    keys = select(Organisation.id).order_by(Organisation.id.desc())
    return page_of(rows, number, SIZE, keys=keys, first=first)


def codes(rows: Sequence[Organisation]) -> list[str]:
    return [row.code for row in rows]


def test_pages_put_together_are_the_list(listed):
    pages = [page(number) for number in (1, 2, 3)]
    assert [code for one in pages for code in codes(one.rows)] == listed
    assert {(one.total, one.pages) for one in pages} == {(8, 3)}
    # Without word of which come first, others are on the first page: the condition decides that.
    assert sorted(codes(page(1, first=None).rows)) == ["place-5", "place-6", "place-7"]


def test_a_number_beyond_the_end_gives_the_last_page(listed):
    last = page(99)
    assert (last.number, codes(last.rows)) == (3, listed[6:])
    assert codes(page(-1).rows) == listed[:3]


def test_a_list_of_nothing_but_what_comes_first_or_of_nothing_is_whole(listed):
    keys = select(Organisation.id).where(KNOWN).order_by(Organisation.id.desc())
    rows = select(Organisation).order_by(Organisation.id.desc())
    assert codes(page_of(rows, 1, SIZE, keys=keys, first=KNOWN).rows) == listed[:2]
    nothing = page_of(rows, 2, SIZE, keys=keys.where(Organisation.code == "nowhere"), first=KNOWN)
    assert (nothing.rows, nothing.number, nothing.pages, nothing.total) == ([], 1, 1, 0)


def test_a_page_takes_two_statements_and_what_rows_bring_along(listed):
    page(1)
    db.session.expire_all()
    with at_most(3) as sent:
        page(2)
    assert sum("organisation_name" in one for one in sent) == 1


def test_a_list_without_keys_is_paged_in_its_own_order(listed):
    rows = select(Organisation.code, Organisation.id).order_by(Organisation.code.desc())
    found = page_of(rows, 2, SIZE)
    assert [row.code for row in found.rows] == ["place-4", "place-3", "place-2"]
    assert found.total == 8
