"""Codes as an authenticator app shows them, and accounts that have one."""

from datetime import datetime

from passlib.totp import TOTP

from compliance import clock
from compliance.accounts import second_factors

STEP = 30


def code_of(key: str, moment: datetime) -> str:
    """What an app that knows this key shows at a moment."""
    return TOTP(key=key.replace("-", "").replace(" ", ""), format="base32").generate(moment).token


def equip(user, made_at: datetime) -> tuple[str, list[str]]:
    """Give a person a second factor, set up at a moment; its key and the recovery codes."""
    key = second_factors.new_key()
    plain = second_factors.readable(key)
    with clock.standing_at(made_at):
        return plain, second_factors.set_up(user, key, code_of(plain, made_at), by=user)
