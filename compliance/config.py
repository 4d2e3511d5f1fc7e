"""Settings, read from COMPLIANCE_* variables only; an unsafe production set is refused."""

import base64
import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

SECRET_LENGTH = 32
ENVIRONMENTS = ("development", "production")

SESSIONS: dict[str, Any] = {
    "SESSION_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_HTTPONLY": True,
    "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    "WTF_CSRF_TIME_LIMIT": None,
}

# Flask-Security: argon2id, second factors and recovery codes; its pages are replaced by our own.
SECURITY: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    # argon2 salts by itself: changing the secret key must not lock everyone out.
    "SECURITY_PASSWORD_SINGLE_HASH": True,
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TOTP_ISSUER": "Research integrity in policing",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
}


MAIL_SECURITY = ("starttls", "tls", "none")


class Unsafe(SystemExit):
    """The service would be unsafe or unable to start; the message is one line that says what to do.

    Where nothing catches it, it ends the process with that line on standard error and exit code 1, be it
    a command or a web server that loads the app before it forks.
    """


def megabytes(text: str) -> int:
    """A number of megabytes in bytes; raises Unsafe when it is not a whole number above nothing."""
    if not text.isdigit() or not int(text):
        raise Unsafe("Set COMPLIANCE_EVIDENCE_LARGEST_MB to a whole number of megabytes")
    return int(text) * 1024 * 1024


def number(name: str, text: str) -> int:
    """A whole number from nothing up; raises Unsafe when it is none."""
    if not text.isdigit():
        raise Unsafe(f"Set {name} to a whole number")
    return int(text)


def accounts(environment: Mapping[str, str], *, production: bool) -> dict[str, Any]:
    """What second factors are kept encrypted with, the newest last, and what opens more or less.

    Raises Unsafe when production lacks a secret or would let anybody in without a second factor.
    """
    demo = environment.get("COMPLIANCE_DEMO", "") == "1"
    if production and demo:
        raise Unsafe("COMPLIANCE_DEMO lets accounts in without their second factor: production refuses it")
    given = environment.get("COMPLIANCE_SECOND_FACTOR_SECRETS", "")
    kept = [one for one in given.split(",") if one]
    if (production and not kept) or any(len(one) < SECRET_LENGTH for one in kept):
        raise Unsafe(
            f"Set COMPLIANCE_SECOND_FACTOR_SECRETS to at least {SECRET_LENGTH} random characters, "
            "or several such separated by commas, the newest last"
        )
    kept = kept or [secrets.token_urlsafe(32)]
    keys = [base64.urlsafe_b64encode(hashlib.sha256(one.encode()).digest()) for one in kept]
    return {
        "DEMO": demo,
        "BREACHED_PASSWORDS": environment.get("COMPLIANCE_BREACHED_PASSWORDS", ""),
        "SECURITY_TOTP_SECRETS": {str(number): one for number, one in enumerate(kept, start=1)},
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": keys[::-1],
    }


def single_sign_on(environment: Mapping[str, str], *, production: bool) -> dict[str, Any]:
    """The provider of single sign-on; raises Unsafe when half of it is missing or it is not safe to ask."""
    issuer = environment.get("COMPLIANCE_OIDC_ISSUER", "")
    names = (
        "COMPLIANCE_OIDC_CLIENT_ID",
        "COMPLIANCE_OIDC_CLIENT_SECRET",
        "COMPLIANCE_OIDC_GROUPS",
        "COMPLIANCE_OIDC_ORGANISATIONS",
    )
    found = {name.removeprefix("COMPLIANCE_"): environment.get(name, "") for name in names}
    if issuer and not all(found.values()):
        raise Unsafe(f"With COMPLIANCE_OIDC_ISSUER set {', '.join(names)}")
    if issuer and production and not issuer.startswith("https://"):
        raise Unsafe("Set COMPLIANCE_OIDC_ISSUER to an address that begins with https://")
    kept = environment.get("COMPLIANCE_BREAK_GLASS", "")
    if kept and not issuer:
        raise Unsafe("COMPLIANCE_BREAK_GLASS needs COMPLIANCE_OIDC_ISSUER: nobody else could sign in")
    return {
        "OIDC_ISSUER": issuer,
        **found,
        "OIDC_SCOPE": environment.get("COMPLIANCE_OIDC_SCOPE", "openid email profile"),
        "OIDC_GROUPS_CLAIM": environment.get("COMPLIANCE_OIDC_GROUPS_CLAIM", "groups"),
        "OIDC_ADDRESSES": environment.get("COMPLIANCE_OIDC_ADDRESSES", "claim"),
        "OIDC_SECOND_FACTOR": environment.get("COMPLIANCE_OIDC_SECOND_FACTOR", "service"),
        "BREAK_GLASS": kept,
    }


