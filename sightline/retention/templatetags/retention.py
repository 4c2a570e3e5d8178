"""Rules in words, for rows of tables; the way from a record to how long it is kept."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from sightline.retention.choices import ACTION_LABELS, BASIS_LABELS
from sightline.retention.pages.table import keep_in_words
from sightline.retention.permissions import can_keep
from sightline.retention.rules.definitions import Rule
from sightline.screens.ways import way_from

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
    return way_from(context, record, can_keep, "retention:whole", words)
