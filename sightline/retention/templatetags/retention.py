"""Rules in words, for rows of tables."""

from __future__ import annotations

from django import template

from sightline.retention.choices import ACTION_LABELS, BASIS_LABELS
from sightline.retention.pages.table import keep_in_words
from sightline.retention.rules.definitions import Rule

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
