"""The form that every other form is: CSRF, trimmed text, broken rules beside their fields."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField

from compliance.conflict import Difference
from compliance.fields import DateField, SelectField, TextField, UploadField, options
from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import OFFERED, NewEvidence
from compliance.templating import day


class Form(FlaskForm):  # type: ignore[misc]
    """A form that keeps what was typed and can be refused by a rule."""

    def submitted_and_valid(self) -> bool:
        """Whether this is a POST whose every field holds what it should."""
        return bool(self.validate_on_submit())

    def refuse(self, broken: RuleBroken) -> None:
        """Show a broken rule beside its field, or above the form when it names none."""
        field: Any = self._fields.get(broken.field)
        if field is None:
            self.form_errors.append(broken.message)
        else:
            field.errors = [*field.errors, broken.message]

    def shown(self) -> list[Any]:
        """The fields that a page draws, in order; hidden ones draw themselves."""
        return [field for field in self if not isinstance(field, HiddenField)]

    def differences(self) -> tuple[Difference, ...]:
        """What the record that filled the form says beside what was entered, where both differ."""
        rows = (
            (field.label.text, in_words(field, field.object_data), in_words(field, field.data))
            for field in self.shown()
        )
        return tuple(Difference(*row) for row in rows if row[1] != row[2])

    @property
    def carries_file(self) -> bool:
        """Whether a person may choose a file in it."""
        return any(isinstance(field, UploadField) for field in self)

    @property
    def wrong(self) -> bool:
        """Whether anything is to be mended."""
        return bool(self.errors or self.form_errors)


def in_words(field: Any, value: Any) -> str:
    """A value of a field as people read it: the words of a choice, a date in full; "" when there is none."""
    if isinstance(value, date):
        return day(value)
    chosen = value if isinstance(value, list | tuple | set) else [value]
    labels = {str(key): label for key, label, *_ in getattr(field, "iter_choices", tuple)()}
    return ", ".join(str(labels.get(str(one), one)) for one in chosen if one not in (None, ""))


class VersionedForm(Form):
    """A form that carries the version of the record it was drawn with."""

    version = HiddenField()

    def seen(self) -> int:
        """The version the person saw; 0 when tampered with, which conflicts with every record."""
        text = str(self.version.data or "")
        return int(text) if text.isdigit() else 0


class EvidencedForm(VersionedForm):
    """A form whose answer may be supported by a link, a file, or evidence that is kept already."""

    evidence_title = TextField("Title of the evidence", label_size="")
    evidence_address = TextField("Address", hint="Begins with https://", longest=500, label_size="")
    evidence_file = UploadField("Or a file", label_size="")
    # Whether it may be chosen is asked where it is attached; the choices are for who looks at the page.
    evidence_existing = SelectField("Or evidence that is kept already", label_size="", validate_choice=False)
    evidence_reference = TextField(
        "Or the reference of evidence that the list leaves out",
        hint=f"The list holds the newest {OFFERED}. References look like EVD-0001",
        label_size="",
    )
    evidence_review_by_on = DateField(
        "Review it by",
        subject="Date of review",
        hint="When somebody should look whether it still holds. Optional",
        label_size="",
    )

    def offer_evidence(self, kept: Sequence[tuple[str, str]]) -> None:
        """Offer the evidence that the organisation keeps, as (reference, words).

        Where the list leaves some out, a reference is asked for too.
        """
        self.evidence_existing.choices = options(kept[:OFFERED], empty="Choose")
        if len(kept) <= OFFERED:
            del self.evidence_reference

    def shown(self) -> list[Any]:
        """The fields of the answer itself; those of the evidence stand in a part of their own."""
        return [field for field in super().shown() if not field.name.startswith("evidence_")]

    def evidence_fields(self) -> list[Any]:
        """The fields of the evidence, in order."""
        return [field for field in super().shown() if field.name.startswith("evidence_")]

    @property
    def evidence_touched(self) -> bool:
        """Whether anything about evidence was entered or is to be mended."""
        return any(field.data or field.errors for field in self.evidence_fields())

    @property
    def named_evidence(self) -> str | None:
        """The reference that was typed, where one was asked for."""
        typed = self.evidence_reference.data if "evidence_reference" in self else None
        return typed.upper() if typed else None

    def evidence(self) -> NewEvidence:
        """What was entered about evidence."""
        return NewEvidence(
            title=self.evidence_title.data,
            address=self.evidence_address.data,
            upload=self.evidence_file.data,
            existing=self.evidence_existing.data or self.named_evidence,
            review_by_on=self.evidence_review_by_on.data,
        )


def asked_again() -> bool:
    """Whether a button other than the saving one was pressed: add a row, or change what was checked."""
    return bool({"change", "add_condition"} & set(request.form))


def confirmed() -> bool:
    """Whether the person has seen all answers on one page and pressed its button."""
    return request.form.get("confirmed") == "yes"


def check_answers(rows: Sequence[tuple[str, Any]], **context: Any) -> ResponseReturnValue:
    """All answers on one page before they are saved; the page carries them along, unseen."""
    own = ("csrf_token", "confirmed", "change", "add_condition")
    held = [(name, value) for name, value in request.form.items(multi=True) if name not in own]
    return render_template("layouts/check.html", rows=rows, held=held, **context)


def question(template: str, form: Form, **context: Any) -> ResponseReturnValue:
    """The page that asks; status 400 when something is to be mended, with everything typed kept."""
    return render_template(template, form=form, **context), 400 if form.wrong else 200
