"""The words by which each record is found."""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from compliance.derived.index import Entry
from compliance.models import (
    Approval,
    Narrative,
    OrganisationName,
    Partner,
    Project,
    ReportingPeriod,
    Statement,
    User,
)
from compliance.rules.searching import INDEXED, plain, together
from compliance.terms import Found

Ids = Collection[int]


def entry(reference: str, title: str, *words: str | None) -> Entry:
    """What a record is found by; its reference as it stands and as one word."""
    text = plain(" ".join(filter(None, words)))[:INDEXED]
    return Entry(f"{plain(reference)} {together(reference)}", plain(title)[:INDEXED], text)


def gathered(connection: Connection, key: Any, words: Any, ids: Ids) -> dict[int, str]:
    """Several rows of words about each of these, joined; nothing for those without any."""
    found: dict[int, list[str]] = defaultdict(list)
    for one, text in connection.execute(select(key, words).where(key.in_(ids)).order_by(key, words)):
        found[one].append(text)
    return {one: " ".join(texts) for one, texts in found.items()}


def names_of(connection: Connection, ids: Ids) -> dict[int, str]:
    """Every name that these organisations have, had or will have: none is out of date on any day."""
    return gathered(connection, OrganisationName.organisation_id, OrganisationName.name, ids)


def projects(connection: Connection, ids: Ids) -> dict[int, Entry]:
    """Projects by title, summary, funder, areas, lead, partners and organisation."""
    columns = (Project.id, Project.organisation_id, Project.reference, Project.title)
    texts = (Project.summary, Project.funder, Project.areas_of_interest, User.name)
    rows = connection.execute(
        select(*columns, *texts).outerjoin(User, User.id == Project.lead_id).where(Project.id.in_(ids))
    ).all()
    names = names_of(connection, {row.organisation_id for row in rows})
    partners = gathered(connection, Partner.project_id, Partner.name, ids)
    return {
        one: entry(reference, title, *words, partners.get(one), names.get(place))
        for one, place, reference, title, *words in rows
    }


def approvals(connection: Connection, ids: Ids) -> dict[int, Entry]:
    """Approvals by body, its own reference, and the project."""
    rows = connection.execute(
        select(
            Approval.id,
            Approval.organisation_id,
            Approval.reference,
            Approval.body_name,
            Approval.body_reference,
            Project.title,
            Project.reference,
        )
        .join(Project, Project.id == Approval.project_id)
        .where(Approval.id.in_(ids))
    ).all()
    names = names_of(connection, {row.organisation_id for row in rows})
    return {
        one: entry(reference, body, known_as, together(known_as or ""), title, project, names.get(place))
        for one, place, reference, body, known_as, title, project in rows
    }


def statements(connection: Connection, ids: Ids) -> dict[int, Entry]:
    """Statements by organisation, period and the newest words of each section."""
    later = aliased(Narrative)
    newest = (
        ~select(later.id)
        .where(
            later.statement_id == Narrative.statement_id,
            later.section == Narrative.section,
            later.number > Narrative.number,
        )
        .correlate(Narrative)
        .exists()
    )
    texts: dict[int, list[str]] = defaultdict(list)
    for one, text in connection.execute(
        select(Narrative.statement_id, Narrative.text)
        .where(Narrative.statement_id.in_(ids), newest)
        .order_by(Narrative.section)
    ):
        texts[one].append(text)
    rows = connection.execute(
        select(Statement.id, Statement.organisation_id, Statement.reference, ReportingPeriod.key)
        .join(ReportingPeriod, ReportingPeriod.id == Statement.period_id)
        .where(Statement.id.in_(ids))
    ).all()
    names = names_of(connection, {row.organisation_id for row in rows})
    return {
        one: entry(reference, f"annual statement {names.get(place, '')} {period}", *texts[one])
        for one, place, reference, period in rows
    }


def people(connection: Connection, ids: Ids) -> dict[int, Entry]:
    """People by name and address."""
    rows = connection.execute(select(User.id, User.name, User.email).where(User.id.in_(ids)))
    return {one: entry("", name, email) for one, name, email in rows}


KEPT: dict[Found, tuple[Any, Callable[[Connection, Ids], dict[int, Entry]]]] = {
    Found.PROJECT: (Project, projects),
    Found.APPROVAL: (Approval, approvals),
    Found.STATEMENT: (Statement, statements),
    Found.PERSON: (User, people),
}
