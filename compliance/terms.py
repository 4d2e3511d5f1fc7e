"""Every enumeration of the service, once, with the words that people see.

A term's value is what is stored; its label is what is printed. The glossary in
ARCHITECTURE.md explains each class in a sentence.
"""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A stored value that knows its own label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term


class Role(Term):
    """What a person does in an organisation and in all below it."""

    RESEARCH_LEAD = "research_lead", "Research lead"
    ETHICS_OFFICER = "ethics_officer", "Ethics officer"
    INTEGRITY_LEAD = "integrity_lead", "Integrity lead"
    MISCONDUCT_OFFICER = "misconduct_officer", "Misconduct officer"
    BOARD_MEMBER = "board_member", "Board member"
    SIGNATORY = "signatory", "Signatory"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class SignInWay(Term):
    """How somebody signed in."""

    PASSWORD = "password", "Password"
    SINGLE_SIGN_ON = "single_sign_on", "Single sign-on"


class LinkKind(Term):
    """What a link that opens an account once is for."""

    INVITATION = "invitation", "Invitation"
    RESET = "reset", "New password"


class OrganisationKind(Term):
    """What sort of body an organisation is."""

    COUNCIL = "council", "National council"
    FORCE = "force", "Police force"
    UNIT = "unit", "National unit"
    OTHER = "other", "Other body"


class ContactRole(Term):
    """The people an organisation must name (Concordat 2025, pp. 9 and 11)."""

    SENIOR_LEAD = "senior_lead", "Senior lead for research integrity"
    FIRST_CONTACT = "first_contact", "First point of contact"
    CONFIDENTIAL_LIAISON = "confidential_liaison", "Confidential liaison"


class Tier(Term):
    """Who leads a project: the three tiers of the police science strategy."""

    CSA_LED = "csa_led", "CSA-led"
    FORCE_LED = "force_led", "Force-led"
    COLLABORATOR_LED = "collaborator_led", "Collaborator-led"


class Stage(Term):
    """The nine stages of the police science system."""

    COMMUNICATE = "communicate", "Communicate"
    EXPLORE = "explore", "Explore"
    PRIORITISE = "prioritise", "Prioritise"
    RESEARCH = "research", "Research"
    INNOVATE = "innovate", "Innovate"
    BUILD = "build", "Build"
    SOURCE = "source", "Source"
    DEPLOY = "deploy", "Deploy"
    EVALUATE = "evaluate", "Evaluate"


class ProjectState(Term):
    """Where a project stands in its own life; computed from its dates, never stored."""

    DRAFT = "draft", "Draft"
    PLANNED = "planned", "Not started"
    FIELDWORK = "fieldwork", "Fieldwork"
    ENDED = "ended", "Ended"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope"
    NOT_KNOWN = "not_known", "Not known"


class ScopeDecision(Term):
    """Whether a piece of work is research in scope of the Concordat."""

    IN_SCOPE = "in_scope", "In scope"
    PARTLY = "partly", "Partly in scope"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope"


class ResearchRole(Term):
    """What an organisation does in a piece of research; several may be so at once (approvals, section 2)."""

    CONDUCT = "conduct", "Conducts it"
    COMMISSION = "commission", "Commissions it"
    FUND = "fund", "Pays for it"
    HOST = "host", "Hosts it"
    SUPPLY_DATA = "supply_data", "Supplies data"


class ScopeReason(Term):
    """Why a piece of work lies outside the scope, wholly or in part."""

    ROUTINE_STATISTICS = "routine_statistics", "Routine statistics"
    MANAGEMENT_INFORMATION = "management_information", "Management information"
    AUDIT_OR_SERVICE_EVALUATION = "audit_or_service_evaluation", "Audit or service evaluation"
    OPERATIONAL_PRODUCT = "operational_product", "Operational analysis or intelligence product"
    PRODUCT_TESTING = "product_testing", "Product testing or validation"
    CONSULTATION = "consultation", "Consultation"
    STUDENT_NO_FORCE_DATA = "student_no_force_data", "Student coursework without force data"


