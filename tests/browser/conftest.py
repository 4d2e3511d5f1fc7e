"""A real server, a real browser, and visitors with and without JavaScript."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.inspection import DESK
from tests.browser.programs import find_chromium, serving
from tests.browser.visitor import Visitor
from tests.conftest import TODAY

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
# For a busy computer: nothing waits that long when all is well. In milliseconds.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
Opens = Callable[..., Visitor]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium with a profile of its own."""
    path = find_chromium()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server writes."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def server(made_app: Flask, store, server_folder: Path) -> Iterator[str]:
    """The address of a server on the database of the tests, whichever stands there."""
    store.renew()
    with serving(store.address, server_folder, TODAY.isoformat()) as address:
        yield address


@pytest.fixture
def opens(app: Flask, chromium: Browser, server: str, server_folder: Path) -> Iterator[Opens]:
    """Opens a window: `opens()` or, for a browser without JavaScript, `opens(scripted=False)`."""
    contexts = []

    def open_window(*, scripted: bool = True) -> Visitor:
        context = chromium.new_context(java_script_enabled=scripted, viewport=DESK)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visitor(context, server, server_folder / "server.log", scripted=scripted)

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def on(server: str, server_folder: Path) -> Iterator[Callable[[date], datetime]]:
    """Lets the server believe that it is this day, until the end of the journey; gives its moment."""
    moved = server_folder / "standing_at"

    def move(day: date) -> datetime:
        moment = datetime.combine(day, TODAY.timetz())
        moved.write_text(moment.isoformat())
        return moment

    yield move
    moved.unlink(missing_ok=True)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def scripted(request: pytest.FixtureRequest) -> bool:
    """Whether the browsers of this journey run JavaScript: each journey is walked both ways."""
    return request.param


@pytest.fixture
def visitor(opens: Opens, scripted: bool) -> Visitor:
    """One person at a window."""
    return opens(scripted=scripted)
