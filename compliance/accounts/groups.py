"""What groups at the provider of single sign-on mean here: a role in an organisation."""

from typing import NamedTuple

from compliance.config import Unsafe
from compliance.terms import Role


class Held(NamedTuple):
    """A role in the organisation with this code."""

    role: Role
    organisation: str


def read_groups(text: str, allowed: str) -> dict[str, Held]:
    """The meaning of each group, from "group=role@organisation; …"; `allowed` are codes with commas.

    Raises Unsafe for an entry that says nothing, a role that is none, or an organisation not allowed.
    """
    codes = {one.strip() for one in allowed.split(",") if one.strip()}
    found = {}
    for entry in filter(None, (one.strip() for one in text.split(";"))):
        group, _, meaning = entry.rpartition("=")
        role, _, organisation = meaning.partition("@")
        if not group or role not in set(Role) or organisation not in codes:
            raise Unsafe(
                f"COMPLIANCE_OIDC_GROUPS: {entry!r} is not group=role@organisation with an organisation "
                "of COMPLIANCE_OIDC_ORGANISATIONS"
            )
        found[group] = Held(Role(role), organisation)
    return found
