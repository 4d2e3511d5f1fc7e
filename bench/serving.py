"""What gunicorn serves while it is measured: the service, and how many statements each page sent."""

from typing import Any

from flask import Response, g, has_request_context
from sqlalchemy import event

from compliance import create_app
from compliance.db import db

app = create_app()


def count(_connection: Any, _cursor: Any, statement: str, *_rest: object) -> None:
    """One more statement of this page; the ends of transactions are not counted."""
    if has_request_context() and not statement.startswith(("BEGIN", "ROLLBACK", "COMMIT")):
        g.statements = g.get("statements", 0) + 1


@app.after_request
def tell(response: Response) -> Response:
    """Say how many statements it took."""
    response.headers["X-Statements"] = str(g.get("statements", 0))
    return response


with app.app_context():
    event.listen(db.engine, "before_cursor_execute", count)
    # The workers open connections of their own.
    db.engine.dispose()
