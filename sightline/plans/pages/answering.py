"""What answers a record of the logs, and which of them something answers, as pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model
from django.urls import reverse

from sightline.plans.models import Action, Answering, Plan, Recommendation
from sightline.plans.rules import addresses
from sightline.plans.selectors.answering import logs_of
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

WORDS = {"challenge": "Answers the challenge", "risk": "Treats the risk", "scrutiny": "Answers scrutiny"}


@dataclass(frozen=True)
class LogShown:
    """A record of the logs that something answers."""

    words: str
    title: str
    href: str
    reason: str


def logs_shown(rows: Iterable[Answering]) -> tuple[LogShown, ...]:
    """Records of the logs with how they are answered."""
    found = []
    for each in rows:
        name = str(each.logged._meta.model_name)
        href = reverse(f"challenges:{name}", args=[each.logged.pk])
        found.append(LogShown(WORDS[name], str(each.logged), href, each.reason))
    return tuple(found)


def logs_for(user: Reader, named: Model) -> tuple[LogShown, ...]:
    """The records of the logs that a plan, a recommendation or an action answers; one query."""
    return logs_shown(logs_of(user, named))


def words_of(named: Action | Recommendation | Plan) -> tuple[str, str, str]:
    """What it is in words, where its page is, and where one looks along its thread; "" where it has none."""
    if isinstance(named, Action):
        words = f"Action {named.current_number_label or named.reference}, {named.plan.name}: {named.text}"
        return (
            words,
            addresses.of_action(named.reference),
            reverse("sight:thread", args=["action", named.reference]),
        )
    if isinstance(named, Recommendation):
        href = addresses.of_recommendation(named.source.key, named.pk)
        words = f"{named.source.title}, {named.number}: {named.title or named.text}"
        return words, href, reverse("sight:thread", args=["recommendation", str(named.pk)])
    return f"Plan: {named.name}", addresses.of_plan(named.key), ""


def ended_words(found: Answering) -> str:
    """That it answers no more, since when and why; nothing while it does."""
    if not found.ended_on:
        return ""
    return f"No more since {day(found.ended_on)}: {found.end_reason} ({found.ended_by_label})"
