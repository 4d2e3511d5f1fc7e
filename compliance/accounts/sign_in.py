"""Signing in and out by Flask-Security; nothing else reads the sign-in library."""

from typing import Any

from flask import Flask, g, redirect, request
from flask_security import Security, SQLAlchemyUserDatastore, current_user
from flask_security.forms import ChangePasswordForm as SecurityChangePasswordForm
from flask_security.forms import LoginForm as SecurityLoginForm
from werkzeug.wrappers import Response

from compliance import audit
from compliance.db import begin_write, db
from compliance.errors import ours, send_again
from compliance.fields import PasswordWidget, TextWidget
from compliance.models import User
from compliance.models.account import Role, WebAuthn

datastore = SQLAlchemyUserDatastore(db, User, Role, WebAuthn)
security = Security()


class SignInForm(SecurityLoginForm):  # type: ignore[misc]
    """Flask-Security's form in GOV.UK dress."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email.label.text = "Email address"
        self.email.widget = TextWidget()
        self.email.label_size = self.password.label_size = ""
        self.password.description = ""
        self.mend_first = ""
        self.password.label.text = "Password"
        self.password.widget = PasswordWidget()

    def validate(self, **kwargs: Any) -> bool:
        """One message for every wrong pair, so that nobody learns which addresses have accounts.

        The library replaces what stands on a field by words of its own; what stands on the form it leaves.
        """
        if super().validate(**kwargs):
            return True
        message = "Email address or password is not right"
        self.mend_first = self.email.name
        if not self.email.data:
            message = "Enter your email address"
        elif not self.password.data:
            message, self.mend_first = "Enter your password", self.password.name
        self.email.errors, self.password.errors, self.form_errors = [], [], [message]
        return False

    def told(self, name: str) -> dict[str, str] | None:
        """The message to show beside a control, if it is the one to mend."""
        return {"text": self.form_errors[0]} if self.form_errors and self.mend_first == name else None


class ChangePasswordForm(SecurityChangePasswordForm):  # type: ignore[misc]
    """Flask-Security's form in GOV.UK dress."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, label in (
            (self.password, "Your present password"),
            (self.new_password, "New password"),
            (self.new_password_confirm, "New password again"),
        ):
            field.label.text, field.widget, field.label_size = label, PasswordWidget(), ""
        self.new_password.description = "At least 12 characters. Three unrelated words are a good start."


def remember_user() -> None:
    """Put the signed-in person on g; the one place that reads current_user."""
    g.user = current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001


def explain_security_writes() -> None:
    """Flask-Security writes on its own: give its transaction a writer's lock and a reason."""
    if request.method == "POST" and request.blueprint == "security":
        begin_write(db.session())
        audit.record("account.security_changed", subject="account", by=g.user)


def to_sign_in() -> Response | tuple[str, int]:
    """Send someone who is not signed in to sign in, and back again; keep what they were about to save."""
    if request.method == "POST" and request.form and ours():
        return send_again(401)
    return redirect(f"/sign-in?next={request.full_path.rstrip('?')}")


def prepare_accounts(app: Flask) -> None:
    """Set up sign-in on the app."""
    security.init_app(
        app,
        datastore,
        login_form=SignInForm,
        change_password_form=ChangePasswordForm,
    )
    app.login_manager.unauthorized_handler(to_sign_in)  # type: ignore[attr-defined]
    app.before_request(remember_user)
    app.before_request(explain_security_writes)
