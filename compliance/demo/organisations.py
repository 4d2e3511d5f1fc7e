"""The council, two real forces without any invented fact, eight invented forces and two other bodies."""

from dataclasses import dataclass
from datetime import date

from compliance import audit
from compliance.db import db, transaction
from compliance.models import Contact, Organisation, OrganisationLink, OrganisationName
from compliance.terms import ContactRole, OrganisationKind

BEGINS = date(2015, 4, 1)


@dataclass(frozen=True)
class Force:
    """An organisation of the demonstration; only the invented ones name people."""

    code: str
    name: str
    invented: bool
    kind: OrganisationKind = OrganisationKind.FORCE
    senior: str = ""
    contact: str = ""
    # Who was first point of contact before, until the autumn of 2025.
    before: str = ""
    liaison: str = ""
    below: str = "npcc"
    # From when it pays for research, and answers as a funder too.
    funds_from: date | None = None


REAL = (
    Force("metropolitan", "Metropolitan Police Service", invented=False),
    Force("south-wales", "South Wales Police", invented=False),
)
INVENTED = (
    Force(
        "northmoor",
        "Northmoor Constabulary",
        True,
        senior="Ada Lindqvist",
        contact="Marcus Oyelaran",
        before="Ruth Bellweather",
        liaison="Ines Farrow",
    ),
    Force("westmarch", "Westmarch Police", True, senior="Colm Hartigan", contact="Ruth Adeyemi"),
    Force(
        "kingsferry",
        "Kingsferry City Police",
        True,
        senior="Sunita Rao",
        contact="",
        liaison="Paul Whitcombe",
        funds_from=date(2025, 4, 1),
    ),
    Force(
        "south-wolds",
        "South Wolds Constabulary",
        True,
        senior="Jonah Pryce",
        contact="Leila Karimi",
        liaison="Owen Tate",
    ),
    Force(
        "cwm-derwen",
        "Heddlu Cwm Derwen (Derwen Valley Police)",
        True,
        senior="Gwenllian Bowen",
        contact="Siôn Ŵyn Rees",
        liaison="Mair Tudur",
    ),
    Force("mid-sheering", "Mid Sheering Constabulary", True, senior="", contact="Tomasz Zielinski"),
    Force("isle-and-sound", "Isle and Sound Police", True, senior="Kirsty MacAskill", contact=""),
    Force(
        "calderfirth",
        "Calderfirth Police",
        True,
        senior="Edwin Osei",
        contact="Nadia Brandt",
        liaison="Joan Kettle",
    ),
)
UNIT = Force(
    "joint-forensic",
    "Northmoor and Kingsferry Joint Forensic Capability Unit",
    True,
    kind=OrganisationKind.UNIT,
    senior="Peter Vance",
    contact="Amara Eze",
    below="northmoor",
)
TRUST = Force(
    "derwen-trust",
    "Derwen Valley Research Trust",
    True,
    kind=OrganisationKind.OTHER,
    contact="Halina Novak",
    below="cwm-derwen",
)
HANDED_OVER = date(2025, 9, 1)


def contacts(force: Force) -> list[Contact]:
    """Who an invented force names; an empty name leaves a shared mailbox, or for the senior lead a vacancy."""
    named = []
    if force.senior:
        post = "Assistant Chief Constable"
        named.append(
            contact(force, ContactRole.SENIOR_LEAD, force.senior, post, "senior.lead", date(2023, 9, 1))
        )
    named += first_contacts(force)
    if force.liaison:
        post = "Confidential liaison"
        named.append(contact(force, ContactRole.CONFIDENTIAL_LIAISON, force.liaison, post, "in.confidence"))
    return named


def first_contacts(force: Force) -> list[Contact]:
    """Whom to write to first: a shared mailbox, a person, or one person after another."""
    role, box = ContactRole.FIRST_CONTACT, "research.integrity"
    if not force.contact:
        return [contact(force, role, "", "Research integrity mailbox", box)]
    post = "Head of evidence-based policing"
    if not force.before:
        return [contact(force, role, force.contact, post, box)]
    earlier = contact(force, role, force.before, post, box)
    earlier.until_on = HANDED_OVER
    return [earlier, contact(force, role, force.contact, post, box, HANDED_OVER)]


def contact(
    force: Force, role: ContactRole, person: str, post: str, box: str, from_on: date = date(2024, 1, 8)
) -> Contact:
    """One person or mailbox from a day on."""
    email = f"{box}@{force.code}.example"
    return Contact(role=role, person=person or None, post=post, email=email, from_on=from_on)


def council() -> Organisation:
    """The root: real in name; posts and mailboxes are invented and say so by their addresses."""
    mailbox = "research.integrity@npcc.example"
    posts = (
        (ContactRole.SENIOR_LEAD, "Police Chief Scientific Adviser"),
        (ContactRole.FIRST_CONTACT, "Research integrity mailbox"),
        (ContactRole.CONFIDENTIAL_LIAISON, "Confidential liaison mailbox"),
    )
    return Organisation(
        code="npcc",
        kind=OrganisationKind.COUNCIL,
        governing_body="Chief Constables’ Council",
        integrity_page="https://npcc.example/research-integrity",
        names=[OrganisationName(name="National Police Chiefs’ Council", from_on=BEGINS)],
        contacts=[
            Contact(role=role, person=None, post=post, email=mailbox, from_on=date(2023, 4, 3))
            for role, post in posts
        ],
    )


def load_organisations() -> dict[str, Organisation]:
    """Every organisation by its code, in one transaction."""
    with transaction():
        audit.record("organisation.added", subject="npcc", by=None)
        npcc = council()
        found = {"npcc": npcc}
        for force in (*REAL, *INVENTED, UNIT, TRUST):
            found[force.code] = Organisation(
                code=force.code,
                kind=force.kind,
                invented=force.invented,
                governing_body="Chief officer group" if force.invented else None,
                integrity_page=f"https://{force.code}.example/research-integrity" if force.invented else None,
                returns_from_on=date(2024, 4, 1) if force in INVENTED else None,
                funds_from_on=force.funds_from,
                names=names(force),
                links=[OrganisationLink(parent=found[force.below], from_on=BEGINS)],
                contacts=contacts(force) if force.invented else [],
            )
        db.session.add_all(found.values())
    return found


def names(force: Force) -> list[OrganisationName]:
    """The names of a force; one was renamed, so that past statements show the name of their time."""
    if force.code != "calderfirth":
        return [OrganisationName(name=force.name, from_on=BEGINS)]
    renamed = date(2025, 4, 1)
    return [
        OrganisationName(name="Calder and Firth Constabulary", from_on=BEGINS, until_on=renamed),
        OrganisationName(name=force.name, from_on=renamed),
    ]
