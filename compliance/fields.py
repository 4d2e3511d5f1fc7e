"""The fields of our forms: a question, a hint, and what to say when the answer will not do."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from wtforms import Field, FieldList, FileField, Form, FormField, SelectMultipleField, StringField
from wtforms import PasswordField as WTPasswordField
from wtforms import RadioField as WTRadioField
from wtforms import SelectField as WTSelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from compliance.rules.evidence import Upload
from compliance.terms import Term
from compliance.widgets import (
    CheckboxesWidget,
    DateWidget,
    FileWidget,
    LongTextWidget,
    PasswordWidget,
    RadiosWidget,
    SelectWidget,
    TextWidget,
)

SHORT, LONG = 200, 20_000
# What no page, feed or document may hold; it comes with text that was copied from somewhere.
CONTROL = dict.fromkeys({*range(32), *range(127, 160), 0xFFFE, 0xFFFF} - {9, 10, 13})


class Asked:
    """What every field takes: a question, a hint, and what to say when it is left empty."""

    def __init__(self, label: str, *, hint: str = "", required: str = "", **options: Any) -> None:
        for name in ("label_size", "classes", "rows", "hints", "inline", "subject"):
            if name in options:
                setattr(self, name, options.pop(name))
        checks = [InputRequired(required) if required else Optional(), *options.pop("validators", [])]
        field: Any = super()
        field.__init__(label, checks, description=hint, **options)


def trimmed(value: Any) -> Any:
    """Text without control characters and surrounding space; nothing at all when nothing is left."""
    return (value.translate(CONTROL).strip() or None) if isinstance(value, str) else value


class NotOnlySpace(InputRequired):  # type: ignore[misc]
    """Refuses text of which nothing is left: space, or characters that are left out."""

    def __call__(self, form: Form, field: Field) -> None:
        super().__call__(form, field)
        if isinstance(field.raw_data[0], str) and trimmed(field.raw_data[0]) is None:
            field.errors[:] = []
            raise ValidationError(self.message)


class TextField(Asked, StringField):  # type: ignore[misc]
    """One line, trimmed; None when empty."""

    widget = TextWidget()

    def __init__(self, label: str, *, longest: int = SHORT, required: str = "", **options: Any) -> None:
        checks = [Length(max=longest, message=f"Must be {longest:,} characters or fewer")]
        if required:
            checks.insert(0, NotOnlySpace(required))
        super().__init__(label, required=required, filters=[trimmed], validators=checks, **options)

    def _value(self) -> str:
        return self.data or ""


class LongTextField(TextField):
    """Several lines, trimmed; None when empty."""

    widget = LongTextWidget()

    def __init__(self, label: str, *, longest: int = LONG, **options: Any) -> None:
        super().__init__(label, longest=longest, **options)


class PasswordField(Asked, WTPasswordField):  # type: ignore[misc]
    """A password, as typed."""

    widget = PasswordWidget()


class UploadField(Asked, FileField):  # type: ignore[misc]
    """A file; None when nothing was chosen."""

    widget = FileWidget()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        given = [value for value in valuelist if getattr(value, "filename", "")]
        self.data = Upload(given[0].filename, given[0].read()) if given else None


class RadiosField(Asked, WTRadioField):  # type: ignore[misc]
    """One of the choices, as its stored value; None when not answered."""

    widget = RadiosWidget()


class CheckboxesField(Asked, SelectMultipleField):  # type: ignore[misc]
    """Any of the choices, as a list of stored values."""

    widget = CheckboxesWidget()


class SelectField(Asked, WTSelectField):  # type: ignore[misc]
    """One of many choices; begins with an empty one."""

    widget = SelectWidget()


class DateGiven:
    """Looks at all three parts: an empty date stops here, a wrong one keeps its message."""

    def __init__(self, required: str) -> None:
        self.required = required

    def __call__(self, form: Form, field: Field) -> None:  # noqa: ARG002
        if not any(field.raw_data or ()):
            field.errors[:] = []
            raise StopValidation(self.required)


class DateField(Field):  # type: ignore[misc]
    """A date in three parts; `subject` names it in messages, as in "Date of decision"."""

    widget = DateWidget()
    data: Any

    def __init__(
        self, label: str, *, subject: str = "Date", hint: str = "", required: str = "", **options: Any
    ) -> None:
        self.subject = subject
        self.label_size = options.pop("label_size", "s")
        super().__init__(label, [DateGiven(required)], description=hint, **options)

    def _value(self) -> str:
        return ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        parts = [str(part).strip() for part in [*valuelist, "", "", ""][:3]]
        self.raw_data = parts
        self.data = None
        if any(parts):
            self.data = read_date(parts, self.subject)
        else:
            self.raw_data = ["", "", ""]


def read_date(parts: Sequence[str], subject: str) -> date:
    """The date in these three parts; raises ValueError that says what to mend."""
    missing = [name for name, part in zip(("day", "month", "year"), parts, strict=True) if not part]
    if missing:
        raise ValueError(f"{subject} must include a {' and '.join(missing)}")
    if len(parts[2]) != 4:  # noqa: PLR2004
        raise ValueError("Year must include 4 numbers")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        raise ValueError(f"{subject} must be a real date") from None


def choices(terms: Iterable[Term]) -> list[SelectChoice]:
    """Choices of an enumeration: stored value and label."""
    return [SelectChoice(value=term.value, label=term.label) for term in terms]


def options(pairs: Iterable[tuple[str, str]], empty: str | None = None) -> list[SelectChoice]:
    """Choices from (value, label) pairs, with an empty one first when its label is given."""
    first = [] if empty is None else [SelectChoice(value="", label=empty)]
    return [*first, *(SelectChoice(value=value, label=label) for value, label in pairs)]


def errors_of(form: Any) -> list[dict[str, str]]:
    """What is wrong with a form, each with a link to the control that can take focus."""
    # A form may name the control that an error of the whole form leads to.
    way = {"href": f"#{form.mend_first}"} if getattr(form, "mend_first", "") else {}
    found: list[dict[str, str]] = [{"text": str(text), **way} for text in form.form_errors]
    for field in form:
        if isinstance(field, FormField):
            found += errors_of(field.form)
        elif isinstance(field, FieldList):
            for entry in field.entries:
                found += errors_of(entry.form) if isinstance(entry, FormField) else error_of(entry)
        else:
            found += error_of(field)
    return found


def error_of(field: Any) -> list[dict[str, str]]:
    """The first error of one field."""
    if not field.errors:
        return []
    target = f"{field.name}-day" if isinstance(field, DateField) else field.id
    return [{"text": str(field.errors[0]), "href": f"#{target}"}]
