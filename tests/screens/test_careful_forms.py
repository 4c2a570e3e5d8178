"""Which forms ask before what may tell who a child is: every one with free words, but for those named here."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from django import forms

import sightline
from sightline.screens.forms import CarefulForm, FilterForm, Form

pytestmark = pytest.mark.library
ROOT = Path(sightline.__file__).parent

CODE = "a name, an address, a password or a code with which somebody signs in"
OWN_KEY = "what somebody calls a key of their own, which nobody else reads"
NO_RECORD = "nothing that is typed is kept"
# Case lists and break-glass stand over records of children and whoever works with them (T3, T4): they are for the
# people on the list alone, and their words are personal values of the journal.
CASE = "about a record of T3 or T4, where whom it is about may be named"
NOT_ASKED = {
    "access.forms._CodeForm": CODE,
    "access.forms.ReturnCodeForm": CODE,
    "access.forms.AppForm": CODE,
    "access.forms.TokenForm": OWN_KEY,
    "access.forms.PasskeyForm": OWN_KEY,
    "access.forms.PasskeyNameForm": OWN_KEY,
    "knowing.forms.ListForm": CASE,
    "knowing.forms.ReasonForm": CASE,
    "knowing.forms.ListedConflictForm": CASE,
    "knowing.forms.GlassForm": CASE,
    "knowing.forms.FindingForm": CASE,
    "site.showcase.EveryControl": NO_RECORD,
}
# Views that take a form by themselves and keep nothing of a careful one.
OTHERWISE = {"access", "jobs", "knowing", "messages", "search", "sight", "site"}


def every_form(above: type[Form] = Form) -> set[type[Form]]:
    """Every form of ours, once all modules in which forms may stand are read."""
    for module in pkgutil.walk_packages([str(ROOT)], "sightline."):
        if ".forms" in module.name or module.name == "sightline.site.showcase":
            import_module(module.name)
    found = {each for each in above.__subclasses__() if each.__module__.startswith("sightline.")}
    return found.union(*(every_form(each) for each in found))


def free(form: type[Form]) -> list[str]:
    """The fields into which anything may be written."""
    return [
        name
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, (forms.EmailField, forms.URLField))
        and isinstance(field.widget, (forms.TextInput, forms.Textarea))
    ]


def name_of(form: type[Form]) -> str:
    return f"{form.__module__.removeprefix('sightline.')}.{form.__qualname__}"


def test_every_form_of_free_words_asks_or_is_named_with_its_reason() -> None:
    asked = {each for each in every_form() if not issubclass(each, (CarefulForm, FilterForm)) and free(each)}
    inherited = {each for each in asked if set(each.__mro__[1:]) & asked}
    assert {name_of(each) for each in asked - inherited} == set(NOT_ASKED)


def test_a_form_is_found_and_its_free_words_are_seen() -> None:
    found = {name_of(each): each for each in every_form()}
    assert "reason" in free(found["retention.forms.HoldForm"])
    assert free(found["partners.forms.deputies.DeputyForm"]) == []
    assert len(found) > 100


def test_views_that_take_a_form_by_themselves_keep_its_reason() -> None:
    views = [*ROOT.glob("*/views.py"), *ROOT.glob("*/views/*.py")]
    takes = {path: path.read_text() for path in views if path.relative_to(ROOT).parts[0] not in OTHERWISE}
    careless = {
        str(path.relative_to(ROOT))
        for path, text in takes.items()
        if "is_valid()" in text and "knowingly" not in text
    }
    assert careless == {
        "governance/views/lists.py",  # choices and days
        "partners/views/deputies.py",  # an address and days
        "plans/views/bulk.py",  # ticks; its words are asked by `ask`
        "plans/views/reports.py",  # choices and a day
    }
