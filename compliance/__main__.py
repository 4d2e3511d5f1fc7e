"""python -m compliance …, which is bin/flask: the commands of Flask and of the service."""

from flask import Flask
from flask.cli import FlaskGroup

from compliance import create_app
from compliance.commands import prepare_commands


def with_commands() -> Flask:
    """The app with what is only run by hand; a web server serves it without."""
    app = create_app()
    prepare_commands(app)
    return app


commands = FlaskGroup(create_app=with_commands)


def main() -> None:
    """Run a command; one that fails for want of a ready database says so in one line."""
    try:
        commands(prog_name="bin/flask")
    except Exception:
        # Outside a command the app asks whether its database is ready, and ends with one line if not.
        create_app()
        raise


if __name__ == "__main__":
    main()
