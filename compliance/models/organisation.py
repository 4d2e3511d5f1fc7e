"""Organisations, their names, their place in the tree and the people they must name."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base
from compliance.terms import ContactRole, OrganisationKind


class Organisation(Base):
    """The council, a force, a unit or another body; permanent, while its names and parents have dates."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind]
    governing_body: Mapped[str | None]
    integrity_page: Mapped[str | None]
    # The first day for which returns are asked of it; none means that it sends no returns.
    returns_from_on: Mapped[date | None]
    # While it pays for research it answers as a funder too (Concordat 2019); none means never.
    funds_from_on: Mapped[date | None]
    funds_until_on: Mapped[date | None]
    invented: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    # Always wanted, in one statement for any number of organisations.
    names: Mapped[list["OrganisationName"]] = relationship(
        back_populates="organisation", order_by="OrganisationName.from_on", lazy="selectin"
    )
    links: Mapped[list["OrganisationLink"]] = relationship(
        back_populates="organisation",
        foreign_keys="OrganisationLink.organisation_id",
        order_by="OrganisationLink.from_on",
    )
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="organisation", order_by="Contact.from_on"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(
            "funds_until_on IS NULL OR (funds_from_on IS NOT NULL AND funds_until_on > funds_from_on)",
            name="funding_ends_after_start",
        ),
    )

    def name_on(self, on: date) -> str:
        """Its name on a day; before the first one, the first; the code when it never had one."""
        past = [name for name in self.names if name.from_on <= on] or self.names[:1]
        return past[-1].name if past else self.code

    def contacts_on(self, on: date) -> "dict[ContactRole, list[Contact]]":
        """Who is named on a day, by role; a vacant role is missing."""
        named: dict[ContactRole, list[Contact]] = {}
        for contact in self.contacts:
            if contact.from_on <= on and (contact.until_on is None or contact.until_on > on):
                named.setdefault(contact.role, []).append(contact)
        return named

    def vacant_on(self, on: date) -> tuple[ContactRole, ...]:
        """The roles known to be vacant on a day: nobody holds them, and somebody did before.

        Senior lead and first contact, which the Concordat has named, also where anybody else is recorded.
        What nobody ever recorded is not known, and not vacant.
        """
        named, held = self.contacts_on(on), {row.role for row in self.contacts if row.from_on <= on}
        asked = {ContactRole.SENIOR_LEAD, ContactRole.FIRST_CONTACT} if self.contacts else set()
        return tuple(role for role in ContactRole if role in held | asked and role not in named)


class OrganisationName(Base):
    """What an organisation is called, from a day, until a day (exclusive)."""

    __tablename__ = "organisation_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    organisation: Mapped["Organisation"] = relationship(back_populates="names")

    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="ends_after_start"),
        CheckConstraint("length(name) > 0", name="name_given"),
        UniqueConstraint("organisation_id", "from_on"),
    )


class OrganisationLink(Base):
    """The organisation above, from a day, until a day (exclusive)."""

    __tablename__ = "organisation_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    organisation: Mapped["Organisation"] = relationship(
        back_populates="links", foreign_keys="OrganisationLink.organisation_id"
    )
    parent: Mapped["Organisation"] = relationship(foreign_keys="OrganisationLink.parent_id")

    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="ends_after_start"),
        CheckConstraint("parent_id <> organisation_id", name="not_its_own_parent"),
        UniqueConstraint("organisation_id", "from_on"),
    )


class Contact(Base):
    """Someone an organisation names: a person in a post, or a shared mailbox without a person."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[ContactRole]
    person: Mapped[str | None]
    post: Mapped[str]
    email: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    organisation: Mapped["Organisation"] = relationship(back_populates="contacts")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="ends_after_start"),
        CheckConstraint("length(post) > 0 AND length(email) > 0", name="post_and_mailbox_given"),
    )
