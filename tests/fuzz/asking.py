"""Every form and filter of the service, filled with what nobody would type: what must hold of any answer."""

import time
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from compliance.db import db
from compliance.terms import Role
from tests.client import held, sign_in
from tests.factories import Make
from tests.pages import parse
from tests.routes import LIBRARY, World, part

# What takes a person out of the service, ends in another program, or is the library's.
LEFT_OUT = {
    *LIBRARY,
    *(
        "entry.sign_out",
        "own.end_all",
        "own.end_one",
        "own.change_password",
        "provider.start",
        "provider.back",
    ),
}
SLOW = ("pdf", "paper", "docx")
PLANTED = "<script>planted()</script>"
SECRET = "Unpublished work of Westmarch"
PATIENCE = 2.0  # seconds of our own work for one request
NAMES = (
    "q",
    "page",
    "show",
    "organisation",
    "period",
    "stage",
    "next",
    "before",
    "role",
    "subject",
    "person",
    "on",
)
NASTY = (
    *(
        PLANTED,
        "'; DROP TABLE project; --",
        "=1+1",
        "../../etc/passwd",
        "\x00",
        "a\x00b",
        "{{ 7*7 }}",
        "%s%n",
    ),
    *("-1", "0", "99999999999999999999", "1e309", "NaN", "2026-02-30", "0000-00-00", "9999-12-31", "٣", "½"),
    *(
        "\u202e",
        "\ufeff",
        "\U0001f46e",
        "x" * 5000,
        " ",
        "\r\nSet-Cookie: x=y",
        "true",
        "[]",
        "javascript:alert(1)",
    ),
)
TEXTS = st.sampled_from(NASTY) | st.text(st.characters(codec="utf-8"), max_size=40)
FILES = st.tuples(
    st.sampled_from(["a.pdf", "../b.docx", "c.csv", "d", "e.png\x00.exe"]), st.binary(max_size=400)
)


class Asked:
    """A person with every role in Northmoor, and an address for each page."""

    def __init__(self, app: Flask) -> None:
        make = Make()
        world = World(make)
        self.app, self.person = app, make.user()
        for role in Role:
            make.member(self.person, role, world.force)
        sister = make.user(Role.RESEARCH_LEAD, world.tree["westmarch"])
        make.project(world.tree["westmarch"], sister, title=SECRET)
        self.client = sign_in(FlaskClient(app), self.person)
        self.addresses = sorted(self.found(world))

    def found(self, world: World) -> list[str]:
        """An address of each route that can be opened."""
        found = []
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint in LEFT_OUT or any(word in rule.endpoint + rule.rule for word in SLOW):
                continue
            values = {argument: part(world, rule.endpoint, argument) for argument in rule.arguments}
            with self.app.test_request_context():
                found.append(self.app.url_for(rule.endpoint, **values))
        return found

    def ask(self, path: str, method: str = "GET", **parts: Any) -> TestResponse:
        """One request, and what must hold of its answer."""
        db.session.rollback()
        began = time.process_time()
        with self.app.app_context():
            answer = self.client.open(path, method=method, **parts)
        took = time.process_time() - began
        db.session.rollback()
        where = f"{method} {path} {parts}"
        assert answer.status_code < 500, f"{answer.status_code}: {where}"
        assert took < PATIENCE, f"{took:.1f} s: {where}"
        if not answer.is_streamed or answer.mimetype == "text/html":
            assert SECRET not in answer.text, f"shows what is of another organisation: {where}"
        if answer.mimetype == "text/html":
            assert PLANTED not in answer.text, f"runs what was typed: {where}"
        return answer

    def any_round(self, data: st.DataObject) -> None:
        """Open any page with any filter, and send one of its forms with anything in it."""
        path = data.draw(st.sampled_from(self.addresses), label="page")
        query = data.draw(st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=3), label="query")
        answer = self.ask(f"{path}?{urlencode(query)}" if query else path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return
        forms = list(parse(answer.text)[0].iter("form"))
        if forms:
            self.send(path, data.draw(st.sampled_from(forms)), data)

    def send(self, path: str, form: Element, data: st.DataObject) -> None:
        """Fill some controls of a form with anything, leave others out, and send it."""
        values = held(form)
        for control in form.iter():
            name, kind = control.get("name"), control.get("type")
            if not name or name == "csrf_token":
                continue
            if kind == "file":
                name_of, content = data.draw(FILES)
                values[name] = (BytesIO(content), name_of)
            elif data.draw(st.booleans()):
                values[name] = data.draw(st.lists(TEXTS, max_size=3) | TEXTS)
        action = form.get("action") or path
        if not action.startswith("/") or any(word in action for word in ("sign-out", "/sign-in/provider")):
            return
        if (form.get("method") or "get").lower() == "get":
            self.ask(f"{action}?{urlencode(values, doseq=True)}")
        else:
            self.ask(action, "POST", data=values)