def mail(environment: Mapping[str, str]) -> dict[str, Any]:
    """The mail server for reminders; raises Unsafe for a port or a kind of security that is none."""
    port, security = (
        environment.get("COMPLIANCE_SMTP_PORT", "587"),
        environment.get("COMPLIANCE_SMTP_SECURITY"),
    )
    if not port.isdigit():
        raise Unsafe("Set COMPLIANCE_SMTP_PORT to a number")
    if security not in (None, *MAIL_SECURITY):
        raise Unsafe(f"Set COMPLIANCE_SMTP_SECURITY to one of: {', '.join(MAIL_SECURITY)}")
    return {
        "SMTP_HOST": environment.get("COMPLIANCE_SMTP_HOST", ""),
        "SMTP_PORT": int(port),
        "SMTP_SECURITY": security or "starttls",
        "SMTP_USER": environment.get("COMPLIANCE_SMTP_USER", ""),
        "SMTP_PASSWORD": environment.get("COMPLIANCE_SMTP_PASSWORD", ""),
        "SMTP_FROM": environment.get("COMPLIANCE_SMTP_FROM", "research-integrity@localhost"),
    }


def evidence(environment: Mapping[str, str], instance: Path) -> dict[str, Any]:
    """Where evidence is kept and how large a file may be; raises Unsafe for a size that is none."""
    return {
        "EVIDENCE_DIR": ROOT / (environment.get("COMPLIANCE_EVIDENCE_DIR") or instance / "evidence"),
        "EVIDENCE_BUCKET": environment.get("COMPLIANCE_EVIDENCE_BUCKET", ""),
        "EVIDENCE_BUCKET_AT": environment.get("COMPLIANCE_EVIDENCE_BUCKET_AT", ""),
        "EVIDENCE_LARGEST": megabytes(environment.get("COMPLIANCE_EVIDENCE_LARGEST_MB", "25")),
    }


def addresses(environment: Mapping[str, str]) -> dict[str, Any]:
    """Where people reach the service, and through how many proxies; raises Unsafe for no number."""
    return {
        "SERVICE_URL": environment.get("COMPLIANCE_SERVICE_URL", "http://127.0.0.1:8000").rstrip("/"),
        "PROXIES": number("COMPLIANCE_PROXIES", environment.get("COMPLIANCE_PROXIES", "0")),
    }


def cookies(*, production: bool) -> dict[str, Any]:
    """How the cookie of a sign-in travels: in production over HTTPS alone, and from this host alone."""
    return {
        "SESSION_COOKIE_SECURE": production,
        # With this prefix browsers take it from no other host.
        "SESSION_COOKIE_NAME": "__Host-session" if production else "session",
        "REMEMBER_COOKIE_SECURE": production,
    }


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration for this environment.

    Raises Unsafe when production lacks a secret or the address of its database, or a value makes no sense.
    """
    kind = environment.get("COMPLIANCE_ENVIRONMENT", "development")
    if kind not in ENVIRONMENTS:
        raise Unsafe(f"Set COMPLIANCE_ENVIRONMENT to one of: {', '.join(ENVIRONMENTS)}")
    production = kind == "production"
    instance = ROOT / (environment.get("COMPLIANCE_INSTANCE_DIR") or "instance")
    secret = environment.get("COMPLIANCE_SECRET_KEY", "")
    database = environment.get("COMPLIANCE_DATABASE_URL", "")
    if production and len(secret) < SECRET_LENGTH:
        raise Unsafe(f"Set COMPLIANCE_SECRET_KEY to at least {SECRET_LENGTH} random characters")
    if production and not database:
        raise Unsafe("Set COMPLIANCE_DATABASE_URL to the address of the database")
    return {
        "PRODUCTION": production,
        "INSTANCE_DIR": instance,
        **evidence(environment, instance),
        **addresses(environment),
        **mail(environment),
        **single_sign_on(environment, production=production),
        **accounts(environment, production=production),
        "SECRET_KEY": secret or secrets.token_urlsafe(32),
        "SQLALCHEMY_DATABASE_URI": database or f"sqlite:///{instance / 'compliance.sqlite3'}",
        # A connection that died with the server is found before somebody's request is lost with it, and
        # what somebody typed does not belong in a log.
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True, "hide_parameters": production},
        **cookies(production=production),
        **SESSIONS,
        **SECURITY,
    }
