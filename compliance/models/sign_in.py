"""Signing in: who is signed in where, what failed lately, and links that open an account once."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance import terms
from compliance.db import Base, Fleeting

if TYPE_CHECKING:
    from compliance.models.account import User


class SignIn(Base):
    """One sign-in of a person at one browser, known only by the SHA-256 of what its cookie holds.

    It is open from the moment on at which everything that was asked for was given: the password, and
    where it is needed the second factor.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    way: Mapped[terms.SignInWay]
    address: Mapped[str]
    browser: Mapped[str]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    user: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint("length(token_sha256) = 64", name="token_is_sha256"),
        CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="ends_after_beginning"),
    )


class FailedSignIn(Fleeting, Base):
    """A try to sign in, by account or by address (the key), until it is known to be a good one."""

    __tablename__ = "failed_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]


class EntryLink(Base):
    """A link that lets a person choose a password, once and for a time; known only by its SHA-256."""

    __tablename__ = "entry_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[terms.LinkKind]
    token_sha256: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint("length(token_sha256) = 64", name="token_is_sha256"),
        CheckConstraint("expires_at > made_at", name="expires_after_made"),
    )
