"""What some of the demonstration's studies do not publish, or not yet: one for each reason."""

from datetime import timedelta

from sqlalchemy import select

from compliance import clock
from compliance.db import db
from compliance.demo.histories import moment
from compliance.demo.ordinary import TITLES
from compliance.exemptions.actions import add_exemption
from compliance.models import Project, User
from compliance.rules.exemptions import NewExemption
from compliance.terms import ExemptFrom, ExemptionKind, ExemptionReason

X, K = ExemptionReason, ExemptionKind

# Reason, how far it goes, and why, for every second ordinary study: those have no public results.
GIVEN = (
    (X.X1, K.WITHHOLD, "Names how a protected site is watched"),
    (X.X2, K.PARTIAL, "The routes of patrols are left out"),
    (X.X3, K.DELAY, "Two of the cases are before the court"),
    (X.X4, K.PARTIAL, "So few people took part that they could be known again"),
    (X.X5, K.WITHHOLD, "The supplier’s method is its own"),
    (X.X6, K.DELAY, "The second half of the study is still running"),
    (X.X7, K.DELAY, "People who know the plan would act otherwise"),
    (X.X8, K.DELAY, "The report is written after the emergency"),
    (X.X9, K.DELAY, "Local elections"),
    (X.X10, K.PARTIAL, "The contract with the owner of the data leaves tables to them"),
)
# These two are about the plan of the study, not its results.
OF_PROTOCOL = (X.X7, X.X8)


def load_exemptions(by: User) -> None:
    """Record each exemption a month ago, by somebody who does not lead the study."""
    on = clock.today() - timedelta(days=30)
    for title, (code, kind, reason) in zip(TITLES[::2], GIVEN, strict=False):
        project = db.session.scalars(select(Project).where(Project.title == title)).one()
        about = ExemptFrom.PROTOCOL if code in OF_PROTOCOL else ExemptFrom.RESULTS
        new = NewExemption(
            about,
            code,
            kind,
            reason=reason,
            approver="Head of evidence-based policing",
            decided_on=on,
            review_on=on + timedelta(days=180),
            expires_on=on + timedelta(days=365) if kind is K.DELAY else None,
            public_summary=None if kind is K.WITHHOLD else reason,
        )
        with clock.standing_at(moment(on)):
            add_exemption(project, new, by=by)
