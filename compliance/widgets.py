"""How fields are drawn: the widgets of GOV.UK, with the faults of their package mended in one place."""

from collections import OrderedDict
from typing import Any

from flask import render_template
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovDateInput,
    GovFileInput,
    GovPasswordInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from markupsafe import Markup

# Fields as they were drawn last, at most so many, with what they were drawn from.
DRAWN: OrderedDict[tuple[str, str], Markup] = OrderedDict()
MOST = 600


class Mended:
    """Mends what the package gets wrong: `required`, doubled attributes, hints without words."""

    template: str

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("required", None)
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        attributes = params.get("attributes", {})
        attributes.pop("required", None)
        if "autocomplete" in attributes:
            # The components write it from their own parameter: left here it would stand twice.
            params.setdefault("autocomplete", attributes.pop("autocomplete"))
        if not field.description:
            params.pop("hint", None)
        for part in ("label", "fieldset"):
            if part in params:
                target = params[part]["legend"] if part == "fieldset" else params[part]
                target.setdefault("classes", field_label_classes(field, part))
        hints = getattr(field, "hints", {})
        for item in params.get("items", ()):
            if item["value"] in hints:
                item["hint"] = {"text": hints[item["value"]]}
        params.setdefault("classes", getattr(field, "classes", ""))
        return params

    def render(self, params: dict[str, Any]) -> Markup:
        """The field, kept while nothing is typed in it: it is the same on every page that asks."""
        if holds_words(params):
            return self.drawn(params)
        key = (self.template, repr(params))
        kept = DRAWN.get(key)
        if kept is None:
            kept = DRAWN[key] = self.drawn(params)
            if len(DRAWN) > MOST:
                DRAWN.popitem(last=False)
        return kept

    def drawn(self, params: dict[str, Any]) -> Markup:
        """The field by the macros of GOV.UK, which take longer than all the rest of a page with a form."""
        return Markup(render_template(self.template, params=params))  # noqa: S704


def holds_words(params: dict[str, Any]) -> bool:
    """Whether somebody typed something into the field; what is chosen of a list is no words of theirs."""
    parts = [params, *(item for item in params.get("items", ()) if "text" not in item)]
    return any(part.get("value") for part in parts)


def field_label_classes(field: Any, part: str) -> str:
    """Labels are bold and small, or the size the field asks for (the heading of a question page)."""
    size = getattr(field, "label_size", "s")
    return f"govuk-{'fieldset__legend' if part == 'fieldset' else 'label'}--{size}" if size else ""


class TextWidget(Mended, GovTextInput):  # type: ignore[misc]
    """One line of text."""


class LongTextWidget(Mended, GovTextArea):  # type: ignore[misc]
    """Several lines of text."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        params["rows"] = getattr(field, "rows", 5)
        return params


class PasswordWidget(Mended, GovPasswordInput):  # type: ignore[misc]
    """A password."""


class FileWidget(Mended, GovFileInput):  # type: ignore[misc]
    """A file from this computer."""


class RadiosWidget(Mended, GovRadioInput):  # type: ignore[misc]
    """One of several."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        if getattr(field, "inline", False):
            params["classes"] = "govuk-radios--inline"
        return params


class CheckboxesWidget(Mended, GovCheckboxesInput):  # type: ignore[misc]
    """Any number of several."""


class SelectWidget(Mended, GovSelect):  # type: ignore[misc]
    """One of many."""


class DateWidget(Mended, GovDateInput):  # type: ignore[misc]
    """Day, month and year."""