class Involvement(Term):
    """What a project involves: the intake questions that decide which approvals it needs."""

    PEOPLE = "people", "People taking part"
    VULNERABLE_GROUPS = "vulnerable_groups", "Children, victims, witnesses or people in custody"
    PROTECTED_CHARACTERISTICS = "protected_characteristics", "People affected by protected characteristics"
    PERSONAL_DATA = "personal_data", "Personal data"
    SPECIAL_CATEGORY_DATA = "special_category_data", "Special category data"
    BIOMETRIC = "biometric", "Biometrics"
    ALGORITHM_OR_AI = "algorithm_or_ai", "An algorithm, AI or analytics on people"
    LINKED_OR_ADMIN_DATA = "linked_or_admin_data", "Linked or administrative data"
    DATA_LEAVES_CONTROLLER = "data_leaves_controller", "Data shared with or processed by another body"
    SOCIAL_RESEARCH = "social_research", "Social research by or for the force"
    POLICE_RESOURCES = "police_resources", "Force data, systems, premises or duty time"
    NON_POLICE_ACCESS = "non_police_access", "Non-police people on systems or premises"
    UNIVERSITY = "university", "University staff or students"
    NHS = "nhs", "NHS patients, data or tissue, or adults who lack capacity"
    NHS_STAFF = "nhs_staff", "NHS staff"
    CONFIDENTIAL_PATIENT_INFORMATION = (
        "confidential_patient_information",
        "Confidential patient information without consent",
    )
    PRISON_OR_PROBATION = "prison_or_probation", "Prison or probation staff, offenders or data"
    DEFENCE = "defence", "Ministry of Defence people or money"
    OVERSEAS_OR_DUAL_USE = "overseas_or_dual_use", "Overseas partners or dual use"
    ANIMALS = "animals", "Animals"
    HUMAN_TISSUE = "human_tissue", "Human tissue"


class Tick(Term):
    """An answer to an intake question; no answer at all is a missing row, never a no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "I’m not sure"


class PartnerKind(Term):
    """What sort of body a project works with."""

    UNIVERSITY = "university", "University or research institute"
    FORCE = "force", "Police force"
    SUPPLIER = "supplier", "Supplier"
    GOVERNMENT = "government", "Government body"
    CHARITY = "charity", "Charity or community group"
    OTHER = "other", "Other"


class CharterStatus(Term):
    """Whether a supplier has signed the Police Industry Charter."""

    SIGNED = "signed", "Has signed"
    NOT_SIGNED = "not_signed", "Has not signed"
    NOT_KNOWN = "not_known", "Not known"


class Pillar(Term):
    """The five open-science pillars of the police science strategy."""

    PREREGISTERED = "preregistered", "Preregistered"
    OPEN_DATA = "open_data", "Open data"
    OPEN_MATERIALS = "open_materials", "Open materials"
    OPEN_ACCESS = "open_access", "Open access"
    CITIZEN_SCIENCE = "citizen_science", "Citizen science"


class PillarAnswer(Term):
    """How a project stands to one open-science pillar."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    EXEMPT = "exempt", "Exempt"


class EnduringChallenge(Term):
    """The three challenges that underpin the policing areas of research interest."""

    PUBLIC_TRUST = "public_trust", "Building and maintaining public trust"
    WORKFORCE = "workforce", "Future workforce and training"
    CLIMATE = "climate", "Responding to the climate crisis"


class Standing(Term):
    """How a project or an organisation stands to one requirement."""

    MET = "met", "Met"
    PARTLY_MET = "partly_met", "Partly met"
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_ASSESSED = "not_assessed", "Not assessed"


class ReviewKind(Term):
    """What was said in the review of an answer."""

    SUBMITTED = "submitted", "Sent for review"
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned"
    COMMENT = "comment", "Comment"


