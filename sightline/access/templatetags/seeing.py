"""`{% load seeing %}{% who_sees record %}`: the way from a record to everybody who can see it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from sightline.access.permissions import can_view_access
from sightline.screens.ways import way_from

register = template.Library()


@register.simple_tag(takes_context=True)
def who_sees(context: Context, record: Any) -> SafeString:
    """A line with the link, for those who may be told; nothing for others."""
    return way_from(context, record, can_view_access, "partners:who_sees", "Who can see this, and why")
