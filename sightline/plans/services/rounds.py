"""What somebody tells in a round about several actions in one go: by their link, or typed by the unit for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.events.services.keeping import today
from sightline.plans.choices import Dimension, EvidenceQuarter, ReceivedHow
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Evidence, Rating, Update
from sightline.plans.rules.ratings import needs_a_sentence, suggested
from sightline.plans.rules.rounds import ActionTold, better_than_suggested, problems_of
from sightline.plans.selectors.refreshing import Read, read_for
from sightline.plans.selectors.rounds import actions_asked, owners_named
from sightline.plans.services.accounts.updates import who
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import mark_held, stamp, tier_of
from sightline.requests.models import Asked
from sightline.requests.parts import Untold, Voice
from sightline.search.services import keep_words

Told = Mapping[int, ActionTold]
# What every row of an action says of who told it, by the action's number.
Given = Mapping[int, Mapping[str, Any]]


def hold_asked(asked: Sequence[Asked], numbers: Iterable[int]) -> list[Action]:
    """Those of these actions that the rounds ask somebody about, held until the deed ends; for services and views."""
    rows = actions_asked(asked).filter(pk__in=numbers).select_for_update(of=("self",))
    found = list(rows.order_by("pk"))
    for each in found:
        mark_held(each)
    return found


@deed
def tell_together(
    actions: Sequence[Action], told: Told, voice: Voice, *, by: Actor, now: datetime
) -> list[Update]:
    """Add what is told of each of these held actions: an update, perhaps a rating and evidence. Nothing is overwritten.

    As many statements, however many actions. Raises Untold where any part cannot be taken; nothing is kept then.
    """
    on = today(now)
    problems = {action.pk: problems_of(told[action.pk], on) for action in actions}
    read = read_for(actions, on)
    for action in actions:
        read.give_parties(action)
    given = _given(actions, voice, by, now)
    updates = Update.objects.bulk_create(
        Update(
            action=action,
            text=told[action.pk].text,
            new_due_on=told[action.pk].due_on,
            dated_on=on,
            as_at=on,
            **given[action.pk],
        )
        for action in actions
    )
    for update in updates:
        read.add(update.action, update)
    ratings = _ratings(actions, told, read, on, given, problems)
    if any(problems.values()):
        raise Untold(problems)
    shown = _evidence(actions, told, on, given)
    for rating in Rating.objects.bulk_create(ratings):
        read.add(rating.action, rating)
    for each in Evidence.objects.bulk_create(shown):
        read.add(each.action, each)
    _journal(updates, ratings, shown, by)
    keep_words(*updates, *shown)
    refresh_current(actions, now=now, read=read)
    return updates


def _given(actions: Sequence[Action], voice: Voice, by: Actor, now: datetime) -> Given:
    """Who told it, for which of its owners, and how it came."""
    how = ReceivedHow(voice.how.value)
    said_by = {action.pk: voice.words(owners_named(action)) for action in actions}
    return {pk: {"said_by": words, "received_how": how, **stamp(by, now)} for pk, words in said_by.items()}


def _ratings(
    actions: Sequence[Action],
    told: Told,
    read: Read,
    on: date,
    given: Given,
    problems: Mapping[int, dict[str, str]],
) -> list[Rating]:
    """How delivery stands, where it is told; one that is better than suggested owes its reason."""
    made = []
    for action in actions:
        value, why = told[action.pk].delivery, told[action.pk].why
        if not value:
            continue
        suggestion = suggested(read.facts(action, on), Dimension.DELIVERY, on)
        if needs_a_sentence(value, suggestion) and not why:
            problems[action.pk].setdefault("why", better_than_suggested(value))
        made.append(
            Rating(
                action=action,
                dimension=Dimension.DELIVERY,
                value=value,
                as_at=on,
                suggested=suggestion,
                reason=why,
                **given[action.pk],
            )
        )
    return made


def _evidence(actions: Sequence[Action], told: Told, on: date, given: Given) -> list[Evidence]:
    return [
        Evidence(
            action=action,
            quarter=EvidenceQuarter(told[action.pk].quarter),
            text=told[action.pk].evidence,
            dated_on=on,
            **given[action.pk],
        )
        for action in actions
        if told[action.pk].evidence
    ]


def _journal(
    updates: Sequence[Update], ratings: Sequence[Rating], shown: Sequence[Evidence], by: Actor
) -> None:
    """One entry for each row, as if each had been recorded alone."""
    for update in updates:
        after = {"text": update.text, "as_at": update.as_at, "received_how": update.received_how}
        if update.new_due_on:
            after["new_due_on"] = update.new_due_on
        _record(PlanEntry.UPDATE_RECORDED, update, after, by)
    for rating in ratings:
        after = {"rating": rating.value, "as_at": rating.as_at, "suggested": rating.suggested}
        before = {"rating": rating.action.current_delivery_rating}
        _record(PlanEntry.DELIVERY_RATED, rating, after, by, before, rating.reason)
    for each in shown:
        after = {"quarter": each.quarter, "text": each.text, "dated_on": each.dated_on}
        _record(PlanEntry.EVIDENCE_RECORDED, each, after, by)


def _record(
    entry: PlanEntry,
    row: Update | Rating | Evidence,
    after: Mapping[str, object],
    by: Actor,
    before: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    action = row.action
    told = {**after, **who(row.said_by)}
    tier = tier_of(action, action.plan)
    record(entry, by=by, subject=action, before=before, after=told, reason=reason, tier=tier)
