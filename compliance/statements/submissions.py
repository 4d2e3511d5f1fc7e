"""The last submission of a statement to the governing body, read."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from compliance.db import db
from compliance.models import BoardApproval, BoardReturn, BoardSubmission
from compliance.statements.gather import Gathered
from reports.statement import still_says


def newest_submission(statement_id: int) -> BoardSubmission | None:
    """The last submission to the board, with what came of it, read anew; one query."""
    found: BoardSubmission | None = db.session.scalar(
        select(BoardSubmission)
        .where(BoardSubmission.statement_id == statement_id)
        .options(
            joinedload(BoardSubmission.submitted_by),
            joinedload(BoardSubmission.approval).joinedload(BoardApproval.recorded_by),
            joinedload(BoardSubmission.returned).joinedload(BoardReturn.returned_by),
        )
        .order_by(BoardSubmission.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return found


def same_as(frozen: BoardSubmission, gathered: Gathered) -> bool:
    """Whether the draft still says exactly what was sent to the board, formalities apart."""
    return still_says(gathered.statement, frozen.snapshot, frozen.fingerprint)
