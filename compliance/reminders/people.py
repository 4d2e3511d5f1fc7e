"""Whom a reminder reaches: people who may see the record, the nearest of each role."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select

from compliance.access import in_force
from compliance.db import db
from compliance.models import Membership, OrganisationLink, User
from compliance.permissions import GRANTS, Permission
from compliance.terms import Role


class People:
    """Who holds which role where on a day, read once."""

    def __init__(self, on: date) -> None:
        links = db.session.execute(
            select(OrganisationLink.organisation_id, OrganisationLink.parent_id).where(
                *in_force(OrganisationLink, on)
            )
        )
        self.above = {row.organisation_id: row.parent_id for row in links}
        self.held: dict[tuple[int, Role], list[User]] = {}
        rows = db.session.execute(
            select(Membership.organisation_id, Membership.role, User)
            .join(User, User.id == Membership.user_id)
            .where(*in_force(Membership, on), User.active)
            .order_by(User.id)
        )
        for organisation_id, role, user in rows:
            self.held.setdefault((organisation_id, role), []).append(user)

    def chain(self, organisation_id: int) -> Iterator[int]:
        """An organisation and all above it, the nearest first."""
        seen: set[int] = set()
        place: int | None = organisation_id
        while place is not None and place not in seen:
            seen.add(place)
            yield place
            place = self.above.get(place)

    def nearest(self, organisation_id: int, role: Role) -> list[User]:
        """Those who hold a role in the organisation, or else in the nearest one above it."""
        return next(
            (found for place in self.chain(organisation_id) if (found := self.held.get((place, role)))), []
        )

    def may_see(self, user: User, organisation_id: int) -> bool:
        """Whether somebody may see the approvals of an organisation."""
        roles = [role for role in Role if Permission.APPROVAL_VIEW in GRANTS[role]]
        places = list(self.chain(organisation_id))
        return any(user in self.held.get((place, role), ()) for place in places for role in roles)

    def told(self, organisation_id: int, owner: User | None, roles: Iterable[Role]) -> list[User]:
        """The owner, if they may see it, and the nearest holders of these roles; each once."""
        found = [owner] if owner and self.may_see(owner, organisation_id) else []
        for role in roles:
            found += self.nearest(organisation_id, role)
        return list(dict.fromkeys(found))
