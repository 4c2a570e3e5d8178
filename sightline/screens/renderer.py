"""The form renderer (FORM_RENDERER): each field of a form as its GOV.UK component."""

from collections.abc import Callable, Iterable
from datetime import time
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

from . import elements
from .elements import Choice, ChoiceGroup, DateBox, Question
from .elements.markup import classes as joined_classes
from .fields import CharacterCount, DateBoxes, wrong_boxes

OWN_ATTRIBUTES = frozenset(
    {"width", "class", "rows", "cols", "prefix", "suffix", "legend", "label", "maxlength"}
)
SIZES = ("s", "m", "l", "xl")


class BoundQuestion(forms.BoundField):
    """A field with its data, which knows how to render itself as a GOV.UK component."""

    def as_field_group(self) -> SafeString:
        """Label, hint, error and control."""
        for kind, render in CONTROLS:
            if isinstance(self.field.widget, kind):
                return render(self)
        return elements.text_input(self.question(), kind=getattr(self.field.widget, "input_type", "text"))

    def question(self) -> Question:
        """What all controls share."""
        attributes = self.field.widget.attrs
        width = attributes.get("width")
        heading = getattr(self.form, "title_field", "") == self.name
        size = "l" if heading else str(attributes.get("label", ""))
        value = self.value()
        return Question(
            name=self.html_name,
            id=self.auto_id,
            label=text_of(self.label),
            hint=text_of(self.help_text),
            error=" ".join(str(error) for error in self.errors),
            value=_shown(value),
            label_classes=self._label_classes(size),
            heading=heading,
            classes=joined_classes(
                str(attributes.get("class", "")), f"govuk-input--width-{width}" if width else ""
            ),
            attributes=self._attributes(),
        )

    def _label_classes(self, size: str) -> str:
        part = "govuk-fieldset__legend" if self.field.widget.use_fieldset else "govuk-label"
        return f"{part}--{size}" if size in SIZES else ""

    def _attributes(self) -> dict[str, str | bool | int | None]:
        given = {k: v for k, v in self.field.widget.attrs.items() if k not in OWN_ATTRIBUTES}
        if self.field.disabled:
            given["disabled"] = True
        return given

    def attribute(self, name: str, usual: Any = "") -> Any:
        """An attribute that the form gave the widget for the renderer's use."""
        return self.field.widget.attrs.get(name, usual)

    def choices(self) -> list[Choice | ChoiceGroup]:
        """The choices of the widget, those chosen marked."""
        chosen = self.field.widget.format_value(self.value())
        texts = {str(one) for one in chosen}
        return [made_choice(key, label, texts, self.field) for key, label in self.field.widget.choices]


def _shown(value: Any) -> str:
    """What stands in a box: a time as people write it, without its seconds."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None or isinstance(value, list) else str(value)


def text_of(words: Any) -> str:
    """The words as a str; safe mark-up stays safe, a lazy translation is made now."""
    return words if isinstance(words, SafeString) else str(words or "")


def made_choice(key: Any, label: Any, chosen: Iterable[str], field: forms.Field) -> Choice | ChoiceGroup:
    """One of Django's choices in our shape. `field.choice_hints` may map a key to a hint."""
    if isinstance(label, list | tuple):
        inside = tuple(made_choice(k, v, chosen, field) for k, v in label)
        return ChoiceGroup(str(key), tuple(one for one in inside if isinstance(one, Choice)))
    text = "" if key is None else str(key)
    hints = getattr(field, "choice_hints", {})
    return Choice(text, str(label), hint=str(hints.get(text, "")), chosen=text in chosen)


def _single(choices: Iterable[Choice | ChoiceGroup]) -> list[Choice]:
    return [one for one in choices if isinstance(one, Choice)]


def _hidden(bound: BoundQuestion) -> SafeString:
    return bound.as_hidden()


def _date(bound: BoundQuestion) -> SafeString:
    boxes = bound.field.widget.get_context(bound.html_name, bound.value(), {})["widget"]["boxes"]
    named = wrong_boxes(bound)
    made = [
        DateBox(part, text, width=4 if part == "year" else 2, wrong=part in named if named else None)
        for part, text in boxes
    ]
    return elements.date_input(bound.question(), made, prefix=bound.html_name)


def _checkbox(bound: BoundQuestion) -> SafeString:
    return elements.single_checkbox(bound.question(), checked=bool(bound.value()))


def _text(bound: BoundQuestion) -> SafeString:
    widget = bound.field.widget
    number = isinstance(widget, forms.NumberInput)  # as GOV.UK advises: type text, numeric keys
    return elements.text_input(
        bound.question(),
        kind="text" if number or isinstance(widget, forms.DateInput) else widget.input_type,
        inputmode="numeric" if number else None,
        prefix=bound.attribute("prefix"),
        suffix=bound.attribute("suffix"),
        spellcheck=False if isinstance(widget, forms.EmailInput) else None,
    )


def _password(bound: BoundQuestion) -> SafeString:
    question = bound.question()
    usual = str(question.attributes.get("autocomplete") or "current-password")
    return elements.password_input(without_value(question), autocomplete=usual)


def without_value(question: Question) -> Question:
    """The same question with nothing filled in: passwords and files are never sent back."""
    kept = {k: v for k, v in question.attributes.items() if k != "autocomplete"}
    return Question(**{**vars(question), "value": "", "attributes": kept})


def _file(bound: BoundQuestion) -> SafeString:
    several = bool(getattr(bound.field.widget, "allow_multiple_selected", False))
    # Not the package's drop zone: axe finds that its button's name differs from its words. A file can be dropped on
    # the browser's own control too.
    return elements.file_upload(without_value(bound.question()), multiple=several)


def _count(bound: BoundQuestion) -> SafeString:
    most = int(getattr(bound.field, "max_length", 0) or 0)
    return elements.character_count(bound.question(), most=most, rows=bound.attribute("rows", 5))


def _textarea(bound: BoundQuestion) -> SafeString:
    return elements.textarea(bound.question(), rows=int(bound.attribute("rows", 5)))


def _select(bound: BoundQuestion) -> SafeString:
    several = isinstance(bound.field.widget, forms.SelectMultiple)
    return elements.select(bound.question(), bound.choices(), multiple=several)


def _radios(bound: BoundQuestion) -> SafeString:
    offered = [one for one in _single(bound.choices()) if one.value or bound.attribute("offer_empty", False)]
    return elements.radios(bound.question(), offered)


def _checkboxes(bound: BoundQuestion) -> SafeString:
    return elements.checkboxes(bound.question(), _single(bound.choices()))


CONTROLS: tuple[tuple[type[forms.Widget], Callable[[BoundQuestion], SafeString]], ...] = (
    (forms.HiddenInput, _hidden),
    (forms.MultipleHiddenInput, _hidden),
    (DateBoxes, _date),
    (CharacterCount, _count),
    (forms.Textarea, _textarea),
    (forms.CheckboxInput, _checkbox),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.widgets.Input, _text),
)


class Renderer(DjangoTemplates):
    """Django's form renderer with our templates and our fields."""

    form_template_name = "screens/form.html"
    bound_field_class = BoundQuestion
