"""The line that leads from a record's page to what another app knows of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sightline.screens.elements import link


def way_from(context: Context, record: Any, may: Callable[[Any], bool], view: str, words: str) -> SafeString:
    """A line with the link, for those who may go there; nothing for others. `view` takes app, model and number."""
    user = context.get("signed_in")
    if user is None or record is None or not may(user):
        return SafeString("")
    meta = record._meta
    address = reverse(view, args=[meta.app_label, meta.model_name, record.pk])
    return format_html('<p class="govuk-body">{}</p>', link(words, address))
