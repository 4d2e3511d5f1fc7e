"""Passwords in tests cost next to nothing: argon2 is slow on purpose.

What they cost in production is asked by the tests that take the fixture `strong`.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_security.core import _get_pwd_context

from compliance.accounts.passwords import nobodys
from compliance.accounts.sign_in import security
from compliance.config import SECURITY

OPTIONS = "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"
QUICK = {OPTIONS: {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}}


@pytest.fixture
def strong(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords are hashed as in production from now on."""
    monkeypatch.setitem(app.config, OPTIONS, SECURITY.get(OPTIONS, {}))
    monkeypatch.setattr(security, "pwd_context", _get_pwd_context(app))
    nobodys.cache_clear()
    yield
    nobodys.cache_clear()
