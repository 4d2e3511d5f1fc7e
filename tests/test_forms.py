"""A field never hides a part of the form that it belongs to: `form.shown()` must stay what it is."""

from collections.abc import Iterator

import pytest
from wtforms import HiddenField
from wtforms.fields.core import UnboundField

import compliance.features  # noqa: F401  (every form of the service)
from compliance.fields import trimmed
from compliance.forms import Form


def kinds_of(form: type[Form]) -> Iterator[type[Form]]:
    """A form and all that derive from it."""
    yield form
    for kind in form.__subclasses__():
        yield from kinds_of(kind)


def hidden_parts(form: type[Form]) -> list[str]:
    """The parts of every form that fields of this one would hide."""
    return [
        name for name in dir(form) if isinstance(getattr(form, name), UnboundField) and hasattr(Form, name)
    ]


def test_no_field_hides_a_part_of_its_form():
    found = {
        form.__name__: hidden_parts(form)
        for form in kinds_of(Form)
        if form.__module__.startswith("compliance")
    }
    assert len(found) > 20
    assert {name: parts for name, parts in found.items() if parts} == {}


@pytest.mark.parametrize("name", ["shown", "wrong", "refuse", "errors"])
def test_a_field_that_hides_a_part_is_found(name):
    assert hidden_parts(type("Planted", (Form,), {name: HiddenField()})) == [name]


def test_control_characters_that_came_with_copied_text_are_left_out():
    assert trimmed(" one\x0b\x00 \x85line\r\nand\tanother\ufffe ") == "one line\r\nand\tanother"
    assert trimmed("\x01 ") is None


@pytest.mark.parametrize("typed", ["\x1b", " \x01 ", " "])
def test_what_is_asked_for_is_not_answered_by_characters_that_are_left_out(client, typed):
    page = client.fill("/sign-in", {"email": typed, "password": "x"})
    assert (page.status_code, "Enter your email address" in page.text) == (400, True)
