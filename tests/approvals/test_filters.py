"""Every filter of the list of approvals opens, alone and beside a search."""

import pytest

from compliance.approvals.register import SHOWN
from compliance.terms import Role


@pytest.mark.parametrize("show", [value for value, _label in SHOWN])
def test_a_filter_opens(client, make, show):
    force = make.organisation("northmoor")
    person = make.user(Role.RESEARCH_LEAD, force)
    make.project(force, person)
    client.sign_in(person)
    assert client.get("/approvals", query_string={"show": show, "q": "victims"}).status_code == 200
