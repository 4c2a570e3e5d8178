"""What stands over the forms about an action: its words, and what a writer should have before them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sightline.plans.choices import Dimension
from sightline.plans.models import Action, Question
from sightline.plans.pages.looks import day, day_or_nothing
from sightline.plans.rules import addresses
from sightline.plans.rules.ratings import suggested
from sightline.plans.rules.suggesting import why_delivery, why_impact
from sightline.plans.selectors import facts_of
from sightline.screens.asking import Asking, Facts
from sightline.screens.elements import SummaryRow
from sightline.screens.elements import rating as rating_shown
from sightline.screens.elements.markup import joined


def about(
    action: Action,
    title: str,
    button: str,
    *,
    intro: str = "",
    facts: Facts = (),
    warning: str | Callable[[], str] = "",
) -> Asking:
    """A form about an action, under the action's number and words."""
    return Asking(
        title=title,
        caption=" ".join(filter(None, (action.current_number_label, action.text))),
        back=addresses.of_action(action.reference),
        button=button,
        intro=intro,
        facts=facts,
        warning=warning,
    )


def update_facts(action: Action, question: Question | None = None) -> tuple[SummaryRow, ...]:
    """By when it is promised, and the last that was heard."""
    said = action.current_update_text
    last = f"{day_or_nothing(action.current_update_on)}: {said}" if said else "None has come yet"
    rows = [
        ("By when", action.current_timescale_label or "No timescale is given"),
        ("Last update", last if len(last) < 400 else f"{last[:397]} …"),
    ]
    if question:
        asked = f"{question.text} ({question.entered_by_label}, {day(question.as_at)})"
        rows.append(("Question that waits", asked))
    if action.current_blocked_reason:
        rows.append(("In the way", action.current_blocked_reason))
    return tuple(SummaryRow(key, value) for key, value in rows)


def rating_facts(action: Action, dimension: Dimension, on: date) -> tuple[SummaryRow, ...]:
    """What is said now, and what dates or evidence suggest."""
    facts = facts_of([action], on)[action.pk]
    standing = facts.impact if dimension == Dimension.IMPACT else facts.delivery
    said = f" as at {day(standing.as_at)}" if standing.as_at else ""
    by = f" by {standing.said_by}" if standing.said_by else ""
    suggestion = suggested(facts, dimension, on)
    why = why_impact(facts) if dimension == Dimension.IMPACT else why_delivery(facts, on)
    words = joined(rating_shown(suggestion), " ", why) if suggestion else why
    name = "Evidence suggests" if dimension == Dimension.IMPACT else "Dates and updates suggest"
    return (
        SummaryRow("Said now", joined(rating_shown(standing.value), f"{by}{said}")),
        SummaryRow(name, words),
    )
