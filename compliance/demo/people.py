"""One demonstration account per role."""

from dataclasses import dataclass
from datetime import date

from compliance.accounts.actions import give_role, keep_membership, open_account
from compliance.accounts.queries import access_to_review
from compliance.accounts.second_factors import plant
from compliance.models import Organisation, User
from compliance.terms import Role

PASSWORD = "integrity-in-practice"  # noqa: S105  (printed on purpose; production refuses demo accounts)


@dataclass(frozen=True)
class Person:
    """An invented person, where they work and as what."""

    name: str
    post: str
    email: str
    organisation: str
    role: Role


PEOPLE = (
    Person(
        "Priya Raghunathan",
        "Research analyst",
        "research.lead@northmoor.example",
        "northmoor",
        Role.RESEARCH_LEAD,
    ),
    Person(
        "Daniel Achterberg",
        "Ethics panel secretary",
        "ethics.officer@northmoor.example",
        "northmoor",
        Role.ETHICS_OFFICER,
    ),
    Person(
        "Gwen Prys-Rowlands",
        "National integrity lead",
        "integrity.lead@npcc.example",
        "npcc",
        Role.INTEGRITY_LEAD,
    ),
    Person(
        "Moira Fenwick",
        "Professional standards",
        "misconduct.officer@npcc.example",
        "npcc",
        Role.MISCONDUCT_OFFICER,
    ),
    Person("Helen Stavropoulou", "Governance board", "board.member@npcc.example", "npcc", Role.BOARD_MEMBER),
    Person(
        "Ifeoma Castellanos",
        "Police Chief Scientific Adviser (invented holder)",
        "signatory@npcc.example",
        "npcc",
        Role.SIGNATORY,
    ),
    Person("Tom Iwu", "Internal audit", "auditor@npcc.example", "npcc", Role.AUDITOR),
    Person("Beth Carrow", "Service administrator", "administrator@npcc.example", "npcc", Role.ADMINISTRATOR),
)


# Two accounts that sign in with a second factor. Their keys are printed on purpose, as the password is.
EQUIPPED = {
    "JBUW4ZLBOQQHI2DFON2GC4TUNFXGOIDP": Person(
        "Alistair Venn",
        "Chief Constable (invented holder)",
        "signatory@northmoor.example",
        "northmoor",
        Role.SIGNATORY,
    ),
    "OVZG4ZLEEBUW4IDCPEQGC5LUNBSW45DJ": Person(
        "Rukhsana Oyelaran",
        "Professional standards",
        "misconduct.officer@northmoor.example",
        "northmoor",
        Role.MISCONDUCT_OFFICER,
    ),
}


def load_people(organisations: dict[str, Organisation]) -> dict[Role, User]:
    """Every account by its role."""
    users = {person.role: load_person(person, organisations) for person in PEOPLE}
    for key, person in EQUIPPED.items():
        plant(load_person(person, organisations), key)
    return users


def load_access_review(administrator: User) -> None:
    """The administrator looked at every role but their own in the summer."""
    for one in access_to_review(by=administrator):
        if one.membership.user_id != administrator.id:
            keep_membership(one.membership, by=administrator)


def load_person(person: Person, organisations: dict[str, Organisation]) -> User:
    """One account with its role."""
    user = open_account(person.email, person.name, PASSWORD, post=person.post, demo=True, by=None)
    place = organisations[person.organisation]
    give_role(user, place, person.role, from_on=date(2024, 1, 1), until_on=None, by=None)
    return user
