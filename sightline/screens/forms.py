"""The base classes of our forms."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from sightline.identifying import Finding, found

from . import wording
from .elements import Problem
from .fields import wrong_boxes

_DASHES = forms.ModelChoiceField(None).empty_label


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
            # Django's own is a row of dashes.
            if getattr(field, "empty_label", None) == _DASHES:
                vars(field)["empty_label"] = "Choose"

    def relabel(self, name: str, label: str) -> None:
        """Another label for a field, with the error messages that name it; what a form says itself stays."""
        field = self.fields[name]
        before, after = (wording.messages(field, str(each)) for each in (field.label or "", label))
        field.label = label
        field.error_messages.update(
            {code: after[code] for code, text in before.items() if field.error_messages.get(code) == text}
        )

    def full_clean(self) -> None:
        """Files are asked for again where anything has to be put right: the browser does not send them twice."""
        super().full_clean()
        for name, field in self.fields.items() if self.errors else ():
            sent = isinstance(field, forms.FileField) and self.add_prefix(name) in self.files
            if sent and name not in self.errors:
                self.add_error(name, wording.CHOOSE_AGAIN)

    def problems(self) -> list[Problem]:
        """Every error with the address of its field, in the order of the fields: for the error summary."""
        return list(problems(self))


class CarefulForm(Form):
    """A form of free text that is no place for what tells who a child is: its writer is asked before that is kept.

    They take it out, or say why it must stand there. `telling`: what was found, by field, in what they wrote anew.
    Source: design.md 4.7.
    """

    because = forms.CharField(
        label="Why must it stand here?",  # the words are put in once they are found
        help_text="Children are told apart by references here. Your reason is kept in the journal.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.telling: dict[str, list[Finding]] = {}
        because = self.fields.pop("because")
        if self.is_bound:
            self.fields["because"] = because

    def values(self) -> dict[str, Any]:
        """The answers, without what was seen and why words that tell of a child are kept."""
        aside = ("seen", "version", "because")
        return {name: value for name, value in self.cleaned_data.items() if name not in aside}

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        self.telling = {name: telling for name in self.changed_data if (telling := self._told_in(name))}
        because = self.fields.pop("because", None)
        if because is None or not self.telling:
            return
        self._ask_why(because)
        if not self.cleaned_data.get("because"):
            for name, telling in self.telling.items():
                self.add_error(name, wording.tells_of_a_child(telling))

    def _ask_why(self, because: forms.Field) -> None:
        """Put the question behind the last field that it is about, in its words."""
        names, last = list(self.fields), list(self.telling)[-1]
        self.fields["because"] = because
        self["because"].label = wording.why_must_stand(chain.from_iterable(self.telling.values()))
        names.insert(names.index(last) + 1, "because")
        self.order_fields(names)

    def _told_in(self, name: str) -> list[Finding]:
        field, value = self.fields[name], self.cleaned_data.get(name)
        is_free = isinstance(field.widget, (forms.TextInput, forms.Textarea)) and name != "because"
        if not is_free or not isinstance(value, str) or self._stood(name, value):
            return []
        return found(value, timezone.localdate().year)

    def _stood(self, name: str, value: str) -> bool:
        """Whether these lines stood there before: browsers end lines in their own way."""
        before = self.get_initial_for_field(self.fields[name], name)
        return isinstance(before, str) and value.splitlines() == before.strip().splitlines()


# The answer of a filter that narrows nothing.
ALL = ("", "All")


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


class GroupFilter(FilterForm):
    """The filter of a list whose rows belong to groups: those that have any are given, as key and name."""

    group = forms.ChoiceField(label="Group", choices=[ALL])
    # Words are asked for first, wherever a list asks for them.
    field_order = ("words", "group")

    def __init__(self, *args: Any, groups: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "group", [ALL, *groups])


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
