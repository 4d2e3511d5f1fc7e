"""Single sign-on against a real provider: who is let in, as what, and what is refused."""

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from compliance.accounts.groups import Held, read_groups
from compliance.accounts.passwords import WRONG
from compliance.accounts.queries import find_account, memberships_of
from compliance.accounts.single_sign_on import prepare_single_sign_on
from compliance.config import ROOT, Unsafe, settings
from compliance.terms import Role
from tests.factories import PASSWORD, changed

HERE = Path(__file__).parent
BACK = "http://127.0.0.1:8000/sign-in/provider/return"
GROUPS = "leads=research_lead@northmoor; auditors=auditor@northmoor; signers=signatory@northmoor"
PRIYA = {
    "email": "priya@northmoor.example",
    "name": "Priya Lead",
    "email_verified": True,
    "groups": ["leads"],
}


class Stops(urllib.request.HTTPRedirectHandler):
    """Follows redirects as a browser does, up to the one that leads back to the service."""

    def redirect_request(self, request, file, code, message, headers, to):
        if to.startswith(BACK):
            raise Back(to)
        return super().redirect_request(request, file, code, message, headers, to)


class Back(Exception):
    """The provider sends the browser back to the service."""


class Provider:
    """A provider in a process of its own."""

    def __init__(self) -> None:
        node = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
        script = ROOT / "tests" / "accounts" / "provider.mjs"
        self.process = subprocess.Popen(
            [node, str(script), BACK],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "NODE_NO_WARNINGS": "1"},
        )
        self.issuer = self.process.stdout.readline().strip()

    def who(self, sub: str, *, lasts: int = 60, **claims) -> None:
        """From now on this person is at the browser, and a code lasts so many seconds."""
        body = json.dumps({"sub": sub, "claims": claims, "ttl": lasts}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{self.issuer}/who", data=body)).read()

    def visit(self, address: str) -> str:
        """Follow an address as a fresh browser; where the provider sends it back to, without the server."""
        opener = urllib.request.build_opener(Stops, urllib.request.HTTPCookieProcessor(CookieJar()))
        try:
            opener.open(address)
        except Back as back:
            return str(back).removeprefix("http://127.0.0.1:8000")
        raise AssertionError("the provider did not send the browser back")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="module")
def running():
    one = Provider()
    yield one
    one.stop()


def configure(app, monkeypatch, issuer: str, **more: str) -> None:
    values = {
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": "integrity",
        "OIDC_CLIENT_SECRET": "the secret of the tests",
        "OIDC_GROUPS": GROUPS,
        "OIDC_ORGANISATIONS": "northmoor",
        **more,
    }
    for name, value in values.items():
        monkeypatch.setitem(app.config, name, value)
    prepare_single_sign_on(app)


@pytest.fixture
def provider(app, running, monkeypatch, make):
    make.tree()
    configure(app, monkeypatch, running.issuer)
    yield running
    app.extensions.pop("provider")


def start(client) -> str:
    """Press the button; the address at the provider."""
    answer = client.send(client.get("/sign-in?next=/projects"), {}, button="Continue with your force account")
    assert answer.status_code == 302, answer.text
    return answer.location


def come(client, provider):
    """The whole way to the provider and back."""
    return client.get(provider.visit(start(client)))


def test_somebody_new_gets_an_account_with_the_role_of_their_group(client, provider):
    provider.who("priya", **PRIYA)
    asked = start(client)
    for part in ("code_challenge_method=S256", "nonce=", "state=", "response_type=code"):
        assert part in asked
    assert client.get(provider.visit(asked)).location == "/projects"
    assert client.get("/projects").status_code == 200
    user = find_account("priya@northmoor.example")
    assert [(row.role, row.organisation.code, row.from_groups) for row in memberships_of(user)] == [
        (Role.RESEARCH_LEAD, "northmoor", True)
    ]
    assert user.password is None


def test_roles_follow_the_groups_and_those_given_by_hand_stay(app, client, provider, make):
    provider.who("priya", **PRIYA)
    come(client, provider)
    user = find_account(PRIYA["email"])
    make.member(user, Role.BOARD_MEMBER, memberships_of(user)[0].organisation)
    provider.who("priya", **{**PRIYA, "groups": ["auditors"], "email": "renamed@northmoor.example"})
    come(app.test_client(), provider)
    today = {row.role for row in memberships_of(user) if row.until_on is None}
    assert today == {Role.AUDITOR, Role.BOARD_MEMBER}
    assert find_account("renamed@northmoor.example") is None, "the subject counts, not the address"


def test_a_group_that_means_nothing_here_opens_nothing(client, provider):
    provider.who("tom", email="tom@northmoor.example", name="Tom", groups=["football"])
    refused = come(client, provider)
    assert refused.status_code == 403
    assert "none of your groups has a role here" in refused.text
    assert find_account("tom@northmoor.example") is None
    provider.who("tom", email="tom@northmoor.example", email_verified=False, groups=["leads"])
    assert "without a confirmed email address" in come(client, provider).text


