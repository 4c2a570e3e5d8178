"""Fields and widgets that Django lacks: a date in three boxes, a text with a count."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .wording import lower_first, upper_first

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST = 1900
LATEST = 2200


class DateBoxes(forms.Widget):
    """Three boxes: day, month, year. The value is a date, or the three texts as they were typed."""

    input_type = "date-boxes"
    use_fieldset = True
    first_control_suffix = "-day"
    template_name = "screens/date_boxes.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The three texts, in the order day, month, year."""
        return [str(data.get(f"{name}-{part}", "")).strip() for part in PARTS]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in PARTS)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["boxes"] = list(zip(PARTS, texts_of(value), strict=True))
        return context

    def id_for_label(self, id_: str) -> str:
        return f"{id_}{self.first_control_suffix}"


def texts_of(value: Any) -> list[str]:
    """The texts in the three boxes for a date, for three texts, or for nothing."""
    if isinstance(value, dt.date):
        return [str(value.day), str(value.month), str(value.year)]
    if isinstance(value, list | tuple) and len(value) == len(PARTS):
        return [str(part) for part in value]
    return ["", "", ""]


class BoxesDateField(forms.Field):
    """A date typed in three boxes. A month may be typed as a word ("Nov"); a year has four digits.

    Errors name what is missing or wrong, in words that stand alone in the error summary.
    """

    widget = DateBoxes

    def __init__(self, *, what: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.what = what or str(self.label or "the date")
        if "required" not in (kwargs.get("error_messages") or {}):
            asked = "the date" if self.what.endswith("?") else lower_first(self.what)
            self.error_messages["required"] = f"Enter {asked}"

    def to_python(self, value: Any) -> dt.date | None:
        """The date, or None if all boxes are empty. Raises ValidationError."""
        if isinstance(value, dt.date):
            return value
        texts = texts_of(value)
        if not any(texts):
            return None
        missing = [part for part, text in zip(PARTS, texts, strict=True) if not text]
        if missing:
            said = f"{self.subject} must include a {' and a '.join(missing)}"
            raise ValidationError(said.replace("%", "%%"), code="incomplete", params={"boxes": missing})
        return self._date(texts)

    def _date(self, texts: list[str]) -> dt.date:
        try:
            found = dt.date(int(texts[2]), month_number(texts[1]), int(texts[0]))
        except (ValueError, OverflowError):
            raise ValidationError(f"{self.subject} must be a real date", code="invalid") from None
        if not EARLIEST <= found.year <= LATEST:
            said = f"The year of {lower_first(self.subject)} must have four digits"
            raise ValidationError(said.replace("%", "%%"), code="year", params={"boxes": ["year"]})
        return found

    @property
    def subject(self) -> str:
        """The field's name as the subject of a sentence. A question ("When was it said?") gives "The date"."""
        return "The date" if self.what.endswith("?") or not self.what else upper_first(self.what)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return texts_of(initial) != texts_of(data)


def wrong_boxes(bound: forms.BoundField) -> list[str]:
    """The boxes of a date that its errors name: those left empty, or the year; none if the whole date is wrong."""
    errors = bound.form.errors.as_data().get(bound.name, [])
    return [box for error in errors for box in (error.params or {}).get("boxes", [])]


def month_number(text: str) -> int:
    """1 to 12 for "3", "03", "Mar", "march". Raises ValueError."""
    if text.isdigit():
        return int(text)
    return MONTHS.index(text[:3].lower()) + 1


class HintedField(forms.ChoiceField):
    """Answers of which each may have a sentence of what it means: `choice_hints`, by key."""

    choice_hints: Mapping[str, str]


class SeveralFiles(forms.ClearableFileInput):
    """A file box that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files. The value is a list of them, empty where none was chosen; what they hold is judged elsewhere."""

    widget = SeveralFiles

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of the files. Raises ValidationError where one is needed and none came."""
        given = [one for one in data if one] if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in given]


class CharacterCount(forms.Textarea):
    """A text box that says how many characters are left."""


class CharacterCountField(forms.CharField):
    """A long text with a limit. The count is by characters, a line break counts as one."""

    widget = CharacterCount

    def __init__(self, *, max_length: int, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs["rows"] = rows
        self.widget.attrs.pop("maxlength", None)  # the browser must not cut what somebody pastes

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace("\r\n", "\n") if value else value)
