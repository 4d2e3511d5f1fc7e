"""A page for every way a request can fail; what was typed is never lost to a 500."""

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from compliance.conflict import Conflict
from compliance.db import UNANSWERED

PAGES = {
    400: ("We could not read what was sent", "Go back, check what you entered and send it again."),
    403: ("You do not have access to this page", "Ask the integrity lead of your organisation who can help."),
    404: (
        "Page not found",
        "Check the address. The record may belong to an organisation that you do not see.",
    ),
    405: ("This page cannot be used like that", "Go back and use the buttons and links of the page."),
    409: ("Someone changed this while you were editing", "Open the record again to see what changed."),
    413: (
        "What you sent is too large",
        (
            "Nothing was saved. Go back with your browser: what you typed is still there. Choose a smaller "
            "file or give the address of the document instead, shorten a long text, and save again."
        ),
    ),
    429: ("Too many tries", "Wait a few minutes, then try again."),
    500: ("There is a problem with the service", "Nothing was saved. Try again in a few minutes."),
    503: ("The service is not available", "Try again in a few minutes. Nothing you saved is lost."),
}

Answer = tuple[str, int]


def failed(code: int, why: str = "", title: str = "") -> Answer:
    """The page for a status code, in words of its own where they are given."""
    heading, advice = PAGES.get(code, PAGES[500])
    shown = {"heading": title or heading, "advice": why or advice, "code": code}
    return render_template("errors/failed.html", **shown), code


def on_http_error(error: HTTPException) -> Answer | HTTPException:
    """Show our page for an HTTP error; leave redirects alone."""
    if error.code is None or error.code < 400:  # noqa: PLR2004
        return error
    return failed(error.code)


def on_other_host(_error: SecurityError) -> Answer:
    """A request that names a host that is not ours: without an address of its own there are no pages."""
    return "This is not the address of this service.", 400


def ours() -> bool:
    """Whether a form was sent from a page of this service; a stranger's words are never handed back."""
    return request.headers.get("Origin", "") in ("", request.host_url.rstrip("/"))


def typed(*without: str) -> list[tuple[str, str]]:
    """Everything that was typed, by the names of its fields."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", *without) and "password" not in name
    ]


def brought_a_file() -> bool:
    """Whether a file was chosen; a form that may carry one sends its field all the same."""
    return any(file.filename for file in request.files.values())


def here() -> str:
    """The address to which the form was sent, with its filters."""
    return request.full_path.rstrip("?")


def send_again(code: int) -> Answer:
    """What was typed while the sign-in ended, shown, and ready to be sent once more."""
    return render_template(
        "errors/send_again.html",
        typed=typed(),
        files=brought_a_file(),
        action=here(),
    ), code


def on_csrf_error(_error: CSRFError) -> Answer:
    """A form from another session, or sent after signing out: nothing is saved, nothing is lost."""
    if request.form and request.blueprint not in ("entry", "own") and ours():
        return send_again(400)
    return failed(
        400, "The page was open too long or you signed out. Go back, reload the page and try again."
    )


def on_conflict(conflict: Conflict) -> Answer:
    """Both versions side by side, when no view showed them nearer to the form; one is then chosen."""
    shown = {"typed": typed("version"), "files": brought_a_file(), "action": here()}
    return render_template("errors/conflict.html", conflict=conflict, **shown), 409


def on_crash(_error: Exception) -> Answer:
    """Anything unforeseen; the details are in the log."""
    return failed(500)


def on_no_answer(error: Exception) -> Answer:
    """The database does not answer: a page that needs nothing of it, the way the signed-out see it."""
    current_app.logger.error("the database does not answer: %s", type(error).__name__)
    g.user = g.sign_in = g.arriving = None
    g.granted = frozenset()
    return failed(503)


def prepare_errors(app: Flask) -> None:
    """Register a page for every way to fail."""
    app.register_error_handler(CSRFError, on_csrf_error)
    app.register_error_handler(SecurityError, on_other_host)
    app.register_error_handler(Conflict, on_conflict)
    app.register_error_handler(HTTPException, on_http_error)  # type: ignore[arg-type]
    for kind in UNANSWERED:
        app.register_error_handler(kind, on_no_answer)
    app.register_error_handler(500, on_crash)
