"""Whether the service can start: the database answers, is migrated, and is fit for its environment."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from compliance.config import Unsafe
from compliance.db import db, newest_schema, schema_of
from compliance.models import User


def prepare_folder(app: Flask) -> None:
    """Make the folder for what the service keeps; raises Unsafe when it cannot."""
    try:
        app.config["INSTANCE_DIR"].mkdir(parents=True, exist_ok=True)
    except OSError as error:
        folder, reason = app.config["INSTANCE_DIR"], error.strerror
        raise Unsafe(f"{folder} cannot be made ({reason}): check COMPLIANCE_INSTANCE_DIR") from error


def prepare_database(app: Flask) -> None:
    """Tell the app its database; raises Unsafe when the address is none. Nothing is sent to it yet."""
    try:
        db.init_app(app)
    except (SQLAlchemyError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise Unsafe(f"COMPLIANCE_DATABASE_URL is no address of a database ({reason})") from error


def why_not(app: Flask) -> str | None:
    """One line that says why the service cannot start, or None when it can."""
    with app.app_context():
        try:
            with db.engine.connect() as connection:
                current = schema_of(connection)
            if current != newest_schema():
                return "The database is not migrated: run bin/flask db upgrade"
            if app.config["PRODUCTION"] and db.session.scalar(select(User.id).where(User.demo).limit(1)):
                return "The database holds demonstration accounts: production refuses to start"
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
            return f"The database cannot be reached ({reason}): check COMPLIANCE_DATABASE_URL"
        finally:
            db.session.remove()
            db.engine.dispose()
    return None


def require_ready(app: Flask) -> None:
    """Raise Unsafe with one clear line when the service cannot start."""
    reason = why_not(app)
    if reason:
        raise Unsafe(reason)
