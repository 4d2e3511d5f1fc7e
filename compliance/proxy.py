"""Behind a proxy: who asks is told by the proxy that we were told to trust, and by nobody else."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def prepare_proxy(app: Flask) -> None:
    """Take the visitor's address from as many proxies as are set, and answer to our own name only."""
    if count := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    if app.config["PRODUCTION"]:
        app.config["TRUSTED_HOSTS"] = [urlsplit(app.config["SERVICE_URL"]).hostname]
