"""Organisations, their names and places, and the people they name, changed."""

from datetime import date

from compliance import audit
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.models import Contact, Organisation, OrganisationLink, OrganisationName, User
from compliance.organisations import queries
from compliance.rules import organisations as rules
from compliance.rules.broken import RuleBroken


def add_organisation(new: rules.NewOrganisation, parent: Organisation, *, by: User) -> Organisation:
    """Add an organisation below another; raises RuleBroken."""
    new.check()
    with transaction():
        audit.record("organisation.added", subject=new.code, by=by)
        if queries.code_taken(new.code):
            raise RuleBroken("Another organisation has this code", field="code")
        organisation = Organisation(
            code=new.code,
            kind=new.kind,
            returns_from_on=new.returns_from_on,
            names=[OrganisationName(name=new.name, from_on=new.from_on)],
            links=[OrganisationLink(parent=parent, from_on=new.from_on)],
        )
        db.session.add(organisation)
    return organisation


def record_name(organisation: Organisation, new: rules.NewName, *, by: User) -> None:
    """Record what an organisation is called from a day on; its name before ends then. Raises RuleBroken."""
    with transaction():
        audit.record("organisation.renamed", subject=organisation.code, by=by)
        current = organisation.names[-1]
        new.check(current.name, [rules.Span(row.from_on, row.until_on) for row in organisation.names])
        current.until_on = new.from_on
        db.session.add(OrganisationName(organisation=organisation, name=new.name, from_on=new.from_on))


def record_parent(
    organisation: Organisation, parent: Organisation, new: rules.NewParent, *, by: User
) -> None:
    """Record below which organisation it stands from a day on; its place before ends then.

    Raises RuleBroken.
    """
    with transaction():
        audit.record("organisation.moved", subject=organisation.code, by=by)
        current = organisation.links[-1] if organisation.links else None
        recorded = [rules.Span(row.from_on, row.until_on) for row in organisation.links]
        above = current.parent_id if current else None
        new.check(organisation.id, parent.id, above, recorded, queries.all_links())
        if current:
            current.until_on = new.from_on
        db.session.add(OrganisationLink(organisation=organisation, parent=parent, from_on=new.from_on))


def change_details(organisation: Organisation, new: rules.NewDetails, *, seen: int, by: User) -> None:
    """Change what a statement prints about the organisation itself, and while it pays for research.

    Raises RuleBroken or Conflict.
    """
    new.check()
    with transaction():
        audit.record("organisation.details_changed", subject=organisation.code, by=by)
        refuse_stale(organisation, seen)
        organisation.governing_body, organisation.integrity_page = new.governing_body, new.integrity_page
        organisation.funds_from_on, organisation.funds_until_on = new.funds_from_on, new.funds_until_on


def name_contact(organisation: Organisation, new: rules.NewContact, *, by: User) -> Contact:
    """Name a person or a mailbox; raises RuleBroken."""
    new.check()
    with transaction():
        audit.record("contact.named", subject=organisation.code, by=by)
        contact = Contact(
            organisation=organisation,
            role=new.role,
            person=new.person,
            post=new.post,
            email=new.email,
            from_on=new.from_on,
            until_on=new.until_on,
        )
        db.session.add(contact)
    return contact


def correct_contact(contact: Contact, new: rules.NewContact, *, seen: int, by: User) -> None:
    """Correct what was wrong about a person or a mailbox; raises RuleBroken or Conflict."""
    new.check()
    with transaction():
        audit.record("contact.corrected", subject=contact.organisation.code, by=by)
        refuse_stale(contact, seen)
        contact.role, contact.person, contact.post, contact.email = new.role, new.person, new.post, new.email
        contact.from_on, contact.until_on = new.from_on, new.until_on


def end_contact(contact: Contact, until_on: date, *, seen: int, by: User) -> None:
    """End the time of a person or a mailbox in a role; raises RuleBroken or Conflict."""
    rules.check_end(contact.from_on, until_on)
    with transaction():
        audit.record("contact.ended", subject=contact.organisation.code, by=by)
        refuse_stale(contact, seen)
        contact.until_on = until_on
