"""Statements of invented forces, each at another step on the way to publication."""

from datetime import date, timedelta
from pathlib import Path

from compliance.demo import narratives
from compliance.demo.statements import acknowledge, at, write
from compliance.misconduct.actions import confirm_nil
from compliance.models import Organisation, ReportingPeriod, Statement, User
from compliance.rules import faults
from compliance.rules.statements import NewBoardApproval, NewSubmission
from compliance.statements import actions, before_board, queries, signature
from compliance.statements.gather import gather
from compliance.terms import Role

BODY = "Chief officer group"
KNOWN = "The chief officer group knows of it, and would rather print the gap than wait."


class Office:
    """Who takes the statement of one force from its first words to its publication, step by step."""

    def __init__(self, people: dict[Role, User], site: str, folder: Path) -> None:
        self.lead, self.board = people[Role.INTEGRITY_LEAD], people[Role.BOARD_MEMBER]
        self.signatory, self.officer = people[Role.SIGNATORY], people[Role.MISCONDUCT_OFFICER]
        self.site, self.folder = site, folder

    def write(self, force: Organisation, period: ReportingPeriod, on: date) -> Statement:
        """Begin the statement of a force and write it."""
        with at(on):
            statement = actions.begin(force, period, "rics", by=self.lead)
            write(statement, narratives.FORCE_2025_26, frozenset(narratives.FORCE_2025_26), self.lead)
        return statement

    def submit(self, statement: Statement, on: date) -> None:
        """Acknowledge every warning, confirm a nil year, and send it to the board for the week after."""
        with at(on):
            ready = queries.readiness(statement, site=self.site)
            if ready.nil_to_confirm:
                confirm_nil(statement.organisation, statement.period, by=self.officer)
            reasons = {row.key: KNOWN for row in faults.warnings(ready)}
            acknowledge(statement, reasons, site=self.site, by=self.lead)
            shown = gather(queries.current_draft(statement), site=self.site).content
            meeting = NewSubmission(on + timedelta(days=7))
            before_board.submit(statement, meeting, shown=shown, site=self.site, by=self.lead)

    def approve(self, statement: Statement, on: date) -> None:
        """Record that the board approved it."""
        shown = statement.submissions[-1].fingerprint
        with at(on):
            minute = f"{on.year}/{on.timetuple().tm_yday}"
            approval = NewBoardApproval(BODY, on, minute)
            before_board.record_approval(statement, approval, shown=shown, by=self.board)

    def send_back(self, statement: Statement, on: date) -> None:
        """Record that the board wants a change."""
        shown = statement.submissions[-1].fingerprint
        with at(on):
            before_board.send_back(statement, narratives.SENT_BACK, shown=shown, by=self.board)

    def sign(self, statement: Statement, on: date) -> None:
        """Sign what was approved."""
        with at(on):
            shown = gather(queries.current_draft(statement), site=self.site).content
            signature.sign(
                statement, shown=shown, site=self.site, folder=self.folder, by=self.signatory, patient=True
            )


def load_force_statements(found: dict[str, Organisation], period: ReportingPeriod, office: Office) -> None:
    """One with the board, one sent back, one approved, one signed and not yet public."""
    for code in ("south-wolds", "cwm-derwen", "kingsferry", "westmarch"):
        statement = office.write(found[code], period, date(2026, 5, 11))
        office.submit(statement, date(2026, 5, 20))
        if code == "cwm-derwen":
            office.send_back(statement, date(2026, 5, 28))
        if code in ("kingsferry", "westmarch"):
            office.approve(statement, date(2026, 5, 28))
        if code == "westmarch":
            office.sign(statement, date(2026, 6, 4))
