"""One requirement for one project, with what stands around it; also when nobody asks the project for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from werkzeug.exceptions import NotFound

from compliance import clock, frameworks
from compliance.checks.promises import promises_by
from compliance.checks.queries import (
    answered,
    checked,
    find_named,
    has_checks,
    next_unanswered,
)
from compliance.frameworks.schema import Framework, Ref, Requirement, Subject
from compliance.models import Answer, Check, Evidence, Project, User
from compliance.permissions import Permission
from compliance.projects.queries import get_with
from compliance.reviews.queries import in_review
from compliance.rules.assessments import why_retired
from compliance.rules.derivation import Derived, derive
from compliance.rules.evidence import supported
from compliance.terms import Standing


@dataclass(frozen=True)
class Record:
    """One requirement of one project; no check stands there while nobody answered what it is not asked.

    What only the page shows is read when it asks: whoever saves an answer does not wait for it.
    """

    project: Project
    framework: Framework
    requirement: Requirement
    check: Check | None

    @property
    def earlier(self) -> Sequence[Answer]:
        """Every answer, the newest first."""
        return self.check.answers if self.check else ()

    @property
    def evidence(self) -> list[Evidence]:
        """What supports it now."""
        uses = self.check.uses if self.check else ()
        return sorted((use.evidence for use in uses if use.ended_at is None), key=lambda row: row.id)

    @cached_property
    def derived(self) -> Derived:
        """How the project stands by its own answer, or else by those under the other frameworks."""
        checks = checked(self.project.id)
        stands = {row.requirement_code: row.standing for row in checks}
        ref = Ref(self.framework.key, self.code)
        return derive(ref, answered(checks, stands), frameworks.links(Subject.PROJECT))

    @cached_property
    def following(self) -> str | None:
        """The next requirement without an answer that the project is asked for."""
        return next_unanswered(self.project.id, self.code)

    @property
    def code(self) -> str:
        """The code of the requirement."""
        return self.requirement.code

    @property
    def version(self) -> int:
        """The version that a form is drawn from; 0 while there is no check."""
        return self.check.version if self.check else 0

    @property
    def standing(self) -> Standing:
        """How the project stands by its own answer alone."""
        return self.check.standing if self.check else Standing.NOT_ASSESSED

    @property
    def asked(self) -> bool:
        """Whether every project is asked for this; else it answers if it wants to, by no date."""
        return self.check is not None and self.check.due_on is not None

    @property
    def retired(self) -> str:
        """Why the requirement is answered for this project no longer; empty while it is."""
        return why_ended(self.project, self.framework)

    @property
    def begun(self) -> dict[str, Any]:
        """What the form begins with: the latest answer, so that changing it loses none of its words."""
        if not self.earlier:
            return {}
        latest = self.earlier[0]
        words = {name: getattr(latest, name) for name in ("note", "fix", "fix_owner", "fix_due_on")}
        return {"standing": latest.standing.value, **words}


def around(record: Record) -> dict[str, Any]:
    """What supported each answer, what was to be done, the review: nothing of it before there is a check."""
    check = record.check
    if check is None:
        return {"supported": {}, "promises": [], "review": None}
    return {
        "supported": supported(record.earlier, check.uses),
        "promises": promises_by(check),
        "review": in_review([check], record.code),
    }


def get_record(reference: str, code: str, permission: Permission, *, by: User, whole: bool = False) -> Record:
    """What stands around one requirement of a project where this person holds the permission.

    Whole, its check comes with everything that its page shows.

    Raises NotFound for what is not checked for projects, and for a project that is asked for nothing
    (a draft, or out of scope): it answers nothing.
    """
    framework, requirement = frameworks.holders().get(code, (None, None))
    if framework is None or requirement is None:
        raise NotFound
    if requirement.code != code or requirement.checked_for is not Subject.PROJECT:
        raise NotFound
    check = find_named(reference, code, permission, by=by, whole=whole)
    project = check.project if check else get_with(reference, permission, by=by)
    if check is None and not has_checks(project.id):
        raise NotFound
    return Record(project, framework, requirement, check)


def begun_on(project: Project) -> date:
    """When a project began: its fieldwork, or its registration if that came first."""
    registered = clock.day_of(project.registered_at) if project.registered_at else clock.today()
    return min(registered, project.started_on or registered)


def why_ended(project: Project, framework: Framework) -> str:
    """Why a project does not answer under an edition: it ended before the project began; else empty."""
    return why_retired(framework.short, framework.in_force_until, begun_on(project), what="this project")
