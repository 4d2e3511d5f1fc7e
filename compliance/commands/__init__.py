"""Flask commands; each calls a feature's action. No web worker loads them."""

from flask import Flask
from flask_migrate import Migrate

from compliance.commands.approvals import approvals_group
from compliance.commands.audit import audit_group
from compliance.commands.demo import demo_group
from compliance.commands.frameworks import frameworks_group
from compliance.commands.recovery import backup, restore
from compliance.commands.remind import remind
from compliance.commands.retention import retention_group
from compliance.commands.statement import statement_group
from compliance.commands.user import user_group
from compliance.db import MIGRATIONS, db
from compliance.derived.index import INDEX

GROUPS = (
    *(approvals_group, audit_group, demo_group, frameworks_group, retention_group, statement_group),
    user_group,
)


def prepare_commands(app: Flask) -> None:
    """Add every command to the app, migrations among them."""
    Migrate(
        app,
        db,
        directory=str(MIGRATIONS),
        render_as_batch=True,
        compare_type=True,
        # The index is of each database's own making, and no model describes it.
        include_name=lambda name, kind, _of: kind != "table" or not name.startswith(INDEX.name),
    )
    for group in GROUPS:
        app.cli.add_command(group)
    for command in (backup, remind, restore):
        app.cli.add_command(command)