@pytest.mark.parametrize(
    ("claim", "addresses", "status"),
    [({}, "claim", 403), ({"email_verified": True}, "claim", 302), ({}, "provider", 302)],
)
def test_an_account_opened_here_is_joined_only_by_an_address_that_is_proven(
    app, client, provider, make, monkeypatch, claim, addresses, status
):
    monkeypatch.setitem(app.config, "OIDC_ADDRESSES", addresses)
    known = make.user(email="priya@northmoor.example")
    provider.who("somebody", email="priya@northmoor.example", groups=["leads"], **claim)
    answer = come(client, provider)
    assert answer.status_code == status
    assert (known.provider_subject is None) is (status == 403)
    if status == 403:
        assert "does not prove that the address is yours" in answer.text


def test_a_closed_account_stays_closed(client, provider, make):
    changed(make.user(email="priya@northmoor.example"), active=False)
    provider.who("priya", **PRIYA)
    assert come(client, provider).status_code == 403


@pytest.mark.parametrize("part", ["nonce", "state"])
def test_an_answer_to_another_question_is_refused(client, provider, part):
    provider.who("priya", **PRIYA)
    asked = start(client)
    kept = next(value for value in asked.split("?")[1].split("&") if value.startswith(f"{part}="))
    answer = client.get(provider.visit(asked.replace(kept, f"{part}=somebodyelses")))
    assert answer.status_code == 400
    assert "start again" in answer.text
    assert client.get("/account").status_code == 302


def test_a_code_that_expired_or_was_used_is_refused(app, client, provider):
    provider.who("priya", lasts=1, **PRIYA)
    late = provider.visit(start(client))
    time.sleep(2.1)
    assert client.get(late).status_code == 400
    provider.who("priya", **PRIYA)
    once = provider.visit(start(client))
    assert app.test_client().get(once).status_code == 400, "another browser has not asked"
    assert client.get(once).status_code == 302
    assert client.get(once).status_code == 400


def test_a_provider_that_is_down_is_told_and_leaves_the_other_way_in(app, client, monkeypatch, make):
    person = make.user(Role.RESEARCH_LEAD, make.tree()["northmoor"])
    one = Provider()
    configure(app, monkeypatch, one.issuer)
    one.who("priya", **PRIYA)
    there = one.visit(start(client))
    one.stop()
    assert client.get(there).status_code == 503
    prepare_single_sign_on(app)
    page = client.send(client.get("/sign-in"), {}, button="Continue with your force account")
    assert page.status_code == 503
    assert "does not answer" in page.text
    assert client.fill("/sign-in", {"email": person.email, "password": PASSWORD}).status_code == 302
    app.extensions.pop("provider")


def test_the_second_factor_is_asked_for_unless_the_provider_did(app, client, provider, monkeypatch):
    signer = {**PRIYA, "groups": ["signers"]}
    provider.who("priya", **signer)
    assert come(client, provider).location.startswith("/account/second-factor")
    provider.who("priya", **signer, amr=["pwd", "mfa"])
    assert come(client, provider).location == "/projects"
    provider.who("priya", **signer)
    monkeypatch.setitem(app.config, "OIDC_SECOND_FACTOR", "provider")
    assert come(client, provider).location == "/projects"


def test_passwords_can_be_switched_off_but_for_one_account(app, client, provider, monkeypatch, make):
    kept, other = (make.user(Role.AUDITOR, make.organisation()) for _ in range(2))
    monkeypatch.setitem(app.config, "BREAK_GLASS", kept.email)
    refused = client.fill("/sign-in", {"email": other.email, "password": PASSWORD})
    assert "Passwords of this service are switched off" in client.get("/sign-in").text
    mistyped = client.fill("/sign-in", {"email": kept.email, "password": "not the password"})
    assert WRONG in refused.text, "nobody learns which account is kept"
    assert WRONG in mistyped.text
    assert client.fill("/sign-in", {"email": kept.email, "password": PASSWORD}).status_code == 302


def test_forms_may_lead_to_the_provider_only_when_there_is_one(app, client, provider, monkeypatch):
    policy = client.get("/sign-in").headers["Content-Security-Policy"]
    assert policy.endswith(f"form-action 'self' {provider.issuer}")
    monkeypatch.setitem(app.config, "OIDC_ISSUER", "")
    assert client.get("/sign-in").headers["Content-Security-Policy"].endswith("form-action 'self'")


def test_groups_are_read_and_what_means_nothing_is_refused():
    assert read_groups(GROUPS, "northmoor")["leads"] == Held(Role.RESEARCH_LEAD, "northmoor")
    for wrong in ("leads", "leads=king@northmoor", "leads=auditor@westmarch", "=auditor@northmoor"):
        with pytest.raises(Unsafe, match="COMPLIANCE_OIDC_GROUPS"):
            read_groups(wrong, "northmoor")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"COMPLIANCE_OIDC_ISSUER": "https://login.example"}, "With COMPLIANCE_OIDC_ISSUER set"),
        ({"COMPLIANCE_BREAK_GLASS": "a@b.example"}, "nobody else could sign in"),
    ],
)
def test_half_a_provider_is_refused(changes, told):
    with pytest.raises(Unsafe, match=told):
        settings(changes)
