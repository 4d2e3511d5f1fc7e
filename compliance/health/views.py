"""Two addresses for whatever watches the service: is it alive, and can it answer people?"""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from compliance.guard import public
from compliance.health import queries

bp = Blueprint("health", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@bp.route("/health")
@public
def alive() -> ResponseReturnValue:
    """Whether this worker answers at all; asks nothing of anything else."""
    return "alive\n", 200, PLAIN


@bp.route("/health/ready")
@public
def ready() -> ResponseReturnValue:
    """Whether the database answers at the schema of this code and evidence can be kept; 503 when not."""
    missing = queries.missing()
    if missing:
        current_app.logger.warning("not ready: %s", missing)
        return f"not ready: {missing}\n", 503, PLAIN
    return "ready\n", 200, PLAIN
