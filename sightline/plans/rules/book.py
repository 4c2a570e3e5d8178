"""The rules of plans as a page of the documentation; a test keeps the page as the rules are."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from sightline import definitions
from sightline.plans.choices import EXCEPTION_LABELS
from sightline.plans.rules import dates, ratings, timescales

RULES: tuple[Callable[..., Any], ...] = (
    dates.is_overdue,
    dates.is_review_missed,
    dates.is_silent,
    dates.slips,
    dates.is_blocked,
    dates.is_due_soon,
    ratings.suggested_delivery,
    ratings.suggested_impact,
    ratings.needs_a_sentence,
    ratings.stands_unexplained,
    timescales.firm_date,
    timescales.review_date,
)


def page() -> str:
    """Markdown: every rule in its own words, the numbers it counts with, and the reasons an action is an exception."""
    return "\n".join([*_HEAD, *map(_rule, RULES), *_numbers(), *_exceptions(), ""])


_HEAD = [
    "# The rules of plans",
    "",
    "Made from `sightline/plans/rules` and `definitions/plan_rules.yaml`; a test keeps it current. To make it anew:",
    "",
    "    python -c \"from sightline.plans.rules import book; print(book.page(), end='')\"",
    "",
]


def _rule(rule: Callable[..., Any]) -> str:
    said = inspect.getdoc(rule) or ""
    return f"## {rule.__name__.removeprefix('is_').replace('_', ' ').capitalize()}\n\n{said}\n"


def _numbers() -> list[str]:
    definition = definitions.load("plan_rules")
    lines = [
        f"| {name} | {entry['value']} | {entry['meaning']} |" for name, entry in definition["numbers"].items()
    ]
    told = f"In effect from {definition['effective_from']}. {definition['source'].strip()}"
    return ["## Numbers", "", told, "", "| Number | Value | Meaning |", "|---|---:|---|", *lines, ""]


def _exceptions() -> list[str]:
    return [
        "## Exceptions, in the order of a report",
        "",
        *(f"1. {label}" for label in EXCEPTION_LABELS.values()),
    ]
