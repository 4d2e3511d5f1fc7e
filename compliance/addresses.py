"""The addresses of pages."""

from collections.abc import Callable
from functools import cache, partial

from werkzeug.routing import Rule


class Address(Rule):
    """A rule that learns how to build its address when it is first asked for one.

    The library writes and compiles two functions for each: a twentieth of the start, and few are asked for.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        """A function that builds the address, as the library would have made it."""
        made = cache(partial(super()._compile_builder, append_unknown))
        return lambda _rule, **values: made()(self, **values)
