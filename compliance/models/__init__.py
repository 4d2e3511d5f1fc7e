"""What the service stores; one module per aggregate.

Their annotations are no text but for what is declared further on: to read each of eight hundred as Python
again was a twentieth of the start.
"""

from compliance.models.account import Membership, MembershipReview, User, WebAuthn
from compliance.models.action import ActionStep
from compliance.models.approval import Approval, ApprovalEvent, Condition, Decision, Modification
from compliance.models.area import AreaOfInterest
from compliance.models.assessment import Assessment, AssessmentAnswer, ReportingPeriod, Return
from compliance.models.audit import AuditEvent
from compliance.models.body import OwnBody
from compliance.models.check import Answer, Check
from compliance.models.clearance import Clearance
from compliance.models.comment import Acknowledgement, Comment
from compliance.models.covenant import PrincipleRating
from compliance.models.derived import ApprovalStanding, CheckTally, Cover, ProjectStanding
from compliance.models.evidence import Evidence, EvidenceUse
from compliance.models.exemption import Exemption
from compliance.models.meeting import BoardMeeting, ComparisonPolicy
from compliance.models.misconduct import Allegation, Case, CaseStage, LessonOffer, NilYear, Reclassing
from compliance.models.organisation import Contact, Organisation, OrganisationLink, OrganisationName
from compliance.models.override import CellDecision, FigureOverride, SmallNumberPolicy
from compliance.models.project import (
    IntakeAnswer,
    Partner,
    PillarPlan,
    Project,
    ProjectArea,
    ProjectChallenge,
    ProjectRole,
)
from compliance.models.reminder import CalendarFeed, Reminder
from compliance.models.returned import FrozenReturn, ReturnReopening
from compliance.models.review import Review
from compliance.models.sampling import Sample, SampledApproval, SampleResponse
from compliance.models.saved import SavedView
from compliance.models.sign_in import EntryLink, FailedSignIn, SignIn
from compliance.models.statement import BoardApproval, Narrative, Publication, SignOff, Statement
from compliance.models.submission import BoardReturn, BoardSubmission
from compliance.models.wording import WordingCheck

__all__ = [
    "Acknowledgement",
    "ActionStep",
    "Allegation",
    "Answer",
    "Approval",
    "ApprovalEvent",
    "ApprovalStanding",
    "AreaOfInterest",
    "Assessment",
    "AssessmentAnswer",
    "AuditEvent",
    "BoardApproval",
    "BoardMeeting",
    "BoardReturn",
    "BoardSubmission",
    "CalendarFeed",
    "Case",
    "CaseStage",
    "CellDecision",
    "Check",
    "CheckTally",
    "Clearance",
    "Comment",
    "ComparisonPolicy",
    "Condition",
    "Contact",
    "Cover",
    "Decision",
    "EntryLink",
    "Evidence",
    "EvidenceUse",
    "Exemption",
    "FailedSignIn",
    "FigureOverride",
    "FrozenReturn",
    "IntakeAnswer",
    "LessonOffer",
    "Membership",
    "MembershipReview",
    "Modification",
    "Narrative",
    "NilYear",
    "Organisation",
    "OrganisationLink",
    "OrganisationName",
    "OwnBody",
    "Partner",
    "PillarPlan",
    "PrincipleRating",
    "Project",
    "ProjectArea",
    "ProjectChallenge",
    "ProjectRole",
    "ProjectStanding",
    "Publication",
    "Reclassing",
    "Reminder",
    "ReportingPeriod",
    "Return",
    "ReturnReopening",
    "Review",
    "Sample",
    "SampleResponse",
    "SampledApproval",
    "SavedView",
    "SignIn",
    "SignOff",
    "SmallNumberPolicy",
    "Statement",
    "User",
    "WebAuthn",
    "WordingCheck",
]
