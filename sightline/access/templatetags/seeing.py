"""`{% load seeing %}{% who_sees record %}`: the way from a record to everybody who can see it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sightline.access.permissions import can_view_access
from sightline.screens.elements import link

register = template.Library()


@register.simple_tag(takes_context=True)
def who_sees(context: Context, record: Any) -> SafeString:
    """A line with the link, for those who may be told; nothing for others."""
    user = context.get("signed_in")
    if user is None or record is None or not can_view_access(user):
        return SafeString("")
    meta = record._meta
    address = reverse("partners:who_sees", args=[meta.app_label, meta.model_name, record.pk])
    return format_html('<p class="govuk-body">{}</p>', link("Who can see this, and why", address))
