"""`{% load journal %}{% everything_recorded record %}`: the way from a record to all that the journal tells of it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from sightline.events import selectors
from sightline.screens.ways import way_from

register = template.Library()


@register.simple_tag(takes_context=True)
def everything_recorded(context: Context, record: Any) -> SafeString:
    """A line with the link, for those who read the journal; nothing for others."""
    return way_from(context, record, selectors.may_read, "journal:of", "Everything recorded in the journal")
