"""What libraries load in case somebody needs it: put off until somebody does.

Flask-Security takes Authlib for signing in by social networks, which no page offers, and a reader of e-mail
addresses, which no form of ours asks; and ciphers, for keys of second factors alone. They were a tenth of the
start, and 18 MB of each worker.
"""

import os
import sys
from importlib import import_module
from types import ModuleType

# Pydantic looks through all packages that are installed for some that would take part in its checks.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def later(name: str, *parts: str) -> ModuleType:
    """A module that loads this library, and these parts of it, when something of it is first used."""
    stand_in = ModuleType(name)

    def found(attribute: str) -> object:
        for part in parts:
            import_module(f"{name}.{part}")
        return getattr(import_module(name), attribute)

    stand_in.__getattr__ = found  # type: ignore[method-assign]
    return stand_in


def load(name: str, *, without: tuple[str, ...], with_later: str) -> None:
    """Load a library as where others are not installed, and one more does not load yet.

    Whoever asks for those afterwards gets them.
    """
    stand_ins = {**dict.fromkeys(without), with_later: later(with_later)}
    put = {key: stand_in for key, stand_in in stand_ins.items() if key not in sys.modules}
    sys.modules.update(put)  # type: ignore[arg-type]
    try:
        import_module(name)
    finally:
        for key in put:
            del sys.modules[key]


load("flask_security", without=("authlib", "cryptography"), with_later="email_validator")
# What reads and writes keys of second factors believed that there are no ciphers.
totp = import_module("passlib.totp")
totp.__dict__["_cg_ciphers"] = later("cryptography.hazmat.primitives.ciphers", "algorithms", "modes")
totp.__dict__["_cg_default_backend"] = lambda: import_module("cryptography.hazmat.backends").default_backend()
