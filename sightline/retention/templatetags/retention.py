"""Rules in words, for rows of tables; the way from a record to how long it is kept."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sightline.retention.choices import ACTION_LABELS, BASIS_LABELS
from sightline.retention.pages.table import keep_in_words
from sightline.retention.permissions import can_keep
from sightline.retention.rules.definitions import Rule
from sightline.screens.elements import link

register = template.Library()


@register.filter
def keep(rule: Rule) -> str:
    """How long, and from when."""
    return keep_in_words(rule)


@register.filter
def then(rule: Rule) -> str:
    """What happens when the period is over."""
    return ACTION_LABELS[rule.action] if rule.period else ""


@register.filter
def basis(rule: Rule) -> str:
    """What it rests on."""
    return BASIS_LABELS[rule.basis]


@register.simple_tag(takes_context=True)
def how_long_kept(context: Context, record: Any, words: str) -> SafeString:
    """A line with the link, for those who keep retention; nothing for others."""
    user = context.get("signed_in")
    if user is None or record is None or not can_keep(user):
        return SafeString("")
    meta = record._meta
    address = reverse("retention:whole", args=[meta.app_label, meta.model_name, record.pk])
    return format_html('<p class="govuk-body">{}</p>', link(words, address))
