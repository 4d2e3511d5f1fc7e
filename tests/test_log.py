"""The log says what happened in lines that a machine reads, and nothing about anybody."""

import json
import logging

import pytest

from compliance.log import JsonLines


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "compliance.answers")
    return lambda: [json.loads(JsonLines().format(record)) for record in caplog.records]


def test_every_answer_is_one_line_with_its_number_and_no_personal_data(client, make, lines):
    client.sign_in(make.user(name="Priya Lead", email="priya@northmoor.example"))
    answer = client.get("/projects/PRJ-0042?q=Priya", headers={"X-Request-ID": "proxy-0001"})
    assert answer.headers["X-Request-ID"] == "proxy-0001"
    [line] = [one for one in lines() if one["message"] == "answered"]
    assert (line["method"], line["page"], line["status"]) == (
        "GET",
        "/projects/<reference>",
        answer.status_code,
    )
    assert line["milliseconds"] > 0
    assert "Priya" not in json.dumps(lines())
    assert "PRJ-0042" not in json.dumps(lines())


@pytest.mark.parametrize("given", ["", "short", "x" * 65, 'a"b\nforged line'])
def test_a_number_that_does_not_fit_is_replaced(client, given):
    headers = {"X-Request-ID": given.replace("\n", " ")}
    number = client.get("/sign-in", headers=headers).headers["X-Request-ID"]
    assert number != given
    assert len(number) == 16


def test_a_crash_is_told_with_its_trace(caplog):
    try:
        int("no number")
    except ValueError:
        logging.getLogger("compliance").exception("crashed")
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert (line["level"], line["message"], line["request"]) == ("error", "crashed", None)
    assert "ValueError" in line["trace"].splitlines()[-1]
