"""One migrated database for all tests of what is stored; each undoes what it writes."""

import pytest

from compliance.db import db


@pytest.fixture(scope="module")
def engine(made_app, store):
    """The migrated database; one for all attacks, since nothing of them stays."""
    store.renew()
    with made_app.app_context():
        yield db.engine
        db.engine.dispose()


@pytest.fixture
def connection(engine):
    """A connection whose every write is undone."""
    with engine.connect() as opened:
        yield opened
        opened.rollback()
