"""What a start leaves for later is there, and the same, for whoever asks for it."""

import subprocess
import sys

import pytest
from flask import Flask, url_for
from werkzeug.routing import Map, Rule

from compliance.addresses import Address
from tests.source import ROOT


def told(statement: str) -> str:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-c", statement]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip()


@pytest.mark.parametrize("library", ["authlib.integrations.flask_client", "email_validator"])
def test_what_was_put_off_is_loaded_by_whoever_asks(library):
    ask = f"import sys, compliance\nprint({library!r} in sys.modules)\nimport {library} as it\nprint(it.__name__)"
    assert told(ask).splitlines() == ["False", library]


def test_the_library_of_accounts_reads_addresses_when_it_is_asked_to():
    read = "email_validator.validate_email(address, check_deliverability=False).normalized"
    ask = (
        "import compliance\nfrom flask_security.mail_util import email_validator\n"
        f"for address in ('a@Force.example.com', 'nonsense'):\n  try: print({read})\n"
        "  except email_validator.EmailNotValidError: print('refused')"
    )
    assert told(ask).splitlines() == ["a@force.example.com", "refused"]


def test_keys_of_second_factors_are_ciphered_by_what_is_loaded_with_the_first():
    ask = (
        "import sys, compliance\nfrom passlib.totp import TOTP\nprint('cryptography' in sys.modules)\n"
        "made = TOTP.using(secrets={'1': 'a secret of the service'})\n"
        "kept = made(key='JBSWY3DPEHPK3PXP', format='base32').to_json(encrypt=True)\n"
        "print('JBSWY3DPEHPK3PXP' in kept, made.from_json(kept).base32_key)\n"
        "print('cryptography' in sys.modules)"
    )
    assert told(ask).splitlines() == ["False", "False JBSWY3DPEHPK3PXP", "True"]


def built(rule: Rule, **values: object) -> tuple[str, str] | None:
    return rule.build(values)


@pytest.mark.parametrize("more", [{}, {"page": 2, "q": "two words"}])
def test_addresses_are_what_the_library_would_build(app, more):
    values = {"reference": "PRJ-0042", "number": 7, "code": "25-C12-E1"}
    compared = 0
    for rule in app.url_map.iter_rules():
        given = {name: values.get(name, "a b") for name in rule.arguments} | more
        theirs = Rule(rule.rule, endpoint=rule.endpoint)
        Map([theirs], converters=app.url_map.converters)
        try:
            expected = built(theirs, **given)
        except ValueError:
            continue
        assert built(rule, **given) == expected
        compared += isinstance(rule, Address)
    assert compared > 100


def test_an_address_is_prepared_once_and_not_before_it_is_asked_for(monkeypatch):
    prepared = []
    whole = Rule._compile_builder
    monkeypatch.setattr(
        Rule, "_compile_builder", lambda rule, more=True: prepared.append(rule.rule) or whole(rule, more)
    )
    app = Flask(__name__, static_folder=None)
    app.url_rule_class = Address
    for name in ("one", "two"):
        app.add_url_rule(f"/{name}/<int:number>", name)
    assert prepared == []
    with app.test_request_context():
        assert [url_for("one", number=number) for number in (1, 2)] == ["/one/1", "/one/2"]
    assert prepared == ["/one/<int:number>"]
