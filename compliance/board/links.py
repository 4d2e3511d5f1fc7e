"""The addresses of the lists behind the numbers of a board."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from compliance.permissions import Permission


@dataclass(frozen=True)
class To:
    """The list of records behind a number: its page, its filter, and who may open it."""

    endpoint: str
    filter: Mapping[str, Any]
    permission: Permission


@dataclass(frozen=True)
class Links:
    """Addresses of the lists behind the figures of one organisation and period."""

    organisation: str
    period: str

    def projects(self, show: str, **more: str) -> To:
        """Projects as they stand today."""
        return To(
            "projects.index",
            {"show": show, "organisation": self.organisation, **more},
            Permission.PROJECT_VIEW,
        )

    def projects_in_period(self, show: str) -> To:
        """Projects of the period, organisations below with a missing return left out."""
        return self.projects(show, period=self.period, returned="1")

    def approvals(self, show: str) -> To:
        """Approvals as they stand today."""
        filled = {"show": show, "organisation": self.organisation}
        return To("approvals.index", filled, Permission.APPROVAL_VIEW)

    def evidence(self, show: str) -> To:
        """Evidence as it stands today."""
        filled = {"show": show, "organisation": self.organisation}
        return To("evidence.index", filled, Permission.EVIDENCE_VIEW)

    def shortfalls(self, show: str) -> To:
        """Requirements not met without an action, or actions past their date."""
        filled = {"show": show, "organisation": self.organisation, "period": self.period}
        return To("board.shortfalls", filled, Permission.BOARD_VIEW)

    def assessment(self, commitment: str, period: str = "") -> To:
        """How the organisation judged itself on a commitment, in this period or in another."""
        filled = {"organisation": self.organisation, "period": period or self.period, "_anchor": commitment}
        return To("assessments.show", filled, Permission.ASSESSMENT_VIEW)

    def organisations(self, show: str) -> To:
        """Rows of the page with every organisation."""
        filled = {"show": show, "organisation": self.organisation, "period": self.period}
        return To("board.every", filled, Permission.BOARD_VIEW)
