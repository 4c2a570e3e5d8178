"""The night's work: what is due is proposed, and what nobody decides about is cleared; in parts, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from sightline.events.choices import SYSTEM, Way
from sightline.events.disposing import Doing, Kind, kinds
from sightline.events.services import deed, record, subject_of
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of
from sightline.messages.services import drop_work_items, replace_work_items
from sightline.retention.choices import DisposalState, ItemState
from sightline.retention.entries import RetentionEntry
from sightline.retention.models import Disposal, DisposalItem
from sightline.retention.rules.definitions import Rule
from sightline.retention.rules.periods import Period
from sightline.retention.selectors import (
    held_among,
    kept_among,
    rules_in_force,
    standing_holds,
)
from sightline.retention.services.holds import ask_about_holds
from sightline.retention.services.versions import bring_up_to_date

CHUNK = 500
Progress = Callable[[int, int, str], None]
# A record and the day its period is counted from.
Found = tuple[int, date]


def find_due(*, now: datetime, progress: Progress) -> int:
    """Find what is past its period by every confirmed rule. Returns how many records were proposed or cleared.

    It can be run again at any time: what waits in a disposal already is not proposed twice.
    """
    bring_up_to_date(now=now)
    ask_about_holds(timezone.localtime(now).date())
    _, rules = rules_in_force()
    offered, done = list(kinds().values()), 0
    for position, kind in enumerate(offered):
        rule = rules[kind.rule]
        progress(position, len(offered), f"{rule.name}: what is due is being found.")
        done += _by_rule(kind, rule, now)
    return done


def _by_rule(kind: Kind, rule: Rule, now: datetime) -> int:
    """What is due under one rule; nothing goes by a rule that nobody has confirmed."""
    period = rule.period if rule.is_confirmed else None
    look_again(kind, period, now)
    if period is None:
        return 0
    take = _clear if rule.is_cleared else _propose
    last = period.before(timezone.localtime(now).date())
    return sum(take(kind, rule, found, now) for found in _parts(kind, last))


def _parts(kind: Kind, last: date) -> Iterator[list[Found]]:
    """The records whose trigger lies on the day or before, in parts, in the order of their numbers."""
    after = 0
    while True:
        rows = kind.past(last).filter(pk__gt=after).order_by("pk").values_list("pk", "since")[:CHUNK]
        found = [(number, day_of(since)) for number, since in rows]
        if not found:
            return
        after = found[-1][0]
        yield found


def day_of(since: Any) -> date:
    """The day of a day or of a moment, by the local clock."""
    if isinstance(since, datetime):
        return timezone.localtime(since).date()
    found: date = since
    return found


def may_go(kind: Kind, numbers: list[int], today: date) -> dict[int, ItemState]:
    """What becomes of each of these records of a kind that are past their period: held, kept longer, or disposed of."""
    held = held_among(kind, numbers, standing_holds(kind))
    kept = kept_among(kind.rule, numbers, today)
    return {
        number: ItemState.HELD if number in held else ItemState.KEPT if number in kept else ItemState.DISPOSED
        for number in numbers
    }


def _free(kind: Kind, found: list[Found], now: datetime) -> list[Found]:
    today = timezone.localtime(now).date()
    fate = may_go(kind, [number for number, _ in found], today)
    return [each for each in found if fate[each[0]] == ItemState.DISPOSED]


@deed
def _clear(kind: Kind, rule: Rule, found: list[Found], now: datetime) -> int:
    """Delete what nobody decides about; the journal is told how many and which."""
    numbers = [number for number, _ in _free(kind, found, now)]
    done = kind.ways[Way.DELETE](numbers, Doing(SYSTEM, f"Kept for {rule.period}.", now)) if numbers else 0
    if done:
        after = {"rule": rule.key, "rows": done, "first": numbers[0], "last": numbers[-1]}
        record(RetentionEntry.CLEARED, by=SYSTEM, after=after)
    return done


@deed
def _propose(kind: Kind, rule: Rule, found: list[Found], now: datetime) -> int:
    """Put what is due into the rule's proposal; what waits in any disposal already stays where it is."""
    waiting = DisposalItem.objects.filter(
        rule=rule.key, number__in=[number for number, _ in found], state=ItemState.WAITING
    )
    there = set(waiting.values_list("number", flat=True))
    due = [each for each in _free(kind, found, now) if each[0] not in there]
    if not due or rule.period is None:
        return 0
    # Locked, and of a new version where it stood before: nobody approves what was added after they had looked.
    disposal, is_new = Disposal.objects.select_for_update().get_or_create(
        rule=rule.key, state=DisposalState.PROPOSED.value, defaults={"found_at": now}
    )
    if not is_new:
        disposal.version += 1
        disposal.save(update_fields=["version"])
    disposal.items.filter(number__in=[number for number, _ in due]).exclude(state=ItemState.WAITING).delete()
    period: Period = rule.period
    DisposalItem.objects.bulk_create(
        DisposalItem(disposal=disposal, rule=rule.key, number=number, since=since, due_on=period.after(since))
        for number, since in due
    )
    after = {"rule": rule.key, "records": len(due)}
    record(RetentionEntry.DISPOSAL_PROPOSED, by=SYSTEM, subject=disposal, after=after)
    if is_new:
        ask_to_look(disposal, rule, now)
    return len(due)


