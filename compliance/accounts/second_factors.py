"""Second factors: a key in a person's authenticator app, codes drawn from it, and recovery codes."""

from io import BytesIO

from flask import current_app
from flask_security import Security
from markupsafe import Markup
from werkzeug.utils import import_string

from compliance import audit
from compliance.accounts import throttle
from compliance.accounts.queries import roles_soon
from compliance.accounts.sign_in import datastore
from compliance.db import db, transaction
from compliance.models import User
from compliance.permissions import needs_second_factor
from compliance.rules.broken import RuleBroken

METHOD = "authenticator"
WRONG = "The code is not right. Enter the code that your app shows now"
# Codes of the half minutes before and after are taken too: clocks differ.
WINDOW = 30


def library() -> Security:
    """The sign-in library of this app."""
    found: Security = current_app.extensions["security"]
    return found


def has_one(user: User) -> bool:
    """Whether a person has set up a second factor."""
    return bool(user.tf_totp_secret)


def is_needed(user: User) -> bool:
    """Whether this account cannot be used without one: by its roles, those of tomorrow included."""
    if user.demo and current_app.config["DEMO"]:
        return False
    return any(needs_second_factor(role) for role in roles_soon(user))


def new_key() -> str:
    """A key for an authenticator app, encrypted."""
    key: str = library().totp_factory.generate_totp_secret()
    return key


def readable(key: str) -> str:
    """A key in groups of four letters with a space between, which every app without a camera takes."""
    text: str = library().totp_factory.get_totp_pretty_key(key)
    return text.replace("-", " ")


def picture(user: User, key: str) -> Markup:
    """The key as a QR code: an inline SVG."""
    address = library().totp_factory.get_totp_uri(user.email, key)
    # With it comes a library of pictures: workers load it with the first code that is shown.
    code, image = import_string("qrcode"), import_string("qrcode.image.svg:SvgPathImage")
    written = BytesIO()
    code.make(address, image_factory=image, box_size=10, border=2).save(written)
    # The image comes from the library and holds nothing that was typed.
    svg = written.getvalue().decode().partition("?>")[2].strip()
    return Markup(svg.replace("<svg ", '<svg role="img" aria-label="QR code of the key" class="app-qr" ', 1))  # noqa: S704


def is_right(user: User, key: str, code: str) -> bool:
    """Whether a code fits a key and was not used before; remembers it. Call inside a transaction."""
    right: bool = library().totp_factory.verify_totp(
        token=code.replace(" ", ""), totp_secret=key, user=user, window=WINDOW
    )
    return right


def set_up(user: User, key: str, code: str, *, by: User | None) -> list[str]:
    """Keep a key once a code shows that the app has it; the recovery codes. Raises RuleBroken."""
    with transaction():
        audit.record("second_factor.set_up", subject=user, by=by)
        user.second_factor_counter = None
        if not is_right(user, key, code):
            raise RuleBroken(WRONG, field="code")
        datastore.tf_set(user, METHOD, totp_secret=key)
        codes: list[str] = library().mf_recovery_codes_util.create_recovery_codes(user)
    return codes


def plant(user: User, key: str) -> None:
    """Give an account of the demonstration a key that is printed; production refuses such accounts."""
    with transaction():
        audit.record("second_factor.set_up", subject=user, by=None)
        datastore.tf_set(user, METHOD, totp_secret=library().totp_factory.encrypted(key))


def present_code(user: User) -> str:
    """The code that the app of a person shows now."""
    code: str = library().totp_factory.generate_totp_password(user.tf_totp_secret)
    return code


def new_recovery_codes(user: User) -> list[str]:
    """Recovery codes in place of those before."""
    with transaction():
        audit.record("second_factor.recovery_codes_renewed", subject=user, by=user)
        codes: list[str] = library().mf_recovery_codes_util.create_recovery_codes(user)
    return codes


def show(user: User, code: str) -> None:
    """Take a code; raises RuleBroken when it is wrong, used, or there were too many tries."""
    source = throttle.by_code(user.id)
    tries = throttle.begin_try(source)
    with transaction():
        audit.record("second_factor.shown", subject=user, by=user)
        if not is_right(user, user.tf_totp_secret, code):
            raise RuleBroken(WRONG, field="code")
    throttle.forgive(tries, source)


def use_recovery_code(user: User, code: str) -> int:
    """Take a recovery code, which is then gone; how many are left. Raises RuleBroken."""
    source, entered = throttle.by_code(user.id), code.strip().lower()
    tries = throttle.begin_try(source)
    codes = library().mf_recovery_codes_util
    with transaction():
        audit.record("second_factor.recovery_code_used", subject=user, by=user)
        db.session.refresh(user)
        if not codes.check_recovery_code(user, entered):
            raise RuleBroken("This is none of your recovery codes, or it was used before", field="code")
        codes.delete_recovery_code(user, entered)
    throttle.forgive(tries, source)
    return len(user.mf_recovery_codes or [])


def forget(user: User) -> None:
    """Forget a second factor; call inside a transaction."""
    datastore.tf_reset(user)
    user.mf_recovery_codes = None
    user.second_factor_counter = None
