"""Which approvals a project should have, worked out from its intake answers.

The table is our own judgement (approvals, section 4) save where it says "read".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.terms import Involvement

I = Involvement  # noqa: E741


@dataclass(frozen=True)
class Rule:
    """If any of these answers is yes, this body is expected."""

    id: str
    involvement: frozenset[I]
    body_key: str
    reason: str


@dataclass(frozen=True)
class Expected:
    """An approval that a project should have, and why: the rule and the answers that fired it."""

    rule: str
    body_key: str
    reason: str
    answers: tuple[Involvement, ...] = ()


@dataclass(frozen=True)
class Change:
    """What different answers change: what is needed besides, and what no longer follows."""

    added: tuple[Expected, ...] = ()
    dropped: tuple[Expected, ...] = ()


def _rule(rule_id: str, involvement: Iterable[I], body_key: str, reason: str) -> Rule:
    return Rule(rule_id, frozenset(involvement), body_key, reason)


# Moves when a rule changes, so that each approval tells by which version it was found needed.
VERSION = "version 1"
RULES = (
    _rule("E01", {I.NHS}, "nhs-rec", "NHS patients, staff, data or tissue are involved"),
    _rule("E02", {I.NHS}, "hra-approval", "NHS patients, staff, data or tissue are involved"),
    _rule(
        "E03",
        {I.CONFIDENTIAL_PATIENT_INFORMATION},
        "cag",
        "confidential patient information is used without consent",
    ),
    _rule(
        "E04",
        {I.PRISON_OR_PROBATION},
        "hmpps-nrc",
        "prison or probation staff, offenders or data are involved",
    ),
    _rule("E05", {I.DEFENCE}, "modrec", "Ministry of Defence people or money are involved"),
    _rule("E06", {I.UNIVERSITY}, "university-rec", "university staff or students take part"),
    _rule("E07", {I.SOCIAL_RESEARCH}, "gsr", "it is social research by or for the force"),
    _rule("E08", {I.LINKED_OR_ADMIN_DATA}, "uksa", "linked or administrative data are used"),
    _rule(
        "E09",
        {I.PERSONAL_DATA, I.SPECIAL_CATEGORY_DATA, I.BIOMETRIC},
        "dpia",
        "personal data are used",
    ),
    _rule("E10", {I.DATA_LEAVES_CONTROLLER}, "data-sharing-agreement", "data are shared with another body"),
    _rule(
        "E19",
        {I.LINKED_OR_ADMIN_DATA},
        "data-sharing-agreement",
        "linked or administrative data are used in a secure environment",
    ),
    _rule("E11", {I.ALGORITHM_OR_AI}, "algo-care", "an algorithm, AI or analytics on people is used"),
    _rule("E20", {I.BIOMETRIC}, "algo-care", "biometrics are used"),
    _rule("E12", {I.ALGORITHM_OR_AI}, "ai-covenant", "an algorithm, AI or analytics on people is used"),
    _rule("E13", {I.ALGORITHM_OR_AI}, "atrs", "an algorithm, AI or analytics on people is used"),
    _rule("E14", {I.BIOMETRIC}, "bfeg-advisory-group", "biometrics are used"),
    _rule("E21", {I.BIOMETRIC}, "legal-advice", "biometrics are used"),
    _rule("E15", {I.NON_POLICE_ACCESS}, "vetting", "non-police people use systems or premises"),
    _rule("E16", {I.OVERSEAS_OR_DUAL_USE}, "trusted-research", "overseas partners or dual use are involved"),
    _rule("E17", {I.PROTECTED_CHARACTERISTICS}, "eqia", "people with protected characteristics are affected"),
    _rule(
        "E18", {I.POLICE_RESOURCES}, "force-request", "force data, systems, premises or duty time are used"
    ),
    _rule(
        "E22",
        {I.VULNERABLE_GROUPS},
        "safeguarding-note",
        "children, victims, witnesses or people in custody take part",
    ),
    _rule("E23", {I.ANIMALS}, "aspa-licence", "animals are involved"),
    _rule("E24", {I.HUMAN_TISSUE}, "human-tissue", "human tissue is involved"),
)
ALWAYS = Expected("E00", "force-ethics-panel", "every project in scope gets an ethics screening")


def expected(yes: Iterable[I]) -> tuple[Expected, ...]:
    """The approvals that these answers make needed; each body once, with the first reason."""
    answers, found = frozenset(yes), {ALWAYS.body_key: ALWAYS}
    for rule in RULES:
        fired = tuple(one for one in I if one in rule.involvement & answers)
        if fired:
            found.setdefault(rule.body_key, Expected(rule.id, rule.body_key, rule.reason, fired))
    return tuple(found.values())


def change(before: Iterable[Expected], after: Iterable[Expected]) -> Change:
    """What follows now and did not before, and the reverse; what no longer follows is only proposed to go."""
    old, new = {row.body_key: row for row in before}, {row.body_key: row for row in after}
    return Change(
        added=tuple(row for key, row in new.items() if key not in old),
        dropped=tuple(row for key, row in old.items() if key not in new),
    )
