"""Flask-Security, set up: it keeps passwords, second factors and recovery codes; the pages are ours."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask import Flask, redirect, request
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.recovery_codes import MfRecoveryCodesUtil
from flask_security.totp import Totp
from passlib.totp import TOTP
from werkzeug.wrappers import Response

from compliance import clock
from compliance.accounts.sign_ins import keep_private, remember_user
from compliance.db import db
from compliance.errors import ours, send_again
from compliance.models import User
from compliance.models.account import Role, WebAuthn

datastore = SQLAlchemyUserDatastore(db, User, Role, WebAuthn)


class Codes(Totp):  # type: ignore[misc]
    """Codes of six digits that hold for half a minute by the service's clock, each of them once."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        super().__init__(secrets, issuer)
        self._totp = TOTP.using(issuer=issuer, secrets=secrets, now=lambda: clock.now().timestamp())

    def encrypted(self, key: str) -> str:
        """A key in letters, as it is kept."""
        kept: str = self._totp(key=key, format="base32").to_json(encrypt=True)
        return kept

    def get_last_counter(self, user: User) -> int | None:
        """The last code that this person used, as a count of half minutes."""
        return user.second_factor_counter

    def set_last_counter(self, user: User, tmatch: Any) -> None:
        """Remember the code that was used, so that it is not used again."""
        user.second_factor_counter = tmatch.counter


class RecoveryCodes(MfRecoveryCodesUtil):  # type: ignore[misc]
    """Codes for who lost the second factor; what ciphers them is loaded with the first."""

    keys: Sequence[bytes] = ()

    def setup_cryptor(self, keys: Sequence[bytes]) -> None:
        """Remember the keys, the first for what is written."""
        self.keys = keys

    @property
    def cryptor(self) -> Any:
        """What reads and writes codes; None where there are no keys."""
        if self.made is None and self.keys:
            super().setup_cryptor(self.keys)
        return self.made

    @cryptor.setter
    def cryptor(self, made: Any) -> None:
        self.made = made


security = Security(totp_cls=Codes, mf_recovery_codes_util_cls=RecoveryCodes)


def to_sign_in() -> Response | tuple[str, int]:
    """Send someone who is not signed in to sign in, and back again; keep what they were about to save."""
    if request.method == "POST" and request.form and ours():
        return send_again(401)
    return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'), safe='/?=')}")


def prepare_accounts(app: Flask) -> None:
    """Set up sign-in on the app."""
    security.init_app(app, datastore, register_blueprint=False)
    app.login_manager.unauthorized_handler(to_sign_in)  # type: ignore[attr-defined]
    app.before_request(remember_user)
    app.after_request(keep_private)
