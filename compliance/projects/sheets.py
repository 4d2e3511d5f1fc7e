"""The list of projects as a file to keep."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from compliance import clock
from compliance.assessments.queries import periods
from compliance.downloads import KINDS, download
from compliance.guard import requires
from compliance.models import Project
from compliance.permissions import Permission
from compliance.projects import fieldwork
from compliance.projects.register import everything, projects_where, with_alarm
from compliance.projects.views import wanted_of

bp = Blueprint("project_sheets", __name__)
HEADS = (
    "Reference",
    "Title",
    "Organisation",
    "Lead",
    "Tier",
    "Stage",
    "Stands at",
    "Start not allowed",
    "Fieldwork planned for",
    "Fieldwork began",
    "Ended",
    "Protocol public",
    "Results public",
)


@bp.route(f"/projects.<{KINDS}:kind>")
@requires(Permission.PROJECT_VIEW)
def index(kind: str) -> ResponseReturnValue:
    """Exactly the projects of the filter in the address, every page of it."""
    wanted = wanted_of(request.args, periods())
    rows = everything(projects_where(Permission.PROJECT_VIEW, wanted), by=g.user)
    alarms = with_alarm(rows)
    return download("projects", kind, HEADS, (cells(row, alarm=row.id in alarms) for row in rows))


def cells(project: Project, *, alarm: bool) -> tuple[object, ...]:
    """One project as a row of the sheet."""
    return (
        project.reference,
        project.title,
        project.organisation.name_on(clock.today()),
        project.lead.name if project.lead else None,
        project.tier.label if project.tier else None,
        project.stage.label if project.stage else None,
        fieldwork.state_of(project).label,
        "yes" if alarm else "no",
        project.planned_start_on,
        project.started_on,
        project.ended_on,
        project.protocol_published_on,
        project.results_published_on,
    )
