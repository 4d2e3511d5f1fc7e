"""Reporting periods, the organisations' own assessments, and their returns."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from compliance import audit, clock, frameworks
from compliance.assessments.asked import asked_of, of_funders
from compliance.assessments.returning import frozen
from compliance.db import db, transaction
from compliance.demo.evidence import add_document, support
from compliance.demo.organisations import INVENTED, UNIT
from compliance.frameworks.schema import Requirement
from compliance.models import (
    Assessment,
    AssessmentAnswer,
    Evidence,
    Organisation,
    ReportingPeriod,
    Return,
    User,
)
from compliance.rules.periods import financial_year
from compliance.statements.queries import frozen_records
from compliance.terms import Standing

FRAMEWORK = "concordat-2025"
# Who has sent nothing, and so is missing and not zero.
MISSING = {"2024-25": {"calderfirth"}, "2025-26": {"mid-sheering", "isle-and-sound"}}
# How far each invented force has come: the share of requirements met.
STRENGTH = {
    "northmoor": 0.75,
    "westmarch": 0.45,
    "kingsferry": 0.7,
    "south-wolds": 0.8,
    "cwm-derwen": 0.9,
    "mid-sheering": 0.5,
    "isle-and-sound": 0.6,
    "calderfirth": 0.65,
    "joint-forensic": 0.85,
}
NOTES = {
    Standing.MET: "Policy in force and reviewed in the year",
    Standing.PARTLY_MET: "Written, and not yet known to everyone whom it concerns",
    Standing.NOT_MET: "No procedure yet",
    Standing.NOT_APPLICABLE: "No agreement with a funder was in force in the year",
}
# What is to be done about a shortfall: other words each year are another action.
FIXES = {
    "2024-25": "Write it into the research policy and tell everyone concerned",
    "2025-26": "Have the chief officer group agree the wording, then teach it in the yearly course",
}
# What does not apply to a force, in either year.
NOT_HERE = ("calderfirth", "25-C4-E6")
# What a force has answered under the government guidance itself, and not only by what is derived.
GUIDANCE, ANSWERED = "government-guidance", ("northmoor", "2025-26", "GOV-T1")


def load_periods() -> dict[str, ReportingPeriod]:
    """Two reporting periods, 1 April to 31 March."""
    found = {}
    with transaction():
        audit.record("period.opened", subject="reporting periods", by=None)
        for first in (2024, 2025):
            year = financial_year(first)
            found[year.key] = ReportingPeriod(
                key=year.key,
                starts_on=year.starts_on,
                ends_on=year.ends_on,
                returns_due_on=date(first + 1, 4, 30),
            )
        db.session.add_all(found.values())
    return found


def load_assessments(
    found: dict[str, Organisation], periods: dict[str, ReportingPeriod], by: User, seed: int
) -> None:
    """Every assessment of both periods; the council’s own is invented like the rest and says so."""
    chance = Random(seed)
    policies: dict[str, Evidence] = {}
    for key, period in periods.items():
        moment = datetime.combine(date(period.ends_on.year, 4, 24), time(10), UTC)
        for code in ("npcc", *(force.code for force in INVENTED), UNIT.code):
            with clock.standing_at(moment), transaction():
                audit.record("assessment.judged", subject=f"{code} {key}", by=by)
                rows = answered(chance, found[code], period, by)
                if code not in policies:
                    policies[code] = policy_of(found[code], by)
                support(policies[code], [row for row in rows if row.standing is Standing.MET], by=by)
                if found[code].returns_from_on and code not in MISSING[key]:
                    send(found[code], period, by)


def answered(
    chance: Random, organisation: Organisation, period: ReportingPeriod, by: User
) -> list[Assessment]:
    """The assessments of an organisation in a period: its duties as an employer, then as a funder if it pays."""
    code, key, framework = organisation.code, period.key, frameworks.get(FRAMEWORK)
    pays = organisation.funds_from_on is not None and organisation.funds_from_on <= period.ends_on
    bound = asked_of(framework), of_funders(framework) if pays else ()
    drawn = [(one, draw(chance, code, key, one)) for one in (*bound[0], *bound[1])]
    rows = [
        judged(organisation, period, FRAMEWORK, requirement, standing, by)
        for requirement, standing in drawn
        if standing is not Standing.NOT_ASSESSED
    ]
    if ANSWERED[:2] == (code, key):
        requirement = frameworks.get(GUIDANCE).requirement(ANSWERED[2])
        rows.append(judged(organisation, period, GUIDANCE, requirement, Standing.MET, by))
    db.session.add_all(rows)
    db.session.flush()
    return rows


def send(organisation: Organisation, period: ReportingPeriod, by: User) -> None:
    """Send the return of a period, frozen."""
    content = frozen_records(organisation, period)
    sent = Return(organisation=organisation, period=period, sent_at=clock.now(), sent_by=by)
    db.session.add_all((sent, frozen(sent, content, 1, by)))


def policy_of(organisation: Organisation, by: User) -> Evidence:
    """The policy that supports what is met in every year; looked at again each December."""
    return add_document(
        "Research integrity policy",
        f"https://{organisation.code}.example/research-integrity",
        organisation.id,
        by=by,
        review_by_on=clock.today() + timedelta(days=590),
    )


def draw(chance: Random, code: str, key: str, requirement: Requirement) -> Standing:
    """A standing: better in the second year; a missing return leaves some requirements to judge."""
    number = chance.random()
    if (code, requirement.code) == NOT_HERE:
        return Standing.NOT_APPLICABLE
    if code == "npcc":
        if key == "2025-26" and requirement.code in ("25-C3-E5", "25-C4-E3"):
            return Standing.NOT_ASSESSED
        return Standing.MET if number < 0.8 else Standing.PARTLY_MET
    if code in MISSING[key] and number > 0.6:
        return Standing.NOT_ASSESSED
    strength = STRENGTH[code] - (0.12 if key == "2024-25" else 0)
    if requirement.newness:
        strength -= 0.15
    if number < strength:
        return Standing.MET
    return Standing.PARTLY_MET if number < strength + 0.18 else Standing.NOT_MET


def judged(
    organisation: Organisation,
    period: ReportingPeriod,
    framework: str,
    requirement: Requirement,
    standing: Standing,
    by: User,
) -> Assessment:
    """One assessment with its answer; most shortfalls name a fix."""
    short = standing in (Standing.PARTLY_MET, Standing.NOT_MET)
    planned = short and requirement.code != "25-C4-E3"
    answer = AssessmentAnswer(
        standing=standing,
        note=NOTES[standing],
        fix=FIXES[period.key] if planned else None,
        fix_owner="Head of evidence-based policing" if planned else None,
        fix_due_on=date(period.ends_on.year, 12, 18) if planned else None,
        answered_at=clock.now(),
        answered_by=by,
    )
    return Assessment(
        organisation=organisation,
        period=period,
        framework=framework,
        requirement_code=requirement.code,
        commitment=requirement.heading,
        standing=standing,
        answers=[answer],
    )
