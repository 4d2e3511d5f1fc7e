"""Evidence to review waits for its owner, as long as they may open it."""

from datetime import timedelta

from compliance import clock
from compliance.terms import Role
from compliance.work.evidence import to_review


def test_evidence_waits_for_its_owner_only_where_they_may_open_it(make):
    tree = make.tree()
    owner = make.user(Role.INTEGRITY_LEAD, tree["npcc"])
    elsewhere = make.user(Role.INTEGRITY_LEAD, tree["westmarch"])
    soon = clock.today() + timedelta(days=5)
    for number, person in enumerate((owner, elsewhere)):
        check = make.check(make.project(tree["northmoor"], owner, title=f"Project {number}"))
        make.evidence(check, person, content=b"%%PDF-1.7\n%d" % number, review_by_on=soon)
    assert to_review(owner).total == 1
    assert to_review(elsewhere).total == 0
