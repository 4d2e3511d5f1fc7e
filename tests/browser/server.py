"""The service as a real server runs it, its clock standing where the tests say.

It stands at STANDING_AT, or where the file `standing_at` in its folder says: a journey may let months pass.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import NullPool

from compliance import clock, create_app
from tests.passwords import QUICK


class Standing:
    """An application whose every request is answered at the same moment."""

    def __init__(self, app: Flask, moment: datetime) -> None:
        self.app = app
        self.moment = moment
        self.moved = Path(app.config["INSTANCE_DIR"]) / "standing_at"

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        moment = datetime.fromisoformat(self.moved.read_text()) if self.moved.exists() else self.moment
        with clock.standing_at(moment):
            return self.app(environ, start_response)


def application() -> Standing:
    """The application; it keeps no connection, so that a test may put a fresh database in place."""
    app = create_app({**QUICK, "SQLALCHEMY_ENGINE_OPTIONS": {"poolclass": NullPool}})
    return Standing(app, datetime.fromisoformat(os.environ["STANDING_AT"]))
