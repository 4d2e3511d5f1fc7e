"""History is added to and never rewritten: not by a changed object, not by a bulk statement, not by deleting."""

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from compliance import models
from compliance.db import AppendOnly, Base, HistoryRewritten
from tests.models.given import GIVEN
from tests.models.rows import prepare

HISTORY = {
    "Acknowledgement",
    "ActionStep",
    "Answer",
    "ApprovalEvent",
    "AreaOfInterest",
    "AssessmentAnswer",
    "AuditEvent",
    "BoardApproval",
    "BoardMeeting",
    "BoardReturn",
    "BoardSubmission",
    "CaseStage",
    "CellDecision",
    "Comment",
    "ComparisonPolicy",
    "Decision",
    "Exemption",
    "FigureOverride",
    "FrozenReturn",
    "LessonOffer",
    "MembershipReview",
    "Modification",
    "Narrative",
    "NilYear",
    "PrincipleRating",
    "Publication",
    "Reclassing",
    "Reminder",
    "Return",
    "ReturnReopening",
    "Review",
    "Sample",
    "SampleResponse",
    "SampledApproval",
    "SignOff",
    "SmallNumberPolicy",
    "WordingCheck",
}
MARKED = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, AppendOnly)),
    key=lambda model: model.__name__,
)


def other_column(model) -> str:
    """A column that one might want to touch up."""
    return next(column.name for column in model.__table__.columns if not column.primary_key)


@pytest.fixture
def session(connection):
    """A session over a connection whose every write is undone."""
    with Session(bind=connection) as opened:
        yield opened


def test_exactly_what_is_history_is_marked_as_history():
    assert {model.__name__ for model in MARKED} == HISTORY


@pytest.mark.parametrize("model", MARKED)
def test_a_row_of_history_cannot_be_changed(connection, session, model):
    prepare(connection, model.__table__, {})
    row = session.get_one(model, 1)
    setattr(row, other_column(model), 2)
    with pytest.raises(HistoryRewritten, match=model.__name__):
        session.flush()


@pytest.mark.parametrize("model", MARKED)
def test_a_row_of_history_cannot_be_deleted(connection, session, model):
    prepare(connection, model.__table__, {})
    session.delete(session.get_one(model, 1))
    with pytest.raises(HistoryRewritten, match=model.__name__):
        session.flush()


@pytest.mark.parametrize("model", MARKED)
def test_history_cannot_be_rewritten_in_bulk(session, model):
    for statement in (update(model).values({other_column(model): 2}), delete(model)):
        with pytest.raises(HistoryRewritten, match=model.__name__):
            session.execute(statement)
    with pytest.raises(HistoryRewritten, match=model.__name__):
        session.query(model).delete()


@pytest.mark.parametrize("model", MARKED)
@pytest.mark.parametrize("statement", ['UPDATE "{}" SET {} = {}', 'DELETE FROM "{}"'])
def test_the_database_itself_refuses_to_rewrite_history(connection, model, statement):
    table, column = model.__table__, other_column(model)
    prepare(connection, table, {})
    with pytest.raises(DBAPIError, match=f"{table.name} is append-only"):
        connection.execute(text(statement.format(table.name, column, column)))


def uniques(table) -> list[set[str]]:
    """The columns of each key of a table."""
    keys = [one for one in table.constraints if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)]
    return [{column.name for column in key.columns} for key in keys]


@pytest.mark.parametrize("model", MARKED)
def test_history_is_not_replaced_nor_emptied_behind_its_triggers(connection, model):
    table = model.__table__
    # What is empty is never the same: a key that may be empty is filled.
    prepare(connection, table, GIVEN.get(f"uq_{table.name}_corrects_id", {}))
    if connection.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match=f"{table.name} is append-only"):
            connection.execute(text(f'TRUNCATE "{table.name}" CASCADE'))
        return
    for key in uniques(table):
        moved = {column.name for column in table.primary_key} - key
        values = [f"{one} + 7" if one in moved else f'"{one}"' for one in table.columns.keys()]  # noqa: SIM118
        again = f'SELECT {", ".join(values)} FROM "{table.name}"'
        with pytest.raises(DBAPIError, match="UNIQUE constraint failed"):
            connection.execute(text(f'INSERT OR REPLACE INTO "{table.name}" {again}'))


def test_emptying_a_table_above_does_not_empty_history(connection):
    """TRUNCATE … CASCADE goes through to what refers to a table."""
    prepare(connection, models.SignOff.__table__, {})
    if connection.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match="is append-only"):
            connection.execute(text("TRUNCATE organisation CASCADE"))


def test_what_is_no_history_can_be_changed(connection, session):
    prepare(connection, models.Contact.__table__, {})
    session.execute(update(models.Contact).values(post="Director of research"))
    assert session.get_one(models.Contact, 1).post == "Director of research"
