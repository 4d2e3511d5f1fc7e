"""What we ask on the way in."""

from compliance.fields import PasswordField, TextField
from compliance.forms import Form
from compliance.rules.accounts import SHORTEST_PASSWORD
from compliance.rules.broken import RuleBroken


class SignInForm(Form):
    """An address and a password."""

    email = TextField("Email address", required="Enter your email address", label_size="")
    password = PasswordField("Password", required="Enter your password", label_size="")


class CodeForm(Form):
    """The code that an authenticator app shows."""

    code = TextField("Code", hint="6 digits", required="Enter the code", longest=20)


class RecoveryForm(Form):
    """One of the codes that were shown when the second factor was set up."""

    code = TextField(
        "Recovery code", hint="For example: 1a2b-3c4d-5e6f", required="Enter a recovery code", longest=40
    )


class ForgottenForm(Form):
    """Whose password is forgotten."""

    email = TextField("Email address", required="Enter your email address", label_size="")


class PasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        "New password",
        hint=f"At least {SHORTEST_PASSWORD} characters. Three unrelated words are a good start.",
        required="Enter a new password",
        label_size="",
    )
    again = PasswordField("New password again", required="Enter the new password again", label_size="")

    def chosen(self) -> str:
        """The password; raises RuleBroken when the two differ."""
        if self.password.data != self.again.data:
            raise RuleBroken("The two passwords are not the same", field="again")
        entered: str = self.password.data
        return entered


class ChangePasswordForm(PasswordForm):
    """The present password and a new one."""

    present = PasswordField("Your present password", required="Enter your present password", label_size="")
