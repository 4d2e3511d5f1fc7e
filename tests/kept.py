"""Records that many tests begin with: made once a worker, and put back for each test after the first.

`@kept` stands in place of `@pytest.fixture` on a fixture that makes records from `make` and from other kept fixtures
alone. All kept fixtures of a test are its world: they come before any other fixture that may write.
"""

import hashlib
import inspect
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest
import sqlalchemy

from compliance.db import Base, db

# The module and the name of each kept fixture.
KEPT: set[tuple[str, str]] = set()
# How many worlds are stored at a time: tests of one module run after each other.
ROOM = 6


class World(dict[str, Any]):
    """What each kept fixture of a test gave, rows as Row; `whole` once the database with all of it is stored."""

    whole = False


class Row:
    """Where a row is found again in the copy of the database."""

    def __init__(self, row: Base) -> None:
        self.model, self.identity = type(row), sqlalchemy.inspect(row).identity


WORLDS: OrderedDict[str, World] = OrderedDict()


def kept_by(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    """The kept fixtures that a test names, each with the module that has it: its own, or a conftest above."""
    module = request.node.module.__name__
    above = module.split(".")[:-1]
    places = [module, *(".".join([*above[:depth], "conftest"]) for depth in range(len(above), 0, -1))]
    found = (
        (next((one for one in places if (one, name) in KEPT), ""), name) for name in request.fixturenames
    )
    return sorted({(place, name) for place, name in found if place})


def begin(request: pytest.FixtureRequest) -> str:
    """The name of the stored database in which a test begins."""
    names = kept_by(request)
    if not names:
        return "template"
    key = key_of(names)
    if key in WORLDS and WORLDS[key].whole:
        return key
    WORLDS[key] = World()
    return "template"


def key_of(names: list[tuple[str, str]]) -> str:
    """A name that a database may have."""
    return "kept_" + hashlib.sha256(repr(names).encode()).hexdigest()[:16]


def kept(build: Callable[..., Any]) -> Any:
    """A fixture whose records are made once: rows, and dicts, lists, tuples or dataclasses of rows and of plain values."""
    KEPT.add((build.__module__, build.__name__))
    needs = inspect.signature(build)

    def fixture(request: pytest.FixtureRequest, store: Any, **given: Any) -> Any:
        names = kept_by(request)
        world = WORLDS[key_of(names)]
        if world.whole:
            return again(world[build.__name__])
        made = build(**{name: given[name] for name in needs.parameters})
        world[build.__name__] = plain(made)
        if len(world) == len(names):
            put_away(store, key_of(names), world)
        return made

    own = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in ("request", "store")]
    parts = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in needs.parameters.values()]
    fixture.__signature__ = inspect.Signature([*own, *parts])  # type: ignore[attr-defined]
    return pytest.fixture(name=build.__name__)(fixture)


def put_away(store: Any, key: str, world: World) -> None:
    """Store the database as it stands, and forget the world that was not asked for longest."""
    db.session.commit()
    db.engine.dispose()
    store.copy(key)
    world.whole = True
    if len(WORLDS) > ROOM:
        oldest, gone = WORLDS.popitem(last=False)
        if gone.whole:
            store.drop(oldest)


def plain(value: Any) -> Any:
    """What is left of a value without the session that it came from; raises TypeError for what cannot be kept."""
    if isinstance(value, Base):
        return Row(value)
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    if is_dataclass(value) or isinstance(value, tuple):
        names = [one.name for one in fields(value)] if is_dataclass(value) else getattr(value, "_fields", ())
        parts = [getattr(value, name) for name in names] if names else value
        return type(value), [plain(part) for part in parts], bool(names)
    if value is None or isinstance(value, str | int | date):
        return value
    raise TypeError(f"{type(value).__name__} cannot be kept")


def again(value: Any) -> Any:
    """The value with its rows, read from the database that was put back."""
    if isinstance(value, Row):
        return db.session.get(value.model, value.identity)
    if isinstance(value, dict):
        return {name: again(part) for name, part in value.items()}
    if isinstance(value, list):
        return [again(part) for part in value]
    if isinstance(value, tuple):
        kind, parts, named = value
        found = [again(part) for part in parts]
        return kind(*found) if named else kind(found)
    return value
