"""Jinja: loaders, strict names in our own templates, filters, the navigation."""

import sys
from collections.abc import MutableMapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Request, g
from flask.templating import Environment
from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    Undefined,
)
from markupsafe import Markup

from compliance import clock, terms
from compliance.colours import COLOURS
from compliance.compiled import Compiled, compile_all
from compliance.fields import errors_of
from compliance.guard import may
from compliance.navigation import navigation
from compliance.rules import due, wording
from compliance.rules.due import going_on
from compliance.rules.periods import years
from compliance.storage.content import megabytes

TEMPLATES = str(Path(__file__).resolve().parent.parent / "templates")
SERVICE = "Research integrity in policing"
NBSP = "\u00a0"


def is_engine(filename: str) -> bool:
    """Whether this code runs templates, and is none."""
    return "/jinja2/" in filename or filename == __file__


class StrictInOurs(Undefined):
    """A name our own template reads must exist; the GOV.UK macros rely on optional ones."""

    __slots__ = ("_ours",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        frame = sys._getframe(1)  # noqa: SLF001
        while frame.f_back and is_engine(frame.f_code.co_filename):
            frame = frame.f_back
        # `caller` is asked for by the machinery of macros, whoever called them.
        ours = frame.f_code.co_filename.startswith(TEMPLATES) and self._undefined_name != "caller"
        object.__setattr__(self, "_ours", ours)

    def _lenient(self, value: Any) -> Any:
        if self._ours:
            self._fail_with_undefined_error()
        return value

    def __bool__(self) -> bool:
        return bool(self._lenient(value=False))

    def __str__(self) -> str:
        return str(self._lenient(""))

    def __iter__(self) -> Any:
        return iter(self._lenient(()))

    def __len__(self) -> int:
        return len(self._lenient(()))

    def __eq__(self, other: object) -> bool:
        return bool(self._lenient(type(other) is type(self)))

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = Undefined.__hash__


# What a macro of GOV.UK reads that it was not given, and the names that a dictionary has by itself.
NOT_GIVEN = StrictInOurs()
OF_DICTIONARIES = frozenset(dir(dict))


class Pages(Environment):
    """The environment of our pages: what every template knows is one dictionary, made when it is loaded.

    The library keeps two behind each other, and goes through both at each of a hundred imports of macros.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template reads with a dot, as the library gives it.

        A form asks two thousand times, mostly for options in dictionaries of which few are given: to raise an
        error for each, and to make what says so, took a third of the page.
        """
        if type(obj) is dict and attribute not in OF_DICTIONARIES:
            if attribute in obj:
                return obj[attribute]
            if not sys._getframe(1).f_code.co_filename.startswith(TEMPLATES):  # noqa: SLF001
                return NOT_GIVEN
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows without being told."""
        return {**self.globals, **(d or {})}


def day(value: date | None, unknown: str = "not known") -> str:
    """A date in full, "3 April 2026", with no break inside."""
    return unknown if value is None else f"{value.day}{NBSP}{value:%B}{NBSP}{value.year}"


def moment(value: datetime) -> str:
    """A moment in the United Kingdom, "3 April 2026 at 9:12am"."""
    local = value.astimezone(clock.LONDON)
    return f"{day(local.date())} at {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004


def distance(value: date, *, ends: bool = False) -> str:
    """How far away a date is: "today", "in 3 days", "15 days late", or for a last day "15 days ago"."""
    return due.distance(value, clock.today(), ends=ends).replace(" day", f"{NBSP}day")


# Two lists of terms may share a word: what tells them apart is their type.
@lru_cache(maxsize=512, typed=True)
def tag(term: terms.Term, label: str = "") -> Markup:
    """A status: coloured where colour means something, else plain words."""
    words, colour = label or term.label, COLOURS.get(term)
    if colour is None:
        return Markup('<span class="app-tag app-tag--plain">{}</span>').format(words)
    return Markup('<strong class="govuk-tag govuk-tag--{} app-tag">{}</strong>').format(colour, words)


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 project", "3 projects"."""
    return f"{count:,}{NBSP}{one if count == 1 else many or one + 's'}"


def page_address(shown: Request, number: int) -> str:
    """The present address with another page number, its filters kept."""
    arguments = {**shown.args.to_dict(flat=False), "page": [str(number)]}
    query = urlencode(arguments, doseq=True)
    return f"{shown.path}?{query}"


def prepare_templates(app: Flask) -> None:
    """Give the app its loaders, filters and global names."""
    app.jinja_environment = Pages
    app.jinja_options = {"undefined": StrictInOurs, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_options["bytecode_cache"] = Compiled(Path(TEMPLATES) / "__pycache__", app.jinja_options)
    app.jinja_loader = ChoiceLoader(  # type: ignore[assignment]
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        distance=distance,
        tag=tag,
        plural=plural,
        size=megabytes,
        years=years,
        going_on=going_on,
    )
    app.jinja_env.globals.update(
        service=SERVICE,
        may=may,
        navigation=navigation,
        errors_of=errors_of,
        terms=terms,
        wording=wording,
        today=clock.today,
        page_address=page_address,
        person=lambda: g.get("user"),
        nonce=lambda: g.get("nonce", ""),
    )


def compile_templates() -> None:
    """Compile all templates as a start would; the service needs no settings for it."""
    app = Flask(__name__)
    prepare_templates(app)
    compile_all(app.jinja_env)
