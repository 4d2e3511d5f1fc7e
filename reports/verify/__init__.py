"""Check a statement from its PDF alone: its data, its sums and every printed word."""

from reports.verify.check import Checked, Unreadable, check, differences

__all__ = ["Checked", "Unreadable", "check", "differences"]
