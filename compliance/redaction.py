"""What the audit trail may tell of a value: no secret, no whole document, no word about a person."""

import hashlib
from datetime import date, datetime
from enum import Enum
from typing import Any

from compliance.models import SignIn, User

MASKED = "***"
SECRET = frozenset(
    {
        "password",
        "fs_uniquifier",
        "fs_webauthn_user_handle",
        "tf_totp_secret",
        "us_totp_secrets",
        "mf_recovery_codes",
        "public_key",
        "token_sha256",
        "second_factor_counter",
    }
)
# What a record says about the person of an account stands in the record alone, where it can be taken away:
# the trail tells that it changed, when and by whom. A chain from which words were taken would prove nothing.
PERSONAL = {User: {"name", "email", "post", "provider_subject"}, SignIn: {"address", "browser"}}
WITH_ACCOUNT = "(kept with the account)"
BULKY = frozenset({"pdf", "snapshot"})
# When somebody was last seen changes with every other page and says nothing about a record.
UNTOLD = frozenset({"seen_at"})


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def shown(model: type[Any], key: str, value: Any) -> Any:
    """The value as the trail may show it: secrets masked, documents by their hash, no word about a person."""
    if value is None:
        return None
    if key in PERSONAL.get(model, ()):
        return WITH_ACCOUNT
    if key in SECRET:
        return MASKED
    if key in BULKY:
        return hashlib.sha256(value if isinstance(value, bytes) else str(value).encode()).hexdigest()
    return plain(value)
