"""References that people see: PRJ-0042, APR-0007, STM-0001."""

from typing import Any

from sqlalchemy import func, select

from compliance.db import db


def next_reference(model: Any, prefix: str) -> str:
    """The next free reference of a kind; call inside a transaction, where writers queue."""
    last = db.session.scalar(select(func.max(model.id))) or 0
    return f"{prefix}-{last + 1:04d}"
