"""Check a statement from its PDF alone: its data, its sums and every printed word."""

from reports.verify.check import Unreadable, differences

__all__ = ["Unreadable", "differences"]
