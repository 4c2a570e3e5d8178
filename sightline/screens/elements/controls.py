"""The form controls of GOV.UK Frontend, each with its label, hint and error."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.safestring import SafeString

from .markup import Attributes, classes, element, joined
from .question import Question, fieldset, form_group, hint, label, labelled, notes


@dataclass(frozen=True)
class Choice:
    """One of several answers. `divider` ("or") makes it a line between the others instead.

    `value` None, in a select alone: the browser sends the label.
    """

    value: str | None
    label: str
    hint: str = ""
    chosen: bool = False
    disabled: bool = False
    divider: str = ""
    reveals: str = ""
    excludes_others: bool = False
    attributes: Attributes | None = None


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices of a select under a common heading."""

    label: str
    choices: tuple[Choice, ...]


def text_input(
    question: Question,
    *,
    kind: str = "text",
    prefix: str = "",
    suffix: str = "",
    disabled: bool = False,
    inputmode: str | None = None,
    autocomplete: str | None = None,
    spellcheck: bool | None = None,
) -> SafeString:
    """A text of one line. `prefix` and `suffix` are units that stand beside it ("£", "per cent")."""
    wrong = "govuk-input--error" if question.error else ""
    attributes: Attributes = {
        "class": classes("govuk-input", question.classes, wrong),
        "id": question.key,
        "name": question.name,
        "type": kind,
        "spellcheck": None if spellcheck is None else str(spellcheck).lower(),
        "value": question.value or None,
        "disabled": disabled,
        "aria-describedby": question.descriptions,
        "autocomplete": autocomplete,
        "inputmode": inputmode,
        **question.attributes,
    }
    box = element("input", attributes)
    if prefix or suffix:
        box = element(
            "div", {"class": "govuk-input__wrapper"}, _unit("prefix", prefix), box, _unit("suffix", suffix)
        )
    return labelled(question, box)


def _unit(place: str, text: str) -> SafeString:
    if not text:
        return SafeString("")
    return element("div", {"class": f"govuk-input__{place}", "aria-hidden": "true"}, text)


def password_input(question: Question, *, autocomplete: str = "current-password") -> SafeString:
    """A password, with a button that shows it (only where JavaScript runs)."""
    wrong = "govuk-input--error" if question.error else ""
    extra = "govuk-password-input__input govuk-js-password-input-input"
    box = element(
        "input",
        {
            "class": classes("govuk-input", extra, question.classes, wrong),
            "id": question.key,
            "name": question.name,
            "type": "password",
            "spellcheck": "false",
            "value": question.value or None,
            "aria-describedby": question.descriptions,
            "autocomplete": autocomplete,
            "autocapitalize": "none",
            **question.attributes,
        },
    )
    toggle_classes = (
        "govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
    )
    toggle = element(
        "button",
        {
            "type": "button",
            "class": toggle_classes,
            "data-module": "govuk-button",
            "aria-controls": question.key,
            "aria-label": "Show password",
            "hidden": True,
        },
        "Show",
    )
    wrapper = element("div", {"class": "govuk-input__wrapper govuk-password-input__wrapper"}, box, toggle)
    module = {"data-module": "govuk-password-input"}
    return labelled(question, wrapper, extra="govuk-password-input", attributes=module)


def textarea(question: Question, *, rows: int = 5, autocomplete: str | None = None) -> SafeString:
    """A text of several lines."""
    return labelled(question, _textarea(question, rows, question.descriptions, autocomplete=autocomplete))


def _textarea(
    question: Question, rows: int, described_by: str | None, extra: str = "", autocomplete: str | None = None
) -> SafeString:
    wrong = "govuk-textarea--error" if question.error else ""
    attributes: Attributes = {
        "class": classes("govuk-textarea", extra, wrong, question.classes),
        "id": question.key,
        "name": question.name,
        "rows": rows,
        "aria-describedby": described_by,
        "autocomplete": autocomplete,
        **question.attributes,
    }
    return element("textarea", attributes, question.value)


def character_count(
    question: Question, *, most: int, rows: int = 5, threshold: int | None = None
) -> SafeString:
    """A text of several lines that says how many of `most` characters are left (from `threshold` per cent on)."""
    info = f"{question.key}-info"
    described_by = classes(info, question.descriptions or "")
    box = _textarea(question, rows, described_by, "govuk-js-character-count")
    message = hint(f"You can enter up to {most} characters", info, "govuk-character-count__message")
    attributes: Attributes = {
        "data-module": "govuk-character-count",
        "data-maxlength": most,
        "data-threshold": threshold,
    }
    head = label(question.label, question.key, question.label_classes, heading=question.heading)
    body = (head, notes(question), box, message)
    return form_group(question, *body, extra="govuk-character-count", attributes=attributes)


def select(
    question: Question, choices: Sequence[Choice | ChoiceGroup], *, multiple: bool = False
) -> SafeString:
    """One answer from a list that drops down; choices may stand in groups."""
    wrong = "govuk-select--error" if question.error else ""
    attributes: Attributes = {
        "class": classes("govuk-select", question.classes, wrong),
        "id": question.key,
        "name": question.name,
        "multiple": multiple,
        "aria-describedby": question.descriptions,
        **question.attributes,
    }
    return labelled(question, element("select", attributes, *(_option(choice) for choice in choices)))


