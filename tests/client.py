"""The test client: checks every page it gets, and fills forms as a browser without script would."""

import secrets
from typing import Any
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from sqlalchemy import insert
from werkzeug.test import TestResponse

from compliance import clock
from compliance.accounts.sign_ins import sha256
from compliance.db import db
from compliance.models import SignIn, User
from compliance.terms import SignInWay
from tests.pages import check_page, parse, text_of


def sign_in(client: Any, user: User) -> Any:
    """Let a client be this person from now on; the client."""
    token = secrets.token_urlsafe()
    row = {"user_id": user.id, "token_sha256": sha256(token), "way": SignInWay.PASSWORD}
    moments = dict.fromkeys(("began_at", "seen_at", "opened_at"), clock.now())
    # Past the audit trail, so that what a test finds there is what the service wrote.
    db.session.execute(insert(SignIn).values(**row, **moments, address="127.0.0.1", browser="test"))
    db.session.commit()
    with client.session_transaction() as session:
        for name in set(session) - {"csrf_token"}:
            del session[name]
        session["sign_in"] = token
    return client


class PageClient(FlaskClient):
    """A visitor whose every HTML page must be valid; looked at once, since no database changes a page."""

    looks = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; what the test holds from before is read afresh afterwards."""
        db.session.rollback()
        # A context of its own, or the request would share `g`, and so its person, with the one before.
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.rollback()
        db.session.expire_all()
        saved = response.headers.get("Content-Disposition", "").startswith("attachment")
        if (
            self.looks
            and response.mimetype == "text/html"
            and not saved
            and response.data
            and not 300 <= response.status_code < 400
        ):
            check_page(response.text, f"{response.request.method} {response.request.path}")
        return response

    def sign_in(self, user: User) -> "PageClient":
        """Be this person from now on; signing in by the form has tests of its own."""
        sign_in(self, user)
        return self

    def fill(
        self, url: str, values: dict[str, Any] | None = None, *, button: str = "", **options: Any
    ) -> TestResponse:
        """Open a page, enter these values into its form and press its button (or the one named).

        Every value must belong to a control of the page. What the form already holds is sent along.
        """
        page = self.get(url)
        assert page.status_code in (200, 400), f"{url}: {page.status_code}"
        return self.send(page, values or {}, button=button, **options)

    def send(
        self, page: TestResponse, values: dict[str, Any], *, button: str = "", **options: Any
    ) -> TestResponse:
        """Enter these values into the form of a page that was shown, and send it."""
        form = form_of(parse(page.text)[0], set(values), button)
        data, names = held(form), {element.get("name") for element in form.iter() if element.get("name")}
        unknown = set(values) - names
        assert not unknown, f"the form has no control {sorted(unknown)}; it has {sorted(filter(None, names))}"
        data.update(values)
        if button:
            pressed = next(
                one
                for one in form.iter("button")
                if button in (one.get("name"), one.get("value"), text_of(one))
            )
            if pressed.get("name"):
                data[pressed.get("name")] = pressed.get("value") or ""
        return self.post(form.get("action") or page.request.full_path.rstrip("?"), data=data, **options)


def form_of(root: Element, wanted: set[str], button: str) -> Element:
    """The form that has the wanted controls or button; the last in the page when several do."""
    found = [form for form in root.iter("form") if (form.get("method") or "").lower() == "post"]
    fitting = [form for form in found if wanted <= {one.get("name") for one in form.iter()}]
    if button:
        fitting = [
            form
            for form in fitting
            if any(button in (one.get("name"), one.get("value"), text_of(one)) for one in form.iter("button"))
        ]
    assert fitting, f"no form with {sorted(wanted)} {button}"
    return fitting[-1]


def held(form: Element) -> dict[str, Any]:
    """What a form would send as it stands; the parts of a date share one name."""
    data: dict[str, Any] = {}
    for element in form.iter():
        name = element.get("name")
        if name and (value := value_of(element)) is not None:
            data.setdefault(name, []).append(value)
    return data


def value_of(element: Element) -> str | None:
    """What one control would send; None when it sends nothing."""
    kind = element.get("type")
    if element.tag == "textarea":
        return (element.text or "").removeprefix("\n")
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return chosen[0].get("value") if chosen else None
    if element.tag != "input" or kind in ("submit", "file"):
        return None
    if kind in ("radio", "checkbox") and element.get("checked") is None:
        return None
    return element.get("value") or ""
