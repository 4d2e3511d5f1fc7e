"""Fields are drawn once while they hold nothing that somebody typed."""

from datetime import date

import pytest
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form

from compliance import widgets
from compliance.fields import DateField, RadiosField, TextField


class Asking(Form):
    name = TextField("Name of the panel", hint="As it signs", required="Enter a name")
    on = DateField("Decided on")
    kind = RadiosField("Kind", choices=[("a", "Binding"), ("b", "Advisory")])


@pytest.fixture(autouse=True)
def nothing_drawn(app):
    widgets.DRAWN.clear()
    with app.test_request_context():
        yield
    widgets.DRAWN.clear()


def drawn(**typed: object) -> list[str]:
    form = Asking(MultiDict(typed))
    form.validate()
    return [str(field()) for field in form]


def test_what_is_kept_is_what_would_be_drawn():
    first = drawn()
    assert len(widgets.DRAWN) == 3
    again = drawn()
    assert again == first
    widgets.DRAWN.clear()
    assert drawn() == first
    # An option that is not given is left out, and not printed without a value.
    assert not any(f" {option}=" in first[0] for option in ("disabled", "spellcheck", "pattern"))


def test_another_choice_and_another_error_are_drawn_for_themselves():
    empty, chosen = drawn(), drawn(kind="b")
    assert "Enter a name" in empty[0]
    assert "checked" not in empty[2]
    assert chosen[2].index('value="b" checked') > chosen[2].index('value="a"')
    assert drawn() == empty


def test_what_somebody_typed_is_not_kept():
    shown = drawn(name="Panel of Ms Kowalska", on=["1", "2", "2026"])
    assert "Panel of Ms Kowalska" in shown[0]
    assert 'value="2026"' in shown[1]
    assert not any("Kowalska" in told or "2026" in told for _, told in widgets.DRAWN)
    assert "Kowalska" not in drawn()[0]
    begun = Asking(data={"on": date(2026, 2, 1)})
    assert 'value="2026"' in str(begun.on())
    assert not any("2026" in told for _, told in widgets.DRAWN)


def test_words_and_markup_are_told_apart():
    plain, marked = TextField("<b>A</b>"), TextField(Markup("<b>A</b>"))
    shown = [str(type("One", (Form,), {"one": field})().one()) for field in (plain, marked)]
    assert "&lt;b&gt;" in shown[0]
    assert "<b>A</b>" in shown[1]


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(widgets, "MOST", 2)
    first = drawn()
    assert len(widgets.DRAWN) == 2
    assert drawn() == first
