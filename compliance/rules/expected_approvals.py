"""Which approvals a project should have, worked out from its intake answers.

The table is our own judgement (approvals, section 4) save where it says "read".
"""

from collections.abc import Iterable, Sequence
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
    """An approval that a project should have, and why: every rule and every answer that asks for it."""

    rule: str
    body_key: str
    reason: str
    answers: tuple[Involvement, ...] = ()


@dataclass(frozen=True)
class Change:
    """What different answers change: what is needed besides, no longer, or for other reasons."""

    added: tuple[Expected, ...] = ()
    dropped: tuple[Expected, ...] = ()
    otherwise: tuple[Expected, ...] = ()


def _rule(rule_id: str, involvement: Iterable[I], body_key: str, reason: str) -> Rule:
    return Rule(rule_id, frozenset(involvement), body_key, reason)


# Moves when a rule changes, so that each approval tells by which version it was found needed.
VERSION = "version 2"
RULES = (
    _rule("E01", {I.NHS}, "nhs-rec", "NHS patients, data or tissue are involved"),
    _rule("E02", {I.NHS}, "hra-approval", "NHS patients, data or tissue are involved"),
    # Read, SL-AR3: research confined to staff is outside the remit of the committee.
    _rule("E25", {I.NHS_STAFF}, "hra-approval", "NHS staff take part"),
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
    _rule("E26", {I.BIOMETRIC}, "ai-covenant", "biometrics are used"),
    _rule("E27", {I.BIOMETRIC}, "atrs", "biometrics are used"),
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
    _rule("E28", {I.PEOPLE}, "force-ethics-panel", "people take part"),
    _rule(
        "E29", {I.ALGORITHM_OR_AI}, "force-ethics-panel", "an algorithm, AI or analytics on people is used"
    ),
)
ALWAYS = Expected("E00", "force-ethics-panel", "every project in scope gets an ethics screening")
# Every project plans its publication when it is registered; the check follows once there is what to publish.
AT_THE_END = Expected(
    "E30", "publication-check", "the research has ended: what is published of it is checked first"
)


def expected(yes: Iterable[I], *, ended: bool = False) -> tuple[Expected, ...]:
    """The approvals that these answers, and the end of the research, make needed; each body once.

    Each has every reason that asks for it.
    """
    always = (ALWAYS, AT_THE_END) if ended else (ALWAYS,)
    answers, found = frozenset(yes), {entry.body_key: [entry] for entry in always}
    for rule in RULES:
        fired = tuple(one for one in I if one in rule.involvement & answers)
        if fired:
            entry = Expected(rule.id, rule.body_key, rule.reason, fired)
            found.setdefault(rule.body_key, []).append(entry)
    return tuple(together(entries) for entries in found.values())


def together(entries: Sequence[Expected]) -> Expected:
    """One expectation of a body with the rules, the reasons and the answers of all of these."""
    answers = {one for entry in entries for one in entry.answers}
    return Expected(
        ", ".join(entry.rule for entry in entries),
        entries[0].body_key,
        "; ".join(dict.fromkeys(entry.reason for entry in entries)),
        tuple(one for one in I if one in answers),
    )


def change(before: Iterable[Expected], after: Iterable[Expected]) -> Change:
    """What follows now and did not before, the reverse, and what follows for other reasons.

    What no longer follows is only proposed to go.
    """
    old, new = {row.body_key: row for row in before}, {row.body_key: row for row in after}
    return Change(
        added=tuple(row for key, row in new.items() if key not in old),
        dropped=tuple(row for key, row in old.items() if key not in new),
        otherwise=tuple(row for key, row in new.items() if key in old and row != old[key]),
    )
