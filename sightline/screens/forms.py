"""The base classes of our forms."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property

from . import wording
from .elements import Problem
from .fields import wrong_boxes


class Form(forms.Form):
    """A Django form without the browser's own checks and without colons after labels.

    `title_field` names the field whose label or legend is the page's heading (a one-question page).
    """

    use_required_attribute = False
    title_field: str = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages.update(wording.own_messages(field))

    def problems(self) -> list[Problem]:
        """Every error with the address of its field, in the order of the fields: for the error summary."""
        return list(problems(self))


class FilterForm(Form):
    """The filter of a list page. Every field is optional; a wrong answer is shown, and not applied."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter-%s")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The valid answers that say something: name of the field → its value."""
        if not self.is_bound:
            return {}
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if says_something(value)}

    def narrow(self, rows: Any) -> Any:
        """The rows that fit what was chosen. Override; here: all."""
        return rows


def offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    """Set the answers that a choice field of this form offers: pairs of value and label."""
    field: Any = form.fields[name]
    field.choices = choices


def offer_rows(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Set the records that a field of this form lets one choose among."""
    field: Any = form.fields[name]
    field.queryset = rows


def version_sent(text: str) -> int:
    """The version somebody had seen; 0, which no record has, for anything that is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def says_something(value: Any) -> bool:
    """True for an answer: neither nothing, nor a box left unticked, nor an empty selection. Nought is an answer."""
    return value is not None and value is not False and (isinstance(value, int) or bool(value))


def problems(form: forms.BaseForm) -> Iterator[Problem]:
    """The form's errors: those of the whole form first, then field by field."""
    for message in form.non_field_errors():
        yield Problem(str(message))
    for bound in form:
        for message in bound.errors:
            yield Problem(str(message), "" if bound.is_hidden else f"#{first_control(bound)}")


def first_control(bound: forms.BoundField) -> str:
    """The id of the control that a link in the error summary moves to."""
    suffix = getattr(bound.field.widget, "first_control_suffix", "")
    named = wrong_boxes(bound) if suffix else []
    return f"{bound.auto_id}-{named[0]}" if named else f"{bound.auto_id}{suffix}"
