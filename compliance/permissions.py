"""Who may do what: each role is a set of permissions a governance lead can read and sign.

A permission is held in an organisation and in all below it; *where* is data (Membership).
"""

from enum import StrEnum

from compliance.terms import Role


class Permission(StrEnum):
    """One thing that a person may do; alphabetical."""

    ACCOUNT_MANAGE = "account:manage"
    ANSWER_REVIEW = "answer:review"
    APPROVAL_RECORD = "approval:record"
    APPROVAL_VIEW = "approval:view"
    AREA_KEEP = "area:keep"
    ASSESSMENT_ANSWER = "assessment:answer"
    ASSESSMENT_VIEW = "assessment:view"
    AUDIT_VIEW = "audit:view"
    BOARD_KEEP = "board:keep"
    BOARD_VIEW = "board:view"
    BODY_KEEP = "body:keep"
    CHECK_ANSWER = "check:answer"
    CONTACT_NAME = "contact:name"
    EVIDENCE_KEEP = "evidence:keep"
    EVIDENCE_VIEW = "evidence:view"
    MISCONDUCT_RECORD = "misconduct:record"
    MISCONDUCT_VIEW = "misconduct:view"
    ORGANISATION_CHANGE = "organisation:change"
    ORGANISATION_VIEW = "organisation:view"
    PROJECT_REGISTER = "project:register"
    PROJECT_VIEW = "project:view"
    RETURN_SEND = "return:send"
    SAMPLE_DRAW = "sample:draw"
    STATEMENT_APPROVE = "statement:approve"
    STATEMENT_COMMENT = "statement:comment"
    STATEMENT_DRAFT = "statement:draft"
    STATEMENT_PUBLISH = "statement:publish"
    STATEMENT_SIGN = "statement:sign"
    STATEMENT_VIEW = "statement:view"
    WORDING_CHECK = "wording:check"
    WORK_VIEW = "work:view"


P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RESEARCH_LEAD: frozenset(
        {
            P.WORK_VIEW,
            P.PROJECT_VIEW,
            P.PROJECT_REGISTER,
            P.CHECK_ANSWER,
            P.APPROVAL_VIEW,
            P.APPROVAL_RECORD,
            P.EVIDENCE_VIEW,
            P.EVIDENCE_KEEP,
            P.ORGANISATION_VIEW,
        }
    ),
    Role.ETHICS_OFFICER: frozenset(
        {
            P.WORK_VIEW,
            P.PROJECT_VIEW,
            P.APPROVAL_VIEW,
            P.ANSWER_REVIEW,
            P.ASSESSMENT_VIEW,
            P.APPROVAL_RECORD,
            P.BODY_KEEP,
            P.EVIDENCE_VIEW,
            P.EVIDENCE_KEEP,
            P.ORGANISATION_VIEW,
        }
    ),
    Role.INTEGRITY_LEAD: frozenset(
        {
            P.WORK_VIEW,
            P.PROJECT_VIEW,
            P.PROJECT_REGISTER,
            P.CHECK_ANSWER,
            P.APPROVAL_VIEW,
            P.APPROVAL_RECORD,
            P.ANSWER_REVIEW,
            P.ASSESSMENT_VIEW,
            P.ASSESSMENT_ANSWER,
            P.RETURN_SEND,
            P.SAMPLE_DRAW,
            P.CONTACT_NAME,
            P.STATEMENT_VIEW,
            P.STATEMENT_COMMENT,
            P.STATEMENT_DRAFT,
            P.STATEMENT_PUBLISH,
            P.BODY_KEEP,
            P.AREA_KEEP,
            P.BOARD_KEEP,
            P.BOARD_VIEW,
            P.EVIDENCE_VIEW,
            P.EVIDENCE_KEEP,
            P.ORGANISATION_VIEW,
            P.AUDIT_VIEW,
            P.WORDING_CHECK,
        }
    ),
    Role.MISCONDUCT_OFFICER: frozenset({P.WORK_VIEW, P.MISCONDUCT_VIEW, P.MISCONDUCT_RECORD}),
    Role.BOARD_MEMBER: frozenset(
        {
            P.BOARD_VIEW,
            P.PROJECT_VIEW,
            P.APPROVAL_VIEW,
            P.ASSESSMENT_VIEW,
            P.STATEMENT_VIEW,
            P.STATEMENT_COMMENT,
            P.STATEMENT_APPROVE,
            P.EVIDENCE_VIEW,
            P.ORGANISATION_VIEW,
        }
    ),
    Role.SIGNATORY: frozenset(
        {
            P.WORK_VIEW,
            P.BOARD_VIEW,
            P.STATEMENT_VIEW,
            P.STATEMENT_COMMENT,
            P.STATEMENT_SIGN,
            P.ORGANISATION_VIEW,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            P.AUDIT_VIEW,
            P.PROJECT_VIEW,
            P.APPROVAL_VIEW,
            P.ASSESSMENT_VIEW,
            P.STATEMENT_VIEW,
            P.BOARD_VIEW,
            P.EVIDENCE_VIEW,
            P.ORGANISATION_VIEW,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {P.WORK_VIEW, P.ACCOUNT_MANAGE, P.ORGANISATION_VIEW, P.ORGANISATION_CHANGE}
    ),
}


