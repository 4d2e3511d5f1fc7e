"""A mail server on this computer that keeps what it gets, or refuses it."""

import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """What the server was given."""

    def __init__(self) -> None:
        self.messages = []
        self.refused: set[str] = set()

    async def handle_RCPT(  # noqa: N802
        self, _server, _session, envelope, address, _options
    ):
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server, _session, envelope
    ):
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"

    def to(self, address: str):
        """The only message to somebody."""
        (found,) = [one for one in self.messages if address in one["To"]]
        return found


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.fixture
def mailbox(app):
    """A real server on the loopback, named in the settings."""
    kept = Mailbox()
    port = free_port()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    before = {key: app.config[key] for key in ("SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY")}
    app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=port, SMTP_SECURITY="none")
    yield kept
    app.config.update(before)
    server.stop()
