"""Bodies that an organisation adds to the catalogue: its own panel, a partner university's committee."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.organisation import Organisation


class OwnBody(Base):
    """A body of one organisation and all below it, with its own words for our outcomes."""

    __tablename__ = "own_body"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    # The body of the catalogue whose place it takes here, for example the force's research ethics panel.
    stands_for: Mapped[str | None]
    binding: Mapped[bool]
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    usual_days: Mapped[int | None]
    # Usual times that held before, each until a day: what was sent then keeps its date.
    times: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # How long a favourable decision holds; empty as for the body whose place it takes.
    validity: Mapped[str | None]
    # What it asks besides, as key and label.
    questions: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    note: Mapped[str | None]
    retired_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()

    organisation: Mapped["Organisation"] = relationship()
    created_by: Mapped["User"] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("usual_days IS NULL OR usual_days > 0", name="usual_days_positive"),
        CheckConstraint(
            "validity IN ('open', 'fixed', 'study', 'review', 'annual')",
            name="validity_known",
        ),
    )
