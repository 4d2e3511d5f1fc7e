"""What libraries load in case somebody needs it: put off until somebody does.

Flask-Security takes Authlib for signing in by social networks, which no page offers, and a reader of e-mail
addresses, which no form of ours asks. They were a tenth of the start, and 12 MB of each worker.
"""

import sys
from importlib import import_module
from types import ModuleType


def later(name: str) -> ModuleType:
    """A module that loads this library when something of it is first used."""
    stand_in = ModuleType(name)
    stand_in.__getattr__ = lambda attribute: getattr(import_module(name), attribute)  # type: ignore[method-assign]
    return stand_in


def load(name: str, *, without: str, with_later: str) -> None:
    """Load a library as where another is not installed, and a third does not load yet.

    Whoever asks for those two afterwards gets them.
    """
    stand_ins = {without: None, with_later: later(with_later)}
    put = {key: stand_in for key, stand_in in stand_ins.items() if key not in sys.modules}
    sys.modules.update(put)  # type: ignore[arg-type]
    try:
        import_module(name)
    finally:
        for key in put:
            del sys.modules[key]


load("flask_security", without="authlib", with_later="email_validator")
