"""`{% load journal %}{% everything_recorded record %}`: the way from a record to all that the journal tells of it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sightline.events import selectors
from sightline.screens.elements import link

register = template.Library()


@register.simple_tag(takes_context=True)
def everything_recorded(context: Context, record: Any) -> SafeString:
    """A line with the link, for those who read the journal; nothing for others."""
    user = context.get("signed_in")
    if user is None or record is None or not selectors.may_read(user):
        return SafeString("")
    meta = record._meta
    address = reverse("journal:of", args=[meta.app_label, meta.model_name, record.pk])
    return format_html('<p class="govuk-body">{}</p>', link("Everything recorded in the journal", address))
