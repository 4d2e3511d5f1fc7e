"""@requires for views, may() for templates: is this permission held anywhere today?"""

from collections.abc import Callable
from functools import wraps
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import Request, abort, current_app, g, redirect, request, url_for

from compliance import clock
from compliance.permissions import Permission
from compliance.rules.sign_in import is_confirmed

View = Callable[..., Any]


def granted() -> frozenset[Permission]:
    """Every permission the signed-in person holds somewhere today; read with their sign-in."""
    held: frozenset[Permission] = g.get("granted", frozenset())
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


# A form with a file is read to its end, so that nothing typed is lost, up to so many times the largest file.
MOST_READ = 20


def allow_files() -> None:
    """Let requests be larger on pages that take files; the form itself says what is too large."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False):
        request.max_content_length = MOST_READ * current_app.config["EVIDENCE_LARGEST"]


class CutFile(SpooledTemporaryFile[bytes]):
    """A file on its way in, cut one byte above the limit: enough to be told that it is too large."""

    def __init__(self, most: int) -> None:
        super().__init__(max_size=1024 * 1024, mode="rb+")
        self.left = most

    def write(self, data: Any) -> int:
        """Keep what fits and drop the rest; how much was taken in."""
        kept = data[: self.left]
        self.left -= len(kept)
        super().write(kept)
        return len(data)


class UploadRequest(Request):
    """A request whose files never take more room than the largest that may be kept."""

    def _get_file_stream(self, *_args: Any, **_parts: Any) -> CutFile:  # type: ignore[override]
        return CutFile(current_app.config["EVIDENCE_LARGEST"] + 1)


def public(view: View) -> View:
    """For pages that need no account; says so, so that no route is open by oversight."""
    view.requires = "public"  # type: ignore[attr-defined]
    return view
