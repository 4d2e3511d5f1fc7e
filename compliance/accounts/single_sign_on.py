"""Single sign-on by OpenID Connect: code flow with PKCE, state and nonce, by Authlib."""

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from joserfc.errors import JoseError
from requests.exceptions import RequestException
from werkzeug.wrappers import Response

from compliance.accounts.admission import admit
from compliance.accounts.groups import read_groups
from compliance.models import User

# How long we wait for the provider, in seconds.
PATIENCE = 5


class Down(Exception):
    """The provider cannot be reached, or answers with nonsense."""


class NotVouched(Exception):
    """What came back from the provider does not hold; the reason is for the log."""


def prepare_single_sign_on(app: Flask) -> None:
    """Get to know the provider of the settings, if there is one; raises Unsafe for a mapping that is none."""
    app.extensions.pop("provider", None)
    if not app.config["OIDC_ISSUER"]:
        return
    issuer = app.config["OIDC_ISSUER"].rstrip("/")
    provider = OAuth(app).register(
        "provider",
        client_id=app.config["OIDC_CLIENT_ID"],
        client_secret=app.config["OIDC_CLIENT_SECRET"],
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": app.config["OIDC_SCOPE"],
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )
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
    try:
        away: Response = provider.authorize_redirect(return_address())
    except (RequestException, AuthlibBaseError, ValueError, RuntimeError, KeyError) as error:
        current_app.logger.warning("the provider of single sign-on: %s", error)
        raise Down from error
    return away


def return_address() -> str:
    """Where the provider sends people back to; it must know this address."""
    return f"{current_app.config['SERVICE_URL']}/sign-in/provider/return"


def claims_of_answer() -> dict[str, Any]:
    """What the provider says of whoever came back, once its signature, nonce and audience were checked.

    Raises Down when the provider cannot be asked, NotVouched when anything does not fit.
    """
    provider, _meaning = current_app.extensions["provider"]
    expected = {
        "iss": {"essential": True, "value": current_app.config["OIDC_ISSUER"]},
        "aud": {"essential": True, "value": current_app.config["OIDC_CLIENT_ID"]},
    }
    try:
        answer = provider.authorize_access_token(claims_options=expected)
    except RequestException as error:
        raise Down from error
    except (AuthlibBaseError, JoseError, ValueError, RuntimeError, KeyError) as error:
        raise NotVouched(str(error)) from error
    if not answer.get("userinfo"):
        raise NotVouched("no identity token")
    return dict(answer["userinfo"])


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
