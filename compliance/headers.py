"""Security headers on every answer."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g

from compliance.compression import prepare_compression

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'{provider}"
)

NOT_ASKED_FOR = (
    *("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope"),
    *("hid", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "serial", "usb"),
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{one}=()" for one in NOT_ASKED_FOR),
}


def draw_nonce() -> None:
    """A fresh number for the scripts of this page."""
    g.nonce = secrets.token_urlsafe(16)


def policy() -> str:
    """The policy of this page; forms may lead to the provider of single sign-on only when there is one."""
    issuer = urlsplit(current_app.config["OIDC_ISSUER"])
    provider = f" {issuer.scheme}://{issuer.netloc}" if issuer.netloc else ""
    return POLICY.format(nonce=g.get("nonce", ""), provider=provider)


def protect(response: Response) -> Response:
    """Add the headers; pages of signed-in people are not kept by shared caches."""
    response.headers.setdefault("Content-Security-Policy", policy())
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if g.get("user") is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


def prepare_headers(app: Flask) -> None:
    """Put the headers on every answer of the app, and make it smaller."""
    app.before_request(draw_nonce)
    app.after_request(protect)
    prepare_compression(app)
    if app.config["PRODUCTION"]:
        app.after_request(only_https)


def only_https(response: Response) -> Response:
    """Tell browsers to use nothing but HTTPS."""
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
