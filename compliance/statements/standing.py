"""How the organisation judged itself against each requirement that binds it."""

from collections.abc import Mapping, Sequence
from typing import cast

from compliance.assessments.queries import Judgement
from compliance.frameworks.schema import Framework, Requirement
from compliance.rules.checks import Count, count
from compliance.rules.wording import Look, wording_of, words_of
from compliance.terms import Standing, Wording
from reports.statement import model
from reports.statement.model import Commitment, RequirementStanding, Tally


def tally_of(judged: Sequence[Judgement], commitment: str = "") -> Count:
    """How many requirements stand how, of one commitment or of all."""
    return count(row.standing for row in judged if commitment in ("", row.requirement.heading))


def commitments_of(
    judged: Sequence[Judgement], framework: Framework, previous: dict[str, Tally]
) -> tuple[Commitment, ...]:
    """The commitments with their tallies, this year and, where the same ones were counted, last year."""
    return tuple(
        Commitment(
            number=heading.number,
            title=heading.title,
            short=heading.short,
            tally=as_tally(tally_of(judged, heading.code)),
            previous=previous.get(heading.number),
        )
        for heading in framework.headings
    )


def as_tally(counted: Count) -> Tally:
    """The same count in the words of the document."""
    return Tally(
        met=counted.met,
        partly_met=counted.partly_met,
        not_met=counted.not_met,
        not_applicable=counted.not_applicable,
        not_assessed=counted.not_assessed,
    )


def requirements_of(
    judged: Sequence[Judgement], framework: Framework, looks: Mapping[str, Look]
) -> tuple[RequirementStanding, ...]:
    """Every requirement with its standing, and for a shortfall what is missing, the fix, who and when.

    `looks` are the latest looks at the sources: they say how sure each wording is.
    """
    return tuple(
        RequirementStanding(
            code=row.requirement.code,
            commitment=framework.heading(row.requirement.heading).number,
            title=row.requirement.title,
            text=row.requirement.text,
            source_ref=row.requirement.source_ref,
            wording_verified=wording_of(row.requirement, looks.get(row.requirement.code))
            is Wording.CONFIRMED,
            wording=doubt_of(row.requirement, looks),
            standing=cast("model.Standing", row.standing.value),
            note=(row.answer.note if row.answer else None) or "",
            fix=(row.answer.fix if row.answer else None) or "",
            fix_owner=(row.answer.fix_owner if row.answer else None) or "",
            fix_due_on=row.answer.fix_due_on if row.answer else None,
            carried_forward=row.carried,
        )
        for row in judged
    )


def doubt_of(requirement: Requirement, looks: Mapping[str, Look]) -> str:
    """Of whom it is expected and how surely; nothing where the wording was read in the source."""
    return "" if requirement.modality_verified else words_of(requirement, looks.get(requirement.code))


def without_fix(judged: Sequence[Judgement]) -> int:
    """How many shortfalls name no fix with an owner and a date (UKRIO advice, p. 62)."""
    short = (Standing.PARTLY_MET, Standing.NOT_MET)
    return sum(row.standing in short and not (row.answer and row.answer.fix) for row in judged)
