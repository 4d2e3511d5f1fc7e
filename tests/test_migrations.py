"""The migrations make exactly the schema that the models describe, and can be undone."""

import re
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, Engine, inspect, text

from compliance import audit
from compliance.db import MIGRATIONS, Base, db, newest_schema

Schema = dict[str, dict[str, str]]


def run(app: Flask, *arguments: str) -> int:
    """Exit code of a command of the migrations."""
    return app.test_cli_runner().invoke(args=["db", *arguments]).exit_code


def plain(sql: str) -> str:
    """A condition without the space and brackets that databases add in their own ways."""
    return re.sub(r'[\s()"]', "", sql)


def in_words(promise: Any) -> str:
    """A constraint as the database tells it, in an order of its own; SQL conditions by their text."""
    if isinstance(promise, dict):
        return str(sorted(f"{key}: {in_words(value)}" for key, value in promise.items()))
    return str(promise)


def schema_of(engine: Engine) -> Schema:
    """Everything that a database promises about each table, by name."""
    found: Schema = {}
    asked = inspect(engine)
    for table in asked.get_table_names():
        if table == "alembic_version":
            continue
        promises = {one["name"]: plain(one["sqltext"]) for one in asked.get_check_constraints(table)}
        for kind in (asked.get_unique_constraints, asked.get_foreign_keys, asked.get_indexes):
            promises |= {one["name"]: in_words(one) for one in kind(table)}
        promises |= {
            f"column {one['name']}": f"{one['type']!r} null={one['nullable']}"
            for one in asked.get_columns(table)
        }
        promises["primary key"] = str(asked.get_pk_constraint(table))
        found[table] = promises
    return found


def made_by_models() -> Schema:
    """The schema that the models would make, in the same kind of database."""
    run_sql("DROP TABLE alembic_version")
    Base.metadata.drop_all(db.engine)
    Base.metadata.create_all(db.engine)
    return schema_of(db.engine)


def run_sql(statement: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement))


def differences(one: Schema, other: Schema) -> set[str]:
    """Promises that only one of two schemas makes, or makes otherwise."""
    found = {f"table {name}" for name in one.keys() ^ other.keys()}
    for table in one.keys() & other.keys():
        promises = set(one[table].items()) ^ set(other[table].items())
        found |= {f"{table}: {name}" for name, _ in promises}
    return found


def test_nothing_is_left_to_migrate(app):
    assert run(app, "check") == 0


def test_something_left_to_migrate_is_told(app, caplog):
    run_sql("DROP INDEX ix_audit_event_subject")
    assert run(app, "check") != 0
    assert "ix_audit_event_subject" in caplog.text


def test_the_migrations_promise_what_the_models_promise(app):
    migrated = schema_of(db.engine)
    assert migrated
    assert all(migrated.values())
    assert differences(migrated, made_by_models()) == set()


@pytest.fixture
def short_names():
    """A CHECK that the models have and the migrations do not."""
    partner = Base.metadata.tables["partner"]
    check = CheckConstraint("length(name) < 99", name="short")
    partner.append_constraint(check)
    yield
    partner.constraints.discard(check)


def test_a_check_that_only_the_models_have_is_told(app, short_names):
    assert run(app, "check") == 0, "Alembic is blind to it: that is why this test stands here"
    assert differences(schema_of(db.engine), made_by_models()) == {"partner: ck_partner_short"}


def test_every_migration_can_be_undone_and_done_again(app):
    before = schema_of(db.engine)
    assert run(app, "downgrade", "base") == 0
    assert schema_of(db.engine) == {}
    assert run(app, "upgrade") == 0
    assert differences(before, schema_of(db.engine)) == set()


def counted() -> dict[str, int]:
    """How many rows each table has."""
    db.session.rollback()
    with db.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        return {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in tables}


def test_the_newest_migration_is_the_one_that_alembic_ends_at(app):
    assert {newest_schema()} == set(ScriptDirectory(str(MIGRATIONS)).get_heads())


def test_data_survive_the_way_down_to_the_first_schema_and_up_again(app, demo):
    before = counted()
    db.session.remove()
    assert run(app, "downgrade", "0001") == 0
    first = counted()
    assert first
    # The answers to questions that a later schema brought cannot stand in the first one.
    assert {name for name, rows in first.items() if rows != before[name]} == {
        "intake_answer",
        "approval_event",
    }
    assert run(app, "upgrade") == 0
    after = counted()
    assert {name: after[name] for name in first} == first
    assert before.keys() == after.keys()
    assert after["project_standing"] == before["project_standing"] > 0
    assert audit.verify()[1] is None
