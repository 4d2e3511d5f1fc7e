"""What follows for every framework from the answers that an organisation gave."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from compliance import frameworks
from compliance.assessments.queries import for_employers
from compliance.db import db
from compliance.frameworks.schema import Framework, Heading, Ref, Requirement, Subject
from compliance.models import Assessment
from compliance.rules.checks import Count, count
from compliance.rules.derivation import Basis, Derived, derive_all
from compliance.terms import Standing


@dataclass(frozen=True)
class Column:
    """One framework: its requirements by heading, how they stand, and on what basis."""

    framework: Framework
    groups: Sequence[tuple[Heading, Sequence[tuple[Requirement, Derived]]]]
    count: Count
    basis: Counter[Basis]


def columns(organisation_id: int, period_id: int) -> list[Column]:
    """Every framework, from one statement: an answer is given once and read under each of them."""
    answers = answered(organisation_id, period_id)
    found = []
    for framework in frameworks.everything().values():
        asked = for_employers(framework)
        refs = [Ref(framework.key, row.code) for row in asked]
        known = derive_all(refs, answers, frameworks.links(Subject.ORGANISATION))
        rows = [(row, known[ref]) for row, ref in zip(asked, refs, strict=True)]
        groups = [
            (heading, [pair for pair in rows if pair[0].heading == heading.code])
            for heading in framework.headings
        ]
        found.append(
            Column(
                framework,
                [group for group in groups if group[1]],
                count(derived.standing for _, derived in rows),
                Counter(derived.basis for _, derived in rows),
            )
        )
    return found


def answered(organisation_id: int, period_id: int) -> dict[Ref, Standing]:
    """Every confirmed answer of an organisation for a period, whatever the framework."""
    rows = db.session.execute(
        select(Assessment.framework, Assessment.requirement_code, Assessment.standing).where(
            Assessment.organisation_id == organisation_id,
            Assessment.period_id == period_id,
            Assessment.confirmed,
            Assessment.standing != Standing.NOT_ASSESSED,
        )
    ).all()
    return {Ref(framework, code): standing for framework, code, standing in rows}
