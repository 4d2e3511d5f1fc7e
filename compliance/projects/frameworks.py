"""The page that shows one project under every framework."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import frameworks
from compliance.checks.queries import Checked, answered, checked
from compliance.days import asked_day
from compliance.expected.queries import wordings
from compliance.frameworks.schema import Subject
from compliance.guard import requires
from compliance.permissions import Permission
from compliance.projects.queries import get_project
from compliance.projects.standing import FRAMEWORK, stands_at
from compliance.rules.side_by_side import SHOWN, Cell, Column, column_of, table_of
from compliance.terms import Standing

bp = Blueprint("project_standing", __name__)


@bp.route("/projects/<reference>/standing")
@requires(Permission.PROJECT_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """What follows from the checks of a project under each framework, now or as at the end of a day."""
    project = get_project(reference, Permission.PROJECT_VIEW, by=g.user)
    asked, show = asked_day("as_at"), request.args.get("show", "").strip()
    checks = checked(project.id)
    columns = columns_of(checks, stands_at(project.id, checks, asked.on))

    def address(cell: Cell) -> str:
        code = cell.requirement.code
        if checks:
            return url_for("checks.show", reference=reference, code=code)
        return url_for("expected.show", code=code)

    return render_template(
        "projects/standing.html",
        project=project,
        columns=columns,
        table=table_of(columns, FRAMEWORK, frameworks.links(Subject.PROJECT), show),
        show=show,
        shown=SHOWN,
        as_at=asked.on,
        days=[asked],
        agreed=wordings(),
        address=address,
    )


def columns_of(checks: Sequence[Checked], stands: Mapping[str, Standing]) -> list[Column]:
    """Every framework, from how the checks of a project stand; what is not assessed is no answer."""
    answers, links = answered(checks, stands), frameworks.links(Subject.PROJECT)
    return [
        column_of(one, one.for_subject(Subject.PROJECT), answers, links)
        for one in frameworks.everything().values()
    ]
