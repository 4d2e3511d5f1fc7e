"""The features of the service; each brings one blueprint, a long one two."""

from compliance.accounts.entry import bp as entry
from compliance.accounts.own import bp as own
from compliance.accounts.people import bp as people
from compliance.accounts.provider import bp as provider
from compliance.accounts.review import bp as access
from compliance.accounts.views import bp as accounts
from compliance.approvals.covenant import bp as covenant
from compliance.approvals.import_views import bp as importing
from compliance.approvals.life import bp as life
from compliance.approvals.reading import bp as reading
from compliance.approvals.views import bp as approvals
from compliance.areas.views import bp as areas
from compliance.assessments.follow_up import bp as follow_up
from compliance.assessments.standing import bp as standing
from compliance.assessments.views import bp as assessments
from compliance.audit_log.views import bp as audit_log
from compliance.board.keeping import bp as board_keeping
from compliance.board.sheets import bp as board_sheets
from compliance.board.views import bp as board
from compliance.bodies.views import bp as bodies
from compliance.checks.views import bp as checks
from compliance.clearances.views import bp as clearances
from compliance.evidence.views import bp as evidence
from compliance.exemptions.views import bp as exemptions
from compliance.expected.views import bp as expected
from compliance.guidance.views import bp as guidance
from compliance.health.views import bp as health
from compliance.misconduct.cases import bp as cases
from compliance.misconduct.views import bp as misconduct
from compliance.organisations.tree import bp as tree
from compliance.organisations.views import bp as organisations
from compliance.projects.frameworks import bp as project_standing
from compliance.projects.partners import bp as partners
from compliance.projects.registration import bp as registration
from compliance.projects.sheets import bp as project_sheets
from compliance.projects.views import bp as projects
from compliance.published.views import bp as published
from compliance.reminders.views import bp as reminders
from compliance.reviews.views import bp as reviews
from compliance.sampling.views import bp as sampling
from compliance.saved.views import bp as saved
from compliance.search.views import bp as search
from compliance.statements.comments import bp as comments
from compliance.statements.deciding import bp as deciding
from compliance.statements.narratives import bp as narratives
from compliance.statements.signing import bp as signing
from compliance.statements.single_numbers import bp as numbers
from compliance.statements.views import bp as statements
from compliance.statements.years import bp as years
from compliance.work.views import bp as work

BLUEPRINTS = (
    work,
    entry,
    own,
    provider,
    accounts,
    people,
    access,
    project_standing,
    projects,
    partners,
    project_sheets,
    registration,
    areas,
    checks,
    approvals,
    reading,
    life,
    covenant,
    importing,
    bodies,
    clearances,
    exemptions,
    assessments,
    board,
    board_keeping,
    board_sheets,
    follow_up,
    standing,
    reviews,
    evidence,
    expected,
    misconduct,
    cases,
    organisations,
    tree,
    sampling,
    saved,
    search,
    statements,
    narratives,
    comments,
    numbers,
    deciding,
    signing,
    years,
    guidance,
    published,
    reminders,
    audit_log,
    health,
)
