"""The filter of the journal."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError

from sightline.events.choices import TIER_LABELS
from sightline.events.entries import declared_types
from sightline.events.selectors import Wanted
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm, FilterForm

_RECORD = re.compile(r"([a-z_]{1,50})\.([a-z_]{1,50})\.([0-9A-Za-z-]{1,100})")


@dataclass(frozen=True)
class Named:
    """A record as an address names it: "plans.priority.12"."""

    app: str
    model: str
    number: str

    @property
    def key(self) -> str:
        """As an address names it."""
        return f"{self.app}.{self.model}.{self.number}"

    def __str__(self) -> str:
        return f"{noun_of(self.app, self.model)} number {self.number}"


def noun_of(app: str, model: str) -> str:
    """What a record of this kind is called; the model's name where its app is gone."""
    try:
        return str(apps.get_model(app, model)._meta.verbose_name)
    except LookupError:
        return model


class RecordField(forms.CharField):
    """One record, as an address names it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        """The record named; None for none. Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        found = _RECORD.fullmatch(text)
        if found is None:
            raise ValidationError("The address names no record that can be read.")
        return Named(*found.groups())


def kinds() -> list[Any]:
    """Every kind of entry, by the app it belongs to."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for name, declared in declared_types().items():
        grouped.setdefault(name.split(".")[0], []).append((name, declared.label))
    by_title = sorted((_title(app), sorted(found, key=lambda one: one[1])) for app, found in grouped.items())
    return [("", "All"), *by_title]


def _title(app: str) -> str:
    """What an app is called on screen."""
    found = apps.app_configs.get(app)
    title = str(found.verbose_name) if found else app
    return title[:1].upper() + title[1:]


class ShredForm(CarefulForm):
    """Why personal values are removed."""

    reason = forms.CharField(
        label="Why are they removed?",
        max_length=500,
        help_text="For example: their time is over; the person asked for it and it was granted. Name nobody here.",
    )


class JournalFilter(FilterForm):
    """Which entries to show."""

    who = forms.CharField(label="Who did it", max_length=200, help_text="A name, or a whole e-mail address")
    kind = forms.ChoiceField(label="What was done", choices=kinds)
    words = forms.CharField(label="Words of the reason or of the record's name", max_length=200)
    tier = forms.ChoiceField(
        label="How sensitive",
        choices=[("", "All"), *((tier.value, f"{tier}: {label}") for tier, label in TIER_LABELS.items())],
    )
    first = BoxesDateField(label="From", what="The first day")
    last = BoxesDateField(label="To", what="The last day")
    record = RecordField(label="Record", max_length=300)

    def clean(self) -> dict[str, Any]:
        """The days must follow each other."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must not be before the first.")
        return given

    @property
    def asked(self) -> str:
        """What narrowed the entries, as an address names it: the valid answers alone, each whole."""
        named = self.chosen.get("record")
        return urlencode(self.chosen | ({"record": named.key} if named else {}))

    def wanted(self, about: Mapping[tuple[str, str], Collection[str]] | None = None) -> Wanted:
        """What was asked for; `about` stands for the record where the page is of one already."""
        chosen = self.chosen
        named = chosen.get("record")
        records = about or ({(named.app, named.model): [named.number]} if named else {})
        given = {
            name: chosen[name] for name in ("who", "kind", "words", "tier", "first", "last") if name in chosen
        }
        return Wanted(about=records, **given)