def ask_to_look(disposal: Disposal, rule: Rule, now: datetime, *, instead_of: Collection[int] = ()) -> None:
    """Ask whoever keeps retention to look at a disposal, and no more at those it stands instead of."""
    about = subject_of(disposal)
    stood = WorkItem.objects.filter(
        subject_app=about.app, subject_model=about.model, subject_id__in=[about.id, *map(str, instead_of)]
    )
    standing = [StandingItem(place_of(item), says_of(item), item.created_at) for item in stood]
    wanted = WorkItem(
        for_scope="may:retention_keep",
        kind="disposal",
        subject_app=about.app,
        subject_model=about.model,
        subject_id=about.id,
        title=f"Look at what is due to go: {rule.name}"[:500],
        sentence="Their time is over. Keep some longer, or approve that they go; somebody else carries it out.",
        url=f"/retention/disposals/{disposal.pk}/",
    )
    replace_work_items(standing, [wanted], now)


def look_again(kind: Kind, period: Period | None, now: datetime) -> None:
    """See of everything proposed whether it is still due: a rule was changed, a hold laid, or the record used again."""
    today = timezone.localtime(now).date()
    for disposal in Disposal.objects.filter(rule=kind.rule, state=DisposalState.PROPOSED):
        after = 0
        while numbers := list(
            disposal.items.filter(state=ItemState.WAITING, number__gt=after)
            .order_by("number")
            .values_list("number", flat=True)[:CHUNK]
        ):
            after = numbers[-1]
            settle(disposal, kind, numbers, period, today)
        _drop_empty(disposal)


@deed
def _drop_empty(disposal: Disposal) -> None:
    """Let a proposal go in which nothing waits any more: what is held or kept is proposed anew once it may go."""
    standing = (
        Disposal.objects.select_for_update().filter(pk=disposal.pk, state=DisposalState.PROPOSED).first()
    )
    if standing is None or standing.items.filter(state=ItemState.WAITING).exists():
        return
    after = {"rule": standing.rule, "records": standing.items.count()}
    record(RetentionEntry.DISPOSAL_DROPPED, by=SYSTEM, subject=standing, after=after)
    drop_work_items(standing)
    standing.delete()


def settle(
    disposal: Disposal, kind: Kind, numbers: list[int], period: Period | None, today: date
) -> list[int]:
    """Mark of these waiting records those that may not go, and return the others."""
    past = (
        set(kind.past(period.before(today)).filter(pk__in=numbers).values_list("pk", flat=True))
        if period
        else set()
    )
    fate = may_go(kind, numbers, today)
    state = {number: fate[number] if number in past else ItemState.NOT_DUE for number in numbers}
    for found in (ItemState.HELD, ItemState.KEPT, ItemState.NOT_DUE):
        marked = [number for number in numbers if state[number] == found]
        if marked:
            disposal.items.filter(number__in=marked, state=ItemState.WAITING).update(state=found)
    return [number for number in numbers if state[number] == ItemState.DISPOSED]
