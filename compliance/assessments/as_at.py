"""What stood beside the answers of an assessment at a moment: their evidence."""

from collections.abc import Sequence
from datetime import datetime

from compliance.assessments.queries import Judgement
from compliance.evidence.queries import supporting_at
from compliance.models import EvidenceUse


def evidence_of(rows: Sequence[Judgement], moment: datetime | None) -> dict[str, int]:
    """How many pieces of evidence support each answered requirement, now or at a moment."""
    held = {row.requirement.code: row.answer.assessment for row in rows if row.answer}
    if moment is None:
        return {code: len(row.evidence) for code, row in held.items()}
    numbers = supporting_at(EvidenceUse.assessment_id, [row.id for row in held.values()], moment)
    return {code: numbers.get(row.id, 0) for code, row in held.items()}
