"""What a start leaves for later is there, and the same, for whoever asks for it."""

import ast
import os
import subprocess
import sys

import pytest
from flask import Flask, url_for
from werkzeug.routing import Map, Rule

from compliance.addresses import Address
from tests.source import ROOT, modules


def told(statement: str) -> str:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-c", statement]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYDANTIC")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, env=environment)
    return done.stdout.strip()


@pytest.mark.parametrize("library", ["authlib.integrations.flask_client", "email_validator", "puremagic"])
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


def test_no_packages_are_looked_through_for_what_would_take_part_in_checks():
    check = (
        "from pydantic import TypeAdapter\nfrom pydantic.plugin import _loader\n"
        "TypeAdapter(int).validate_python(1)\nprint(_loader._plugins)"
    )
    assert [told(check), told(f"import compliance\n{check}")] == ["{}", "None"]


def test_what_follows_from_a_change_is_built_with_the_first_and_once():
    ask = (
        "import compliance\nfrom compliance.derived.keep import COVER\n"
        "print('make' in vars(COVER), COVER.make is COVER.make, 'make' in vars(COVER))"
    )
    assert told(ask) == "False True True"


def test_nothing_is_worked_out_yet_to_check_documents():
    ask = (
        "import compliance\nfrom pydantic import BaseModel\nfrom reports.statement import model\n"
        "rows = [model.ApprovalsByBody, model.DecisionRow, model.ProjectRow]\n"
        "def below(kind): return [one for sub in kind.__subclasses__() for one in (sub, *below(sub))]\n"
        "def built(): return [one.__name__ for one in rows + below(BaseModel) if one.__pydantic_complete__]\n"
        "print(len(below(BaseModel)) > 40, built())\n"
        "from compliance.frameworks.body import asked_by_all\nasked_by_all()\nprint(built())"
    )
    assert told(ask).splitlines() == ["True []", "['Question']"]


def as_text(code: str) -> bool:
    """Whether the annotations of a module are text that SQLAlchemy must read as Python."""
    imports = [node for node in ast.parse(code).body if isinstance(node, ast.ImportFrom)]
    return any(node.module == "__future__" for node in imports)


def test_columns_are_described_by_types_and_not_by_text():
    assert [module.name for module in modules("compliance/models") if as_text(module.text)] == []
    assert as_text('"""Rows."""\nfrom __future__ import annotations\n')


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
