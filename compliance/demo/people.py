"""One demonstration account per role."""

from dataclasses import dataclass
from datetime import date

from compliance.accounts.actions import give_role, open_account
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


def load_people(organisations: dict[str, Organisation]) -> dict[Role, User]:
    """Every account by its role."""
    users = {}
    for person in PEOPLE:
        user = open_account(person.email, person.name, PASSWORD, post=person.post, demo=True, by=None)
        give_role(
            user,
            organisations[person.organisation],
            person.role,
            from_on=date(2024, 1, 1),
            until_on=None,
            by=None,
        )
        users[person.role] = user
    return users