class ReviewState(Term):
    """Where the review of an answer stands; computed from its history, never stored."""

    NOT_SENT = "not_sent", "Not sent for review"
    WITH_REVIEWER = "with_reviewer", "With the reviewer"
    RETURNED = "returned", "Returned"
    ACCEPTED = "accepted", "Accepted"
    CHANGED = "changed", "Changed since accepted"


class ActionState(Term):
    """What became of what was to be done about a shortfall."""

    NOT_BEGUN = "not_begun", "Not begun"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    CARRIED_OVER = "carried_over", "Carried over"
    DROPPED = "dropped", "Dropped"


class Outcome(Term):
    """What a body decided, in one vocabulary; each body's own word stands beside it."""

    FAVOURABLE = "favourable", "Favourable"
    FAVOURABLE_WITH_CONDITIONS = "favourable_with_conditions", "Favourable with conditions"
    PROVISIONAL = "provisional", "Provisional"
    UNFAVOURABLE = "unfavourable", "Unfavourable"
    NO_OPINION = "no_opinion", "No opinion"
    ADVICE = "advice", "Advice given"
    NOT_REQUIRED = "not_required", "Not required"
    WITHDRAWN = "withdrawn", "Withdrawn"
    INVALID = "invalid", "Not valid, send again"


class ApprovalState(Term):
    """Where an approval stands: the stages of its life, and two that follow from its last day."""

    NEEDED = "needed", "Needed, not begun"
    DRAFT = "draft", "Application begun"
    SUBMITTED = "submitted", "Sent"
    VALID = "valid", "Valid, waits for review"
    UNDER_REVIEW = "under_review", "Under review"
    FURTHER_INFORMATION = "further_information", "They wait for you"
    FAVOURABLE = "favourable", "Favourable"
    WITH_CONDITIONS = "with_conditions", "Favourable with conditions"
    PROVISIONAL = "provisional", "Provisional"
    UNFAVOURABLE = "unfavourable", "Unfavourable"
    NO_OPINION = "no_opinion", "No opinion"
    ADVICE = "advice", "Advice given"
    RESPONDED = "responded", "Advice answered"
    NOT_REQUIRED = "not_required", "Not required"
    WITHDRAWN = "withdrawn", "Withdrawn"
    INVALID = "invalid", "Not valid, send again"
    LAPSED = "lapsed", "Lapsed"
    APPEAL = "appeal", "Under appeal"
    ACTIVE = "active", "In force"
    MODIFICATION_PENDING = "modification_pending", "Modification under review"
    HALTED = "halted", "Halted"
    SUSPENDED = "suspended", "Suspended"
    TERMINATED = "terminated", "Stopped early"
    ENDED = "ended", "Ended"
    FINAL_REPORT_DUE = "final_report_due", "Final report due"
    CLOSED = "closed", "Closed"
    EXPIRES_SOON = "expires_soon", "Ends soon"
    EXPIRED = "expired", "Expired"


class ApprovalStep(Term):
    """Something that happened to an approval; each is a line of its history that never changes."""

    BEGUN = "begun", "Application begun"
    SENT = "sent", "Application sent"
    FOUND_VALID = "found_valid", "Application valid"
    REVIEW_BEGAN = "review_began", "Review began"
    INFORMATION_ASKED = "information_asked", "Further information requested"
    INFORMATION_SENT = "information_sent", "Request answered"
    LAPSED = "lapsed", "Application lapsed"
    DECIDED = "decided", "Decision"
    CORRECTED = "corrected", "Decision corrected"
    TOOK_EFFECT = "took_effect", "In force"
    RESPONDED = "responded", "Advice answered"
    APPEALED = "appealed", "Appeal sent"
    MODIFICATION_SENT = "modification_sent", "Modification sent"
    MODIFICATION_NOTED = "modification_noted", "Modification without review"
    MODIFICATION_VALID = "modification_valid", "Modification valid"
    MODIFICATION_ASKED = "modification_asked", "Further information about the modification requested"
    MODIFICATION_ANSWERED = "modification_answered", "Request about the modification answered"
    MODIFICATION_DECIDED = "modification_decided", "Decision on the modification"
    PROGRESS_REPORTED = "progress_reported", "Yearly report sent"
    BREACH = "breach", "Serious breach"
    ADVERSE_EVENT = "adverse_event", "Serious adverse event"
    INCIDENT_TOLD = "incident_told", "The body was told of the incident"
    HALTED = "halted", "Study halted"
    SUSPENDED = "suspended", "Suspended by the body"
    RESUMED = "resumed", "Study resumed"
    STOPPED = "stopped", "Study stopped early"
    ENDED = "ended", "Study ended"
    TOLD = "told", "The body was told"
    REPORTED = "reported", "Final report sent"
    CLOSED = "closed", "Closed"


