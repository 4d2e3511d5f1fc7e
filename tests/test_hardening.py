"""What stands around every answer: headers, cookies, the token of every form, hosts, and tables without formulas."""

import ast
import csv
import io
import re

import pytest
from flask import url_for

from compliance import create_app
from compliance.config import settings
from compliance.terms import Role
from reports.sheets import as_csv
from tests.kept import kept
from tests.source import ours
from tests.test_config import SAFE

PAGES = ["/", "/sign-in", "/help", "/privacy", "/published", "/health", "/nowhere", "/projects", "/board"]
SAID = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@kept
def everybody(make):
    """A person who holds every role."""
    force, person = make.organisation("npcc"), make.user()
    for role in Role:
        make.member(person, role, force)
    return person


@pytest.fixture
def production(store, tmp_path):
    """The service as production sets it up, on the same database."""
    store.renew()
    settled = settings({**SAFE, "COMPLIANCE_SERVICE_URL": "https://integrity.example"})
    app = create_app(
        {**settled, "TESTING": True, "INSTANCE_DIR": tmp_path, "SQLALCHEMY_DATABASE_URI": store.address}
    )
    return app.test_client()


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(client, everybody, path, signed_in):
    if signed_in:
        client.sign_in(everybody)
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in SAID} == SAID
    assert "camera=()" in answer.headers["Permissions-Policy"]
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    if signed_in:
        assert answer.headers["Cache-Control"] == "no-store"


def test_static_files_and_refused_forms_carry_them_too(client, everybody):
    script = re.search(r'src="(/static/[^"]+)"', client.get("/sign-in").text)[1]
    for answer in (client.get(script), client.post("/sign-in", data={"email": "x"})):
        assert {name: answer.headers.get(name) for name in SAID} == SAID


def test_each_page_has_a_number_of_its_own_and_every_script_bears_it(client, everybody):
    client.sign_in(everybody)
    drawn = set()
    for path in ("/board", "/projects", "/board"):
        answer = client.get(path)
        [number] = re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
        drawn.add(number)
        inside = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", answer.text)
        assert inside
        assert all(f'nonce="{number}"' in one for one in inside)
        assert not re.search(r"\son\w+\s*=\s*[\"']", answer.text), "no script in an attribute"
        assert not re.search(r"\sstyle\s*=", answer.text), "no style in an attribute"
    assert len(drawn) == 3


def test_there_is_one_cookie_and_nobody_else_gets_it(client, everybody):
    made = client.get("/sign-in").headers.getlist("Set-Cookie")
    assert len(made) == 1
    assert made[0].startswith("session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(re.split(r";\s*", made[0]))


def test_production_sends_its_cookie_over_https_alone_and_says_so(production):
    answer = production.get("/sign-in", base_url="https://integrity.example")
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-session=")
    parts = set(re.split(r";\s*", cookie))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert not any(part.startswith("Domain") for part in parts)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("host", ["evil.example", "integrity.example.evil.example", "evil.example:443"])
def test_production_answers_to_its_own_name_alone(production, host):
    refused = production.get("/sign-in", base_url="https://integrity.example", headers={"Host": host})
    assert refused.status_code == 400
    assert "evil" not in refused.text
    assert production.get("/health", base_url="https://integrity.example").status_code == 200


def test_what_a_request_says_of_its_host_is_printed_nowhere(client, everybody):
    client.sign_in(everybody)
    for path in ("/", "/account", "/published", "/reminders", "/calendar"):
        answer = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in answer.text + str(answer.headers)


def posts(app) -> list[str]:
    """An address of every page that takes a form."""
    with app.test_request_context():
        found = []
        for rule in app.url_map.iter_rules():
            if "POST" in (rule.methods or set()) and rule.endpoint != "static":
                given = dict.fromkeys(rule.arguments, 1 if "int:" in rule.rule else "x")
                found.append(url_for(rule.endpoint, **given))
        return sorted(found)


def test_no_form_is_taken_without_its_token(app, client, everybody):
    client.sign_in(everybody)
    addresses = posts(app)
    assert len(addresses) > 60
    # The page of the one who is signed in has a token; a stranger's form has none, or that of somebody else.
    client.get("/account")
    for data in ({"x": "y"}, {"x": "y", "csrf_token": "somebody else's"}):
        taken = [path for path in addresses if client.post(path, data=data).status_code != 400]
        assert taken == []


@pytest.mark.parametrize(
    "place",
    ["/\t/evil.example", "/\r/evil.example", "/\n/evil.example", "/ /evil.example", "/\x00/evil", "/sign-in"],
)
def test_a_browser_finds_no_other_host_in_an_address_of_ours(client, make, place):
    page = client.get("/sign-in", query_string={"next": place})
    assert "evil" not in page.text
    assert client.get("/sign-in", query_string={"next": "/projects?q=a&show=b"}).status_code == 200


def test_a_whole_address_is_found_again_after_signing_in(client, app):
    answer = client.get("/projects?q=a&show=fieldwork")
    assert answer.location == "/sign-in?next=/projects?q=a%26show=fieldwork"
    with app.test_request_context(answer.location) as context:
        assert context.request.args["next"] == "/projects?q=a&show=fieldwork"


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_cell_of_a_table_runs(sign):
    [[head], [cell]] = csv.reader(io.StringIO(as_csv([sign], [[sign]]), newline=""))
    assert head == cell == f"'{sign}"
    assert as_csv(["n"], [[-1], [None], ["a = b"]]) == "n\r\n-1\r\n\r\na = b\r\n".replace(
        "\r\n\r\n", '\r\n""\r\n'
    )


def writers_of_tables() -> set[str]:
    """Modules that write tables for spreadsheets by themselves."""
    made = {"writer", "DictWriter", "Workbook"}
    return {
        module.name
        for module in ours()
        for node in ast.walk(ast.parse(module.text))
        if isinstance(node, ast.Attribute | ast.Name)
        and (node.attr if isinstance(node, ast.Attribute) else node.id) in made
    }


def test_two_places_write_tables():
    assert writers_of_tables() == {"reports.sheets", "reports.workbook"}
