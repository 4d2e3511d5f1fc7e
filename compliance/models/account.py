"""People who sign in, and what they are in which organisation."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from flask_security.models import fsqla_v3 as fsqla
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance import terms
from compliance.db import AppendOnly, Base, db

if TYPE_CHECKING:
    from compliance.models.organisation import Organisation

fsqla.FsModels.set_db_info(db)


class Role(Base, fsqla.FsRoleMixin):  # type: ignore[misc]
    """Required by Flask-Security; stays empty, since a role is a membership here."""

    __tablename__ = "role"


class User(Base, fsqla.FsUserMixin):  # type: ignore[misc]
    """A person with an account."""

    __tablename__ = "user"

    name: Mapped[str]
    post: Mapped[str | None]
    demo: Mapped[bool] = mapped_column(default=False)
    # The last code that was used: none is taken twice.
    second_factor_counter: Mapped[int | None]
    # Who they are at the provider of single sign-on.
    provider_subject: Mapped[str | None] = mapped_column(unique=True)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="user")


class WebAuthn(Base, fsqla.FsWebAuthnMixin):  # type: ignore[misc]
    """A security key; required by Flask-Security's user."""

    __tablename__ = "webauthn"


class Membership(Base):
    """One role of one person in one organisation and all below it, for a time."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[terms.Role]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    # Given and ended by the groups that the provider of single sign-on names.
    from_groups: Mapped[bool] = mapped_column(default=False)

    user: Mapped["User"] = relationship(back_populates="memberships")
    organisation: Mapped["Organisation"] = relationship()

    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on >= from_on", name="ends_after_start"),)


class MembershipReview(AppendOnly, Base):
    """Somebody looked whether a person should still hold a role, and said so; never changed."""

    __tablename__ = "membership_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    kept: Mapped[bool]
    reviewed_at: Mapped[datetime]
    reviewed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    membership: Mapped["Membership"] = relationship()
    reviewed_by: Mapped["User"] = relationship()