def _option(choice: Choice | ChoiceGroup) -> SafeString:
    if isinstance(choice, ChoiceGroup):
        return element("optgroup", {"label": choice.label}, *(_option(one) for one in choice.choices))
    attributes: Attributes = {
        "value": choice.value,
        "selected": choice.chosen,
        "disabled": choice.disabled,
        **(choice.attributes or {}),
    }
    return element("option", attributes, choice.label)


def radios(question: Question, choices: Sequence[Choice], *, grouped: bool = True) -> SafeString:
    """One answer of a few, all in sight."""
    return _several("radio", "radios", question, choices, grouped=grouped)


def checkboxes(question: Question, choices: Sequence[Choice], *, grouped: bool = True) -> SafeString:
    """Any number of answers of a few, all in sight."""
    return _several("checkbox", "checkboxes", question, choices, grouped=grouped)


Family = Literal["radios", "checkboxes"]


def _several(
    kind: str, family: Family, question: Question, choices: Sequence[Choice], *, grouped: bool
) -> SafeString:
    described = "" if grouped or family == "radios" else question.descriptions or ""
    items = (_item(kind, family, question, i, one, described) for i, one in enumerate(choices, 1))
    attributes: Attributes = {
        "class": classes(f"govuk-{family}", question.classes),
        **question.attributes,
        "data-module": f"govuk-{family}",
    }
    inside = joined(notes(question), element("div", attributes, *items))
    return form_group(question, fieldset(question, inside) if grouped else inside)


def _item(
    kind: str, family: Family, question: Question, index: int, choice: Choice, described_by: str
) -> SafeString:
    if choice.divider:
        return element("div", {"class": f"govuk-{family}__divider"}, choice.divider)
    id_ = question.key if index == 1 else f"{question.key}-{index}"
    hint_id = f"{id_}-item-hint" if choice.hint else ""
    attributes: Attributes = {
        "class": f"govuk-{family}__input",
        "id": id_,
        "name": question.name,
        "type": kind,
        "value": choice.value,
        "checked": choice.chosen,
        "disabled": choice.disabled,
        "data-aria-controls": f"conditional-{id_}" if choice.reveals else None,
        "data-behaviour": "exclusive" if choice.excludes_others else None,
        "aria-describedby": classes(described_by, hint_id) or None,
        **(choice.attributes or {}),
    }
    item = element(
        "div",
        {"class": f"govuk-{family}__item"},
        element("input", attributes),
        label(choice.label, id_, f"govuk-{family}__label"),
        hint(choice.hint, hint_id, f"govuk-{family}__hint") if choice.hint else "",
    )
    return joined(item, _revealed(family, id_, choice))


def _revealed(family: Family, id_: str, choice: Choice) -> SafeString:
    """What a choice brings into sight when chosen; always in sight without JavaScript."""
    if not choice.reveals:
        return SafeString("")
    away = "" if choice.chosen else f"govuk-{family}__conditional--hidden"
    names = classes(f"govuk-{family}__conditional", away)
    return element("div", {"class": names, "id": f"conditional-{id_}"}, choice.reveals)


@dataclass(frozen=True)
class DateBox:
    """One of the boxes of a date."""

    name: str
    value: str = ""
    label: str = ""
    width: int = 2
    wrong: bool | None = None


def date_input(
    question: Question, boxes: Sequence[DateBox], *, grouped: bool = True, prefix: str = ""
) -> SafeString:
    """A date in boxes. An error marks the boxes named wrong; all of them if none is named."""
    named = any(box.wrong for box in boxes)
    items = (_date_item(question, box, named=named, prefix=prefix) for box in boxes)
    attributes: Attributes = {
        "class": classes("govuk-date-input", question.classes),
        **question.attributes,
        "id": question.key,
    }
    inside = joined(notes(question), element("div", attributes, *items))
    return form_group(question, fieldset(question, inside, role="group") if grouped else inside)


def _date_item(question: Question, box: DateBox, *, named: bool, prefix: str) -> SafeString:
    wrong = box.wrong or (box.wrong is None and bool(question.error) and not named)
    extra = classes("govuk-input--error" if wrong else "", f"govuk-input--width-{box.width}")
    part = Question(
        name=f"{prefix}-{box.name}" if prefix else box.name,
        id=f"{question.key}-{box.name}",
        label=box.label or box.name.capitalize(),
        label_classes="govuk-date-input__label",
        classes=classes("govuk-date-input__input", extra),
        value=box.value,
    )
    return element("div", {"class": "govuk-date-input__item"}, text_input(part, inputmode="numeric"))


def file_upload(question: Question, *, multiple: bool = False, drop_zone: bool = False) -> SafeString:
    """A file from the person's own machine. `drop_zone`: where JavaScript runs, it can be dropped there too."""
    wrong = "govuk-file-upload--error" if question.error else ""
    attributes: Attributes = {
        "class": classes("govuk-file-upload", question.classes, wrong),
        "id": question.key,
        "name": question.name,
        "type": "file",
        "multiple": multiple,
        "aria-describedby": question.descriptions,
        **question.attributes,
    }
    box = element("input", attributes)
    if drop_zone:
        box = element("div", {"class": "govuk-file-upload-wrapper", "data-module": "govuk-file-upload"}, box)
    return labelled(question, box)


def single_checkbox(question: Question, *, checked: bool) -> SafeString:
    """One box to tick: its label is the whole question."""
    choice = Choice("on", question.label, hint="", chosen=checked)
    return checkboxes(replace(question, label=""), [choice], grouped=False)
