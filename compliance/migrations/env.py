"""How Alembic meets our database: the app's engine, batch mode, types compared."""

from alembic import context
from flask import current_app

from compliance.db import Base

config = context.config
migrate = current_app.extensions["migrate"]
options = {**migrate.configure_args, "target_metadata": Base.metadata}


def run() -> None:
    """Run the migrations over the app's own engine, in one transaction."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
