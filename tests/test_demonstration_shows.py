"""The demonstration shows every status: each word of terms.py stands on some record, or here with a reason."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from compliance import clock, frameworks, terms
from compliance.approvals.queries import facts
from compliance.assessments.promises import all_promised
from compliance.assessments.queries import judgements, returns
from compliance.db import db
from compliance.demo.organisations import INVENTED
from compliance.expected.queries import wordings
from compliance.models import (
    Approval,
    Assessment,
    Check,
    Clearance,
    Organisation,
    Project,
    ReportingPeriod,
    Statement,
    User,
)
from compliance.permissions import GRANTS
from compliance.projects import fieldwork
from compliance.reviews.queries import state_of as review_of
from compliance.rules import approvals as approval_rules
from compliance.rules.clearances import access
from compliance.rules.wording import wording_of
from compliance.statements.queries import readiness
from compliance.statements.queries import state_of as statement_of
from compliance.statements.workspace import state_of as narrative_of
from compliance.work.queries import waiting

# What no record shows, and why.
NOT_SHOWN = {
    terms.SignInWay.PASSWORD: "kept when somebody signs in",
    terms.SignInWay.SINGLE_SIGN_ON: "kept when somebody signs in, at a provider that a demonstration lacks",
    terms.LinkKind.INVITATION: "a link that opens an account lives for days, and must not be printed",
    terms.LinkKind.RESET: "as an invitation",
    terms.StatementState.REPLACED: "needs two more signed documents, each some seconds of layout at every load",
    terms.ReturnState.NOT_DUE: "both years that the demonstration tells of are over",
    terms.Waiting.RETURN_DUE: "the same",
    **dict.fromkeys(terms.Found, "what a search finds; it is stored nowhere"),
    terms.Comparison.NAMED: "the council of the demonstration decided against names",
    terms.Wording.DIFFERS: "nobody invents what the source of a real requirement says",
}


def words() -> set[terms.Term]:
    """Every value of every enumeration."""
    return {
        term
        for one in vars(terms).values()
        if isinstance(one, type) and issubclass(one, terms.Term) and one is not terms.Term
        for term in one
    }


def stored() -> Iterator[terms.Term]:
    """Every value that stands in a column of some table."""
    for table in db.metadata.tables.values():
        for column in table.columns:
            if issubclass(getattr(column.type, "enum_class", None) or object, terms.Term):
                yield from db.session.scalars(select(column).where(column.is_not(None)).distinct())


def rows(model) -> list:
    """Every row of a table."""
    return list(db.session.scalars(select(model)))


def computed() -> Iterator[terms.Term]:
    """Every value that pages work out, for each record of the demonstration."""
    today, looks = clock.today(), wordings()
    yield from (fieldwork.state_of(row) for row in rows(Project))
    yield from (approval_rules.state(facts(row), today) for row in rows(Approval))
    yield from (access(row.expires_on, today) for row in rows(Clearance))
    yield from (review_of(row) for model in (Check, Assessment) for row in rows(model))
    yield from (promise.promise.state for row in rows(Organisation) for promise in all_promised(row.id))
    for framework in frameworks.everything().values():
        yield from (wording_of(row, looks.get(row.code)) for row in framework.requirements)
    for statement in rows(Statement):
        yield statement_of(statement)
        yield from (narrative_of(section) for section in readiness(statement).sections)


def asked() -> Iterator[terms.Term]:
    """What waits for each person of the demonstration, and how organisations stand and return."""
    today = clock.today()
    for user in rows(User):
        held = {one for row in user.memberships for one in GRANTS[row.role]}
        waits, _ = waiting(by=user, granted=held)
        yield from (item.status for pile in waits.piles for item in pile.items)
    npcc = db.session.scalars(select(Organisation).where(Organisation.code == "npcc")).one()
    for period in rows(ReportingPeriod):
        yield from (row.state for row in returns(period, today, below=npcc))
    yield from assessed()


def assessed() -> Iterator[terms.Standing]:
    """How each invented force stands to each requirement of both years."""
    codes = [force.code for force in INVENTED]
    for force in db.session.scalars(select(Organisation).where(Organisation.code.in_(codes))):
        for period in rows(ReportingPeriod):
            yield from (row.standing for row in judgements(force.id, period.id, "concordat-2025"))


def lacking(shown: set[terms.Term]) -> set[str]:
    """The words that are neither shown nor excused."""
    return {f"{type(term).__name__}.{term.name}" for term in words() - shown - set(NOT_SHOWN)}


@pytest.fixture
def shown(demo) -> set[terms.Term]:
    """Every word that a record of the demonstration shows."""
    return {*stored(), *computed(), *asked()}


def test_every_word_is_shown_or_has_a_reason(shown):
    assert lacking(shown) == set()
    assert {term for term in NOT_SHOWN if term in shown} == set()
    # A word that goes missing is told.
    assert lacking(shown - {terms.Stage.DEPLOY}) == {"Stage.DEPLOY"}


def test_every_standing_is_shown_for_projects_and_for_organisations(demo):
    assert {row.standing for row in rows(Check)} == set(terms.Standing)
    assert set(assessed()) == set(terms.Standing)


def test_what_a_board_must_see_is_there(demo):
    interests = [row for row in rows(Project) if row.interests_declared]
    assert interests
    assert all(row.interests for row in interests)
    funders = [row for row in rows(Organisation) if row.funds_from_on]
    assert [row.invented for row in funders] == [True]
    assert [row.standing for row in rows(Assessment) if row.framework == "government-guidance"]
    overdue = [
        row.promise
        for place in rows(Organisation)
        for row in all_promised(place.id)
        if row.promise.is_open and row.promise.due_on < clock.today()
    ]
    assert overdue
    followed = [row for row in rows(Organisation) if any(one.until_on for one in row.contacts)]
    assert [row.code for row in followed] == ["northmoor"]


def test_real_names_carry_no_invented_fact_of_these_kinds(demo):
    real = {row.id for row in rows(Organisation) if not row.invented}
    council = {row.id for row in rows(Organisation) if row.code == "npcc"}
    assert not [row for row in rows(Project) if row.organisation_id in real and row.interests]
    assert {row.organisation_id for row in rows(Statement)} & real == council
