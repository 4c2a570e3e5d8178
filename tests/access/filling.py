"""Filling in any form of the site with something it takes, as its questions ask for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from sightline.screens.fields import BoxesDateField

WORDS = "Said by a test"


def filled(form: forms.BaseForm, day: dt.date) -> dict[str, Any]:
    """What a browser would send: what stands in the form already, and an answer to whatever is empty."""
    sent: dict[str, Any] = {}
    for name, field in form.fields.items():
        given = form.get_initial_for_field(field, name)
        value = given if field.widget.is_hidden or given not in (None, "", []) else answer(field, day)
        sent |= _boxes(name, value) if isinstance(field, BoxesDateField) else {name: _plain(value)}
    return {form.add_prefix(name): value for name, value in sent.items() if value is not None}


def answer(field: forms.Field, day: dt.date) -> Any:
    """Something the field takes."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return [row.pk for row in field.queryset[:1]]
    if isinstance(field, forms.ModelChoiceField):
        return field.queryset.first()
    if isinstance(field, forms.MultipleChoiceField):
        return [_first(field.choices)]
    if isinstance(field, forms.ChoiceField):
        return _first(field.choices)
    if isinstance(field, forms.DateField | BoxesDateField):
        return day
    if isinstance(field, forms.EmailField):
        return "ann@wealdshire.example"
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.IntegerField):
        return 1
    return WORDS if isinstance(field, forms.CharField) else None


def _first(choices: Any) -> str:
    keys = [key for key, label in choices if not isinstance(label, list | tuple)]
    return next((str(key) for key in keys if key), "")


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.pk if hasattr(value, "pk") else value


def _boxes(name: str, value: dt.date | None) -> dict[str, Any]:
    return (
        {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year} if value else {}
    )