class ModificationKind(Term):
    """How much a modification changes what was approved (HRA names, from 28 April 2026)."""

    SUBSTANTIAL = "substantial", "Substantial"
    IMPORTANT_DETAIL = "important_detail", "Of an important detail"
    MINOR = "minor", "Minor"


class ExemptFrom(Term):
    """What an exemption from publishing is about."""

    PROTOCOL = "protocol", "Protocol"
    RESULTS = "results", "Results"


class ExemptionKind(Term):
    """How far an exemption from publishing goes."""

    DELAY = "delay", "Published later"
    PARTIAL = "partial", "Published in part"
    WITHHOLD = "withhold", "Not published"


class ExemptionReason(Term):
    """Why something is not published, or not yet; the codes are our judgement (guidance, section 6)."""

    X1 = "x1", "X1 National security"
    X2 = "x2", "X2 Law enforcement or operational harm"
    X3 = "x3", "X3 Live investigation or court proceedings"
    X4 = "x4", "X4 Personal data or re-identification"
    X5 = "x5", "X5 Commercial confidentiality or others’ rights"
    X6 = "x6", "X6 Research in progress, to be published"
    X7 = "x7", "X7 Prejudice to the study itself: delay only"
    X8 = "x8", "X8 Emergency or rapid research: delay only"
    X9 = "x9", "X9 Pre-election period or similar: delay only"
    X10 = "x10", "X10 Contract with data supplier or funder"


class ClearanceLevel(Term):
    """The levels of vetting of people who are not of the police (approvals, section 6.4 m)."""

    NPPV_1 = "nppv_1", "NPPV 1"
    NPPV_2_ABBREVIATED = "nppv_2_abbreviated", "NPPV 2 (abbreviated)"
    NPPV_2_FULL = "nppv_2_full", "NPPV 2 (full)"
    NPPV_3 = "nppv_3", "NPPV 3"


class Access(Term):
    """What the clearance of a person allows today; computed, never stored (H8)."""

    ALLOWED = "allowed", "May have access"
    ENDS_SOON = "ends_soon", "Ends soon"
    BLOCKED = "blocked", "No access"


class Principle(Term):
    """The six principles of the NPCC Covenant for Using AI in Policing (approvals, section 8.1)."""

    LAWFUL = "lawful", "Lawful"
    TRANSPARENT = "transparent", "Transparent"
    EXPLAINABLE = "explainable", "Explainable"
    RESPONSIBLE = "responsible", "Responsible"
    ACCOUNTABLE = "accountable", "Accountable"
    ROBUST = "robust", "Robust"


class AllegationKind(Term):
    """The rows of table 3B of the RICS template."""

    FABRICATION = "FAB", "Fabrication"
    FALSIFICATION = "FAL", "Falsification"
    PLAGIARISM = "PLA", "Plagiarism"
    OBLIGATIONS = "OBL", "Failure to meet legal, ethical and professional obligations"
    MISREPRESENTATION = (
        "MIS",
        "Misrepresentation (e.g. data; involvement; interests; qualification; and/or publication history)",
    )
    IMPROPER_DEALING = "IMP", "Improper dealing with allegations of misconduct"
    MULTIPLE = "MULTI", "Multiple areas of concern (when received in a single allegation)"
    OTHER = "OTHER", "Other"


