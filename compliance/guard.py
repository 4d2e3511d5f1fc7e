"""@requires for views, may() for templates: is this permission held anywhere today?"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app, g, redirect, request, url_for

from compliance import clock
from compliance.access import roles_of
from compliance.db import db
from compliance.permissions import GRANTS, Permission
from compliance.rules.sign_in import is_confirmed

View = Callable[..., Any]


def granted() -> frozenset[Permission]:
    """Every permission the signed-in person holds somewhere today; one query a request."""
    if g.get("user") is None:
        return frozenset()
    if "granted" not in g:
        roles = db.session.scalars(roles_of(g.user, clock.today())).all()
        g.granted = frozenset().union(*(GRANTS[role] for role in roles))
    held: frozenset[Permission] = g.granted
    return held


def may(permission: str) -> bool:
    """Whether the signed-in person holds this permission anywhere; where is in each query."""
    return Permission(permission) in granted()


def requires(permission: Permission) -> Callable[[View], View]:
    """Turn away whoever is not signed in (to sign in) or holds the permission nowhere (403)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if g.get("user") is None:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if permission not in granted():
                abort(403)
            return view(*args, **kwargs)

        guarded.requires = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """For pages that every account may open."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if g.get("user") is None:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return view(*args, **kwargs)

    guarded.requires = "signed in"  # type: ignore[attr-defined]
    return guarded


def asks_second_factor(view: View) -> View:
    """For what is done in one's own name: whoever has a second factor shows it again, just before."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        has_one = g.sign_in is not None and g.sign_in.user.tf_totp_secret
        if has_one and not is_confirmed(g.sign_in.confirmed_at, clock.now()):
            return redirect(url_for("own.confirm", next=request.path))
        return view(*args, **kwargs)

    return guarded


def takes_files(view: View) -> View:
    """For pages whose form carries a file: their requests may be larger than others."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def allow_files() -> None:
    """Let requests be larger on pages that take files; the form itself says what is too large."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False):
        request.max_content_length = 4 * current_app.config["EVIDENCE_LARGEST"]


def public(view: View) -> View:
    """For pages that need no account; says so, so that no route is open by oversight."""
    view.requires = "public"  # type: ignore[attr-defined]
    return view
