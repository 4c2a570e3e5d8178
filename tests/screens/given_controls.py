"""Fixtures of form controls, made with our functions."""

from collections.abc import Callable, Iterator
from typing import Any

from sightline.screens import elements
from sightline.screens.elements import Choice, DateBox, Question
from tests.screens.given import Given, NotOffered, Options


def question(given: Given, *, grouped: bool = False, id_name: str = "id") -> Question:
    """The options all controls share."""
    label_classes, heading, text, described = "", False, "", ""
    if grouped and "fieldset" in given.left:
        fieldset = given.part("fieldset")
        legend = fieldset.part("legend")
        text, label_classes = legend.words(), legend.take("classes")
        heading = legend.take("isPageHeading", False)
        described = fieldset.take("describedBy")
        legend.done()
        fieldset.done()
    elif not grouped:
        label = given.part("label")
        text, label_classes, heading = (
            label.words(),
            label.take("classes"),
            label.take("isPageHeading", False),
        )
        label.done()
    hint, error = given.part("hint"), given.part("errorMessage")
    group = given.part("formGroup")
    made = Question(
        name=given.take("name"),
        id=given.take(id_name),
        label=text,
        hint=hint.words(),
        error=error.words(),
        value=str(given.take("value")),
        label_classes=label_classes,
        heading=heading,
        classes=given.take("classes"),
        group_classes=group.take("classes"),
        described_by=given.take("describedBy") or described,
        attributes=given.take("attributes", {}),
    )
    for rest in (hint, error, group):
        rest.done()
    return made


def text_input(given: Given) -> str:
    prefix, suffix = given.part("prefix"), given.part("suffix")
    spellcheck = given.take("spellcheck", None)
    more: Options = {"prefix": prefix.words(), "suffix": suffix.words(), "spellcheck": spellcheck}
    prefix.done()
    suffix.done()
    more["kind"] = given.take("type", "text")
    for name in ("inputmode", "autocomplete"):
        more[name] = given.take(name, None)
    more["disabled"] = given.take("disabled", False)
    asked = question(given)
    given.done()
    return elements.text_input(asked, **more)


def password_input(given: Given) -> str:
    autocomplete = given.take("autocomplete", "current-password")
    asked = question(given)
    given.done()
    return elements.password_input(asked, autocomplete=autocomplete)


def textarea(given: Given) -> str:
    rows, autocomplete = given.take("rows", 5), given.take("autocomplete", None)
    asked = question(given)
    given.done()
    return elements.textarea(asked, rows=int(rows), autocomplete=autocomplete)


def character_count(given: Given) -> str:
    most, rows, threshold = given.take("maxlength", 0), given.take("rows", 5), given.take("threshold", None)
    asked = question(given)
    given.done()
    if not most:
        raise NotOffered("no limit")
    return elements.character_count(asked, most=int(most), rows=int(rows), threshold=threshold)


def something(given: Given) -> list[Options]:
    """The items, none of which is nothing: our types know no empty item."""
    items: list[Options] = given.take("items", [])
    if not all(items):
        raise NotOffered("items that are nothing")
    return items


def choices(given: Given, chosen: Callable[[Any], bool]) -> Iterator[Choice]:
    for item in something(given):
        yield choice(Given(item), chosen)


def choice(one: Given, chosen: Callable[[Any], bool]) -> Choice:
    hint, reveals = one.part("hint"), one.part("conditional")
    value = one.take("value")
    checked = one.take("checked", None)
    made = Choice(
        value=str(value),
        label=one.words(),
        hint=hint.words(),
        chosen=bool(checked) or (chosen(value) and checked is not False),
        disabled=one.take("disabled", False),
        divider=one.take("divider"),
        reveals=reveals.words(),
        excludes_others=one.take("behaviour") == "exclusive",
        attributes=one.take("attributes", {}),
    )
    for rest in (one, hint, reveals):
        rest.done()
    return made


def radios(given: Given) -> str:
    grouped, value = "fieldset" in given.left, given.take("value", None)
    offered = list(choices(given, lambda one: bool(value) and one == value))
    asked = question(given, grouped=True, id_name="idPrefix")
    given.done()
    return elements.radios(asked, offered, grouped=grouped)


def checkboxes(given: Given) -> str:
    grouped, values = "fieldset" in given.left, given.take("values", [])
    offered = list(choices(given, lambda one: one in values))
    asked = question(given, grouped=True, id_name="idPrefix")
    given.done()
    return elements.checkboxes(asked, offered, grouped=grouped)


def select(given: Given) -> str:
    value = given.left.get("value")
    offered = [option(Given(item), value) for item in given.take("items", []) if item]
    asked = question(given)
    given.done()
    return elements.select(asked, offered)


def option(one: Given, value: Any) -> Choice:
    text, own = str(one.take("text")), one.take("value", None)
    selected = one.take("selected", None)
    compared = text if own is None else own
    made = Choice(
        value=None if own is None else str(own).lower() if isinstance(own, bool) else str(own),
        label=text,
        chosen=bool(selected) or (bool(value) and compared == value and selected is not False),
        disabled=one.take("disabled", False),
        attributes=one.take("attributes", {}),
    )
    one.done()
    return made


def date_input(given: Given) -> str:
    grouped, prefix, values = "fieldset" in given.left, given.take("namePrefix"), given.take("values", {})
    boxes = [date_box(Given(item), values, prefix) for item in given.take("items", []) if item]
    usual = ({"name": "day"}, {"name": "month"}, {"name": "year"})
    given_boxes = [(each, given.left.pop(each["name"], {})) for each in usual]
    if not boxes:
        parts = [(kind, Given({**kind, **own})) for kind, own in given_boxes if own is not False]
        boxes = [date_box(one, values, prefix, kind["name"]) for kind, one in parts]
    asked = question(given, grouped=True)
    given.done()
    return elements.date_input(asked, boxes, grouped=grouped, prefix=prefix)


def date_box(one: Given, values: Options, prefix: str, kind: str = "") -> DateBox:
    name = one.take("name")
    classes = set(one.take("classes").split())
    width = next(
        (int(c[-1]) for c in classes if c.startswith("govuk-input--width-")),
        4 if "year" in (name, kind) else 2,
    )
    wrong = one.take("error", None)
    full = f"{prefix}-{name}" if prefix else name
    if "govuk-input--error" in classes:
        wrong = True
    if classes - {f"govuk-input--width-{width}", "govuk-input--error"}:
        raise NotOffered("classes of a box")
    made = DateBox(name, str(one.take("value") or values.get(full, "")), one.take("label"), width, wrong)
    one.done()
    return made


def file_upload(given: Given) -> str:
    drop, multiple = given.take("javascript", False), given.take("multiple", False)
    asked = question(given)
    given.done()
    return elements.file_upload(asked, multiple=multiple, drop_zone=drop)