class CaseClass(Term):
    """What a matter is taken to be: it may be re-classed, with a reason, at any stage."""

    ALLEGED_MISCONDUCT = "alleged_misconduct", "Alleged misconduct"
    QUESTIONABLE_PRACTICE = "questionable_practice", "Questionable research practice"
    HONEST_ERROR = "honest_error", "Honest error or difference"


class CaseStep(Term):
    """A stage a case has reached; each is a new line in its history."""

    RECEIVED = "received", "Received"
    SCREENED_OUT = "screened_out", "Closed at screening"
    FORMAL_STARTED = "formal_started", "Formal investigation opened"
    FORMAL_COMPLETED = "formal_completed", "Formal investigation completed"


class Finding(Term):
    """What a formal investigation found."""

    UPHELD_IN_FULL = "upheld_in_full", "Upheld in full"
    UPHELD_IN_PART = "upheld_in_part", "Upheld in part"
    NOT_UPHELD = "not_upheld", "Not upheld"


class StatementState(Term):
    """Where a statement stands; computed from what has been recorded, never stored."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "With the board"
    RETURNED = "returned", "Sent back"
    APPROVED = "approved", "Approved"
    SIGNED = "signed", "Signed"
    PUBLISHED = "published", "Published"
    REPLACED = "replaced", "Replaced"


class CommentKind(Term):
    """What was said about a section: a comment, an answer to it, or that it is settled or open again."""

    COMMENT = "comment", "Comment"
    REPLY = "reply", "Reply"
    RESOLVED = "resolved", "Resolved"
    REOPENED = "reopened", "Open again"


class ReturnState(Term):
    """Where an organisation's return for a period stands."""

    SENT = "sent", "Sent"
    MISSING = "missing", "Missing"
    NOT_DUE = "not_due", "Not due"


class Waiting(Term):
    """Why something waits for a person; computed, never stored."""

    START_NOT_ALLOWED = "start_not_allowed", "Start not allowed"
    LATE = "late", "Late"
    CLOCK_PASSED = "clock_passed", "Clock passed"
    CONDITION_OPEN = "condition_open", "Condition open"
    RESPONSE_OWED = "response_owed", "Response owed"
    RETURN_DUE = "return_due", "Return due"
    REPORT_DUE = "report_due", "Report due"
    REVIEW_DUE = "review_due", "Review due"
    REVIEW_WAITS = "review_waits", "Waits for your review"
    RETURNED = "returned", "Returned to you"


class Comparison(Term):
    """How an organisation sees the others on its board."""

    NAMED = "named", "By name"
    ANONYMOUS = "anonymous", "Without names"


class NarrativeState(Term):
    """Where one section of a statement stands."""

    NOT_STARTED = "not_started", "Not yet started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed", "Completed"


class Wording(Term):
    """How sure the wording of a requirement is."""

    CONFIRMED = "confirmed", "Confirmed"
    NOT_CONFIRMED = "not_confirmed", "Not yet confirmed"
    DIFFERS = "differs", "Source says otherwise"
    NO_SOURCE = "no_source", "No source to confirm it"


class ProtocolKept(Term):
    """Whether a sampled approval’s project is done as it was approved; nothing recorded is no answer."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "The records do not say"


class ConditionsKept(Term):
    """Whether the conditions of a sampled approval are met."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "The records do not say"
    NONE = "none", "It has none"


class Found(Term):
    """What a search finds; misconduct cases are none of it."""

    PROJECT = "project", "Projects"
    APPROVAL = "approval", "Approvals"
    STATEMENT = "statement", "Statements"
    PERSON = "person", "People"
    REQUIREMENT = "requirement", "Requirements"
