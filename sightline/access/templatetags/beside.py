"""`{% load beside %}{% told_elsewhere record %}`: what other apps know of a record, on its own page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from sightline.access.beside import told_of

register = template.Library()


@register.inclusion_tag("access/beside.html", takes_context=True)
def told_elsewhere(context: Context, record: Any) -> dict[str, Any]:
    """Headings with what was told; nothing where nobody knows anything, or nobody is signed in."""
    user = context.get("signed_in")
    return {"told": told_of(user, record) if user is not None and record is not None else []}
