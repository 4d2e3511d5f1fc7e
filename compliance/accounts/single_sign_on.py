"""Single sign-on by OpenID Connect: whether it is offered, and who comes back from the provider."""

from typing import Any

from flask import Flask, current_app
from werkzeug.utils import import_string
from werkzeug.wrappers import Response

from compliance.accounts.admission import admit
from compliance.accounts.groups import read_groups
from compliance.models import User


class Down(Exception):
    """The provider cannot be reached, or answers with nonsense."""


class NotVouched(Exception):
    """What came back from the provider does not hold; the reason is for the log."""


def prepare_single_sign_on(app: Flask) -> None:
    """Get to know the provider of the settings, if there is one; raises Unsafe for a mapping that is none."""
    app.extensions.pop("provider", None)
    if app.config["OIDC_ISSUER"]:
        provider = import_string("compliance.accounts.openid:Provider")(app)
        meaning = read_groups(app.config["OIDC_GROUPS"], app.config["OIDC_ORGANISATIONS"])
        app.extensions["provider"] = (provider, meaning)


def is_offered() -> bool:
    """Whether people may sign in by a provider."""
    return "provider" in current_app.extensions


def is_local(email: str) -> bool:
    """Whether this account may sign in by password: any, or only the one that is kept for emergencies."""
    kept = current_app.config["BREAK_GLASS"]
    return not kept or email.lower() == kept.lower()


def to_provider() -> Response:
    """Send somebody to the provider; raises Down."""
    provider, _meaning = current_app.extensions["provider"]
    away: Response = provider.send(return_address())
    return away


def return_address() -> str:
    """Where the provider sends people back to; it must know this address."""
    return f"{current_app.config['SERVICE_URL']}/sign-in/provider/return"


def claims_of_answer() -> dict[str, Any]:
    """What the provider says of whoever came back. Raises Down and NotVouched."""
    provider, _meaning = current_app.extensions["provider"]
    claims: dict[str, Any] = provider.claims()
    return claims


def whoever(claims: dict[str, Any]) -> User:
    """The account of whoever came back; raises RuleBroken when they are not let in."""
    _provider, meaning = current_app.extensions["provider"]
    groups = claims.get(current_app.config["OIDC_GROUPS_CLAIM"]) or []
    named = [str(one) for one in groups] if isinstance(groups, list) else [str(groups)]
    vouched = current_app.config["OIDC_ADDRESSES"] == "provider"
    return admit(claims, named, meaning, proven=vouched or claims.get("email_verified") is True)


def proven(claims: dict[str, Any]) -> bool:
    """Whether the provider asked for a second factor: the settings say that it always does, or it says so."""
    methods = claims.get("amr")
    by_claim = isinstance(methods, list) and "mfa" in methods
    return by_claim or current_app.config["OIDC_SECOND_FACTOR"] == "provider"
