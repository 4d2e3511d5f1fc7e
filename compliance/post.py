"""Sending mail by the SMTP server of the settings; the one place that speaks to it."""

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

TIMEOUT = 20


class NotSent(Exception):
    """A message that the server did not take; says why."""


@dataclass(frozen=True)
class Server:
    """Where mail is handed over: `security` is tls, starttls or none."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str


def server_of(settings: Mapping[str, Any]) -> Server | None:
    """The server of the settings; None when no host is set."""
    if not settings["SMTP_HOST"]:
        return None
    names = ("host", "port", "security", "user", "password", "from")
    return Server(*(settings[f"SMTP_{name.upper()}"] for name in names))


@contextmanager
def opened(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection, made safe as the settings ask."""
    trusted = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT, context=trusted
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    with connection:
        if server.security == "starttls":
            connection.starttls(context=trusted)
        if server.user:
            connection.login(server.user, server.password)
        yield connection


def send(server: Server, message: EmailMessage) -> None:
    """Hand one message over; raises NotSent when the server cannot be reached or does not take it."""
    try:
        with opened(server) as connection:
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(str(error) or type(error).__name__) from error
