"""The demonstration's reminders of a day: what would be sent to whom, and why; nothing is sent or kept."""

import pytest
from sqlalchemy import func, select

from compliance.db import db
from compliance.models import Reminder


@pytest.mark.usefixtures("demo")
def test_a_dry_run_prints_what_would_be_sent_to_whom_and_why(app, mailbox):
    result = app.test_cli_runner().invoke(args=["remind", "--on", "2026-11-23", "--dry-run"])
    assert result.exit_code == 0, result.output
    for told in (
        "To research.lead@northmoor.example: Fieldwork without an approval",
        "To board.member@npcc.example: Fieldwork without an approval",
        "fieldwork is running without a binding approval, since 22 September 2025, for 427 days",
        "    Fieldwork began on 22 September 2025, and a binding approval is missing",
        "last day of the approval, 21 June 2026, 155 days ago",
        "    Entered with the decision of 10 January 2026",
        "NHS Research Ethics Committee (APR-0030): final report due, 24 June 2026, 152 days late",
        "    12 months from end of the study, 24 June 2025; HRA",
        "a person’s clearance (PRJ-0053): has ended, so that the person has no access, 3 June 2026",
        "an exemption (PRJ-0004): is to be looked at again, 6 November 2026, 17 days late",
        "    Approved on 10 May 2026 by Head of evidence-based policing",
        "people would be told. Nothing was sent.",
    ):
        assert told in result.output
    assert mailbox.messages == []
    assert db.session.scalar(select(func.count()).select_from(Reminder)) == 0