def roles_with(permission: Permission) -> list[Role]:
    """Every role that grants this permission, in the order of the terms."""
    return [role for role in Role if permission in GRANTS[role]]


# Who may do one of these shows a second factor at each sign-in: to sign, to judge what others answered,
# to see misconduct, or to open accounts and so to become anybody.
SECOND_FACTOR = frozenset({P.STATEMENT_SIGN, P.ANSWER_REVIEW, P.MISCONDUCT_VIEW, P.ACCOUNT_MANAGE})


def needs_second_factor(role: Role) -> bool:
    """Whether an account with this role cannot be used without a second factor."""
    return bool(GRANTS[role] & SECOND_FACTOR)


# What each role is for, in a sentence that a governance lead can sign.
PURPOSE: dict[Role, str] = {
    Role.RESEARCH_LEAD: "Registers projects, answers their checks and records their approvals.",
    Role.ETHICS_OFFICER: "Keeps what ethics bodies were asked and what they decided, with every condition.",
    Role.INTEGRITY_LEAD: "Runs the year: judges the organisation, names its contacts, writes the statement.",
    Role.MISCONDUCT_OFFICER: "Keeps the anonymous register of misconduct cases, and sees nothing else.",
    Role.BOARD_MEMBER: "Reads the figures and the records behind them, and approves the statement.",
    Role.SIGNATORY: "Reads statements and signs them.",
    Role.AUDITOR: "Reads everything but misconduct cases, with its whole history, and changes nothing.",
    Role.ADMINISTRATOR: "Opens accounts, gives roles and keeps the tree of organisations; sees no record.",
}

# Each permission in plain words, as the page about roles prints it after "may".
MEANING: dict[Permission, str] = {
    P.ACCOUNT_MANAGE: "open accounts, give roles and end them",
    P.ANSWER_REVIEW: "accept somebody else’s answer or send it back",
    P.APPROVAL_RECORD: "record applications, decisions and conditions of approvals",
    P.APPROVAL_VIEW: "read approvals",
    P.ASSESSMENT_ANSWER: "judge the organisation against each requirement",
    P.ASSESSMENT_VIEW: "read assessments of the organisation",
    P.AUDIT_VIEW: "read the audit trail",
    P.BOARD_KEEP: "record meetings of the board, and say how organisations are compared",
    P.BOARD_VIEW: "read the board",
    P.AREA_KEEP: "add areas of research interest of their own organisation",
    P.BODY_KEEP: "add bodies of their own organisation and change them",
    P.CHECK_ANSWER: "answer the checks of projects",
    P.CONTACT_NAME: "name senior leads, contacts and confidential liaisons",
    P.EVIDENCE_KEEP: "add and replace evidence",
    P.EVIDENCE_VIEW: "read evidence",
    P.MISCONDUCT_RECORD: "open misconduct cases, move them on and confirm a nil year",
    P.MISCONDUCT_VIEW: "read misconduct cases",
    P.ORGANISATION_CHANGE: "add organisations, and record their names and places",
    P.ORGANISATION_VIEW: "read organisations and whom they name",
    P.PROJECT_REGISTER: "register projects, and record their start and end",
    P.PROJECT_VIEW: "read projects and their checks",
    P.RETURN_SEND: "send the yearly return",
    P.SAMPLE_DRAW: "draw samples of approvals and record what was found of each",
    P.STATEMENT_APPROVE: "record that the board approved a statement",
    P.STATEMENT_COMMENT: "comment on the sections of a statement",
    P.STATEMENT_DRAFT: "write statements",
    P.STATEMENT_PUBLISH: "publish signed statements",
    P.STATEMENT_SIGN: "sign statements, unless they drafted them",
    P.STATEMENT_VIEW: "read statements before they are published",
    P.WORDING_CHECK: "record what the source of a requirement says",
    P.WORK_VIEW: "see what waits for them",
}
