"""What is owed stands among what needs the chair of the group that owes it; where nobody chairs it, the unit's.

Kept by the services, and looked over once a day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import CharField, Max
from django.db.models.functions import Cast
from django.urls import reverse

from sightline.access.choices import Permission, ScopeKind
from sightline.access.selectors import those_over
from sightline.events.choices import Actor
from sightline.events.services import deed
from sightline.events.services.keeping import today
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of, standing_items
from sightline.messages.services import replace_work_items
from sightline.requests.choices import OwedDeed
from sightline.requests.models import Cycle, Owed
from sightline.requests.rules import owed_kinds, owed_numbers
from sightline.requests.selectors import STILL_OWED
from sightline.requests.services import CycleGiven, OwedGiven, change_cycle, do_owed, end_cycle
from sightline.rhythm.models import Return
from sightline.screens.words import day

APP, MODEL, KIND, UNIT, BACK = "requests", "owed", "owed", "unit", "return_back"
CHUNK = 200


@deed
def tell_owed(
    found: Owed, what: OwedDeed, given: OwedGiven, *, version: int, by: Actor, now: datetime
) -> Owed:
    """Say what became of something owed, and ask nobody for it any more. Raises Unacceptable, StaleRecord."""
    made = do_owed(found, what, given, version=version, by=by, now=now)
    keep_work([made], now)
    return made


@deed
def end_owed(found: Cycle, version: int, ends_on: date, *, by: Actor, now: datetime) -> Cycle:
    """Nothing of it is owed after the day, and nobody is asked for it. Raises Unacceptable, StaleRecord."""
    made = end_cycle(found, version, ends_on, by=by)
    _ask_no_more(now)
    return made


@deed
def change_owed(found: Cycle, version: int, given: CycleGiven, *, by: Actor, now: datetime) -> Cycle:
    """Owe it in another way from its first new day on; nobody is asked for what fell away.

    Raises Unacceptable, StaleRecord.
    """
    made = change_cycle(found, version, given, by=by, now=now)
    _ask_no_more(now)
    return made


def _ask_no_more(now: datetime) -> None:
    """Ask nobody for what is not owed any more at all."""
    there = Owed.objects.order_by().annotate(number=Cast("pk", CharField())).values("number")
    gone = WorkItem.objects.filter(subject_app=APP, subject_model=MODEL).exclude(subject_id__in=there)
    standing = [StandingItem(place_of(item), ("", None), item.created_at) for item in gone]
    replace_work_items(standing, [], now)


def refresh_work(*, now: datetime) -> int:
    """Ask anew for all that is due soon or did not come: days pass, chairs change, cycles end. Returns how many.

    What did not come is told again, to nobody within so many days of anything they were told of it.
    """
    soon = today(now) + timedelta(days=owed_numbers()["ask_days_before"])
    found = Owed.objects.select_related("cycle__owed_by", "cycle__group").filter(STILL_OWED, due_on__lte=soon)
    rows = list(found.order_by("pk"))
    again = _reminded_again(now)
    for start in range(0, len(rows), CHUNK):
        keep_work(rows[start : start + CHUNK], now, again)
    _ask_no_more(now)
    return len(rows)


def _reminded_again(now: datetime) -> frozenset[str]:
    """Those who were told of nothing that is owed for so many days."""
    told = WorkItem.objects.filter(subject_app=APP, subject_model=MODEL).values_list("for_scope")
    quiet = now - timedelta(days=owed_numbers()["remind_days"])
    return frozenset(scope for scope, last in told.annotate(last=Max("created_at")) if last <= quiet)


def _standing(
    numbers: Sequence[int], again: Collection[str] = (), now: datetime | None = None
) -> list[StandingItem]:
    """What stands of these; late things of those who are told `again` stand since now, and so are told anew."""
    found = []
    for item in standing_items(APP, MODEL, numbers) if numbers else ():
        is_told = now and item.due_on and item.due_on < today(now) and item.for_scope in again
        says, since = (("", None), now) if is_told and now else (says_of(item), item.created_at)
        found.append(StandingItem(place_of(item), says, since))
    return found


def keep_work(rows: Sequence[Owed], now: datetime, again: Collection[str] = ()) -> None:
    """Make what these ask of people exactly what is wanted; three queries and a statement, however many.

    `again`: the scopes that are told anew of what is late.
    """
    if not rows:
        return
    standing = _standing([each.pk for each in rows], again, now)
    keys = {each.cycle.owed_by.key for each in rows if each.cycle.owed_by}
    chairs = _chairs(keys, today(now))
    wanted = [item for each in rows for item in _asked(each, chairs, today(now))]
    replace_work_items(standing, wanted, now)


def ask_again(found: Return, now: datetime) -> None:
    """A return that was sent back is asked of the chair of its group; where nobody chairs it, it stays the unit's."""
    chairs = _chairs({found.group.key}, today(now)).get(found.group.key) or [UNIT]
    wanted = [
        WorkItem(
            for_scope=scope,
            kind=BACK,
            subject_app=found._meta.app_label,
            subject_model=found._meta.model_name or "",
            subject_id=str(found.pk),
            title=str(found)[:500],
            sentence=f"Look at it again, and sign it off anew: {found.current_sent_back}"[:500],
            url=reverse("rhythm:return", args=[found.pk]),
            tier=found.LOWEST_TIER,
        )
        for scope in chairs
    ]
    replace_work_items([], wanted, now)


def _chairs(keys: set[str], on: date) -> dict[str, list[str]]:
    """The work keys of those who chair each of these groups."""
    held = those_over(Permission.MEETINGS_KEEP, ScopeKind.GROUP, keys, on)
    return {key: [f"user:{each.user_id}" for each in found] for key, found in held.items()}


def _asked(owed: Owed, chairs: dict[str, list[str]], on: date) -> Iterator[WorkItem]:
    if not owed.is_open:
        return
    if owed.due_on - timedelta(days=owed_numbers()["ask_days_before"]) > on:
        return
    cycle, by = owed.cycle, owed.cycle.owed_by
    is_return = cycle.kind in owed_kinds() and owed_kinds()[cycle.kind].is_return
    late = "It is late. " if owed.due_on < on else ""
    asked = f"{late}{cycle.group} is owed it by {day(owed.due_on)}."
    for scope in (by and chairs.get(by.key)) or [UNIT]:
        nobody = "" if scope != UNIT or by is None else f" {by} has no chair here who could do so."
        yield WorkItem(
            for_scope=scope,
            kind=KIND,
            subject_app=APP,
            subject_model=MODEL,
            subject_id=str(owed.pk),
            title=f"{cycle.title}{f' of {by}' if by else ''}"[:500],
            sentence=(f"Write it and sign it off. {asked}" if is_return else f"Say whether it came. {asked}")[
                :400
            ]
            + nobody[:100],
            url=f"{reverse('rhythm:return_new')}?owed={owed.pk}" if is_return else reverse("rhythm:ahead"),
            due_on=owed.due_on,
            tier=cycle.LOWEST_TIER,
        )
