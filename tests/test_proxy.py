"""Behind a proxy: who asks is who the proxy says, and only where the settings name a proxy."""

import pytest
from flask import Flask, request

from compliance.proxy import prepare_proxy


def seen(headers: dict[str, str], **settings) -> tuple[str | None, str, int]:
    """Who asked and how, as an app behind these settings sees it, and the status."""
    app = Flask(__name__)
    app.config.update(
        {"PROXIES": 0, "PRODUCTION": False, "SERVICE_URL": "https://integrity.example", **settings}
    )
    prepare_proxy(app)
    found: list[tuple[str | None, str]] = []
    app.add_url_rule("/", "look", lambda: found.append((request.remote_addr, request.scheme)) or "")
    answer = app.test_client().get("/", headers=headers)
    return (*(found[0] if found else (None, "")), answer.status_code)


FORWARDED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("proxies", "who"),
    [(0, ("127.0.0.1", "http")), (1, ("198.51.100.7", "https")), (2, ("203.0.113.9", "http"))],
)
def test_as_many_proxies_are_believed_as_the_settings_name(proxies, who):
    assert seen(FORWARDED, PROXIES=proxies)[:2] == who


def test_production_answers_to_its_own_name_only():
    assert seen({"Host": "integrity.example"}, PRODUCTION=True)[2] == 200
    assert seen({"Host": "elsewhere.example"}, PRODUCTION=True)[2] == 400
    assert seen({"Host": "elsewhere.example"})[2] == 200
