"""`{% load knowing %}`: the name behind a reference."""

from __future__ import annotations

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from sightline.knowing.registry import kind_of
from sightline.screens import elements

register = template.Library()


@register.simple_tag(takes_context=True)
def name_behind_click(context: Context, record: Any) -> SafeString:
    """A button in place of a name: the name is shown once it was asked for, and that is journalled."""
    request, kind = context["request"], kind_of(record)
    action = reverse("knowing:name", args=[*kind.key, record.pk])
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else kind.address(record)
    return elements.behind_click(
        action,
        "Show the name",
        hidden=f" of {kind.reference_of(record)}",
        token=get_token(request),
        back=back,
    )
