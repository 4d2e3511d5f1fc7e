"""Filters of lists that people keep for themselves."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base

if TYPE_CHECKING:
    from compliance.models.account import User


class SavedView(Base):
    """A filter of one list under a name of its owner's; what it shows is worked out anew each time."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    # The list, by the endpoint of its page; the filter, as it stands in the address.
    endpoint: Mapped[str]
    name: Mapped[str]
    query: Mapped[str]
    saved_at: Mapped[datetime]

    owner: Mapped["User"] = relationship()

    __table_args__ = (
        UniqueConstraint("owner_id", "endpoint", "name"),
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("length(query) > 0", name="query_given"),
    )
