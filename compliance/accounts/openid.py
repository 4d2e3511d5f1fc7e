"""The provider of single sign-on, asked by Authlib: code flow with PKCE, state and nonce.

The library is heavy: a worker without a provider never loads this.
"""

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from joserfc.errors import JoseError
from requests.exceptions import RequestException
from werkzeug.wrappers import Response

from compliance.accounts.single_sign_on import Down, NotVouched

# How long we wait for the provider, in seconds.
PATIENCE = 5


class Provider:
    """The provider that the settings name."""

    def __init__(self, app: Flask) -> None:
        issuer = app.config["OIDC_ISSUER"].rstrip("/")
        self.client = OAuth(app).register(
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

    def send(self, back: str) -> Response:
        """Send somebody there, and from there to the address `back`; raises Down."""
        try:
            away: Response = self.client.authorize_redirect(back)
        except (RequestException, AuthlibBaseError, ValueError, RuntimeError, KeyError) as error:
            current_app.logger.warning("the provider of single sign-on: %s", error)
            raise Down from error
        return away

    def claims(self) -> dict[str, Any]:
        """What it says of whoever came back, once signature, nonce and audience were checked.

        Raises Down when it cannot be asked, NotVouched when anything does not fit.
        """
        expected = {
            "iss": {"essential": True, "value": current_app.config["OIDC_ISSUER"]},
            "aud": {"essential": True, "value": current_app.config["OIDC_CLIENT_ID"]},
        }
        try:
            answer = self.client.authorize_access_token(claims_options=expected)
        except RequestException as error:
            raise Down from error
        except (AuthlibBaseError, JoseError, ValueError, RuntimeError, KeyError) as error:
            raise NotVouched(str(error)) from error
        if not answer.get("userinfo"):
            raise NotVouched("no identity token")
        return dict(answer["userinfo"])
