"""Legal holds, and records kept longer than their rule says."""

from __future__ import annotations

from datetime import date, datetime

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from sightline.events.choices import Actor, StaleRecord
from sightline.events.disposing import Kind, gatherings, kinds
from sightline.events.services import deed, record
from sightline.messages.services import drop_work_items, put_work_item
from sightline.retention.choices import (
    DAY_PASSED,
    NO_RECORD,
    NOTHING_TO_GATHER,
    RULE_NOT_FOUND,
    SAY_WHY,
    HoldOver,
    ItemState,
    NotPossible,
)
from sightline.retention.entries import RetentionEntry
from sightline.retention.models import DisposalItem, Hold, KeptLonger
from sightline.retention.selectors import held_among

ENDED_ALREADY = "This hold had been ended already."
CHUNK = 500


@deed
def place_hold(
    over: HoldOver,
    *,
    rule: str = "",
    of: tuple[str, str] = ("", ""),
    number: int | None = None,
    reason: str,
    authority: str = "",
    until: date | None = None,
    by: Actor,
    now: datetime,
) -> Hold:
    """Keep records whatever their rule says: one (`rule` and `number`), all of a rule, or all that belongs to a record
    (`of`: its app and model). What waits in a disposal is taken out of it at once.

    Raises NotPossible without a reason, for a day that has passed, and where there is no such thing to hold.
    """
    _refuse(over, rule, of, number, reason, until, now)
    app, model = of if over == HoldOver.WHOLE else ("", "")
    made = Hold.objects.create(
        over=over.value,
        rule="" if over == HoldOver.WHOLE else rule,
        app=app,
        model=model,
        number=None if over == HoldOver.RULE else number,
        reason=reason.strip(),
        authority=authority.strip(),
        until=until,
        placed_at=now,
        placed_by_id=by.user_id,
        placed_by_label=by.label[:200],
    )
    record(RetentionEntry.HOLD_PLACED, by=by, subject=made, after=_told(made))
    for kind in kinds().values():
        if _reaches(made, kind):
            _take_out(kind, made)
    return made


@deed
def end_hold(hold: Hold, *, reason: str, by: Actor, now: datetime) -> Hold:
    """End a hold; what it held is found again in the night after. Raises StaleRecord, NotPossible without a reason."""
    if not reason.strip():
        raise NotPossible(SAY_WHY)
    current = Hold.objects.select_for_update().get(pk=hold.pk)
    if current.ended_at is not None:
        raise StaleRecord(ENDED_ALREADY)
    current.ended_at, current.ended_by_label, current.ended_reason = now, by.label[:200], reason.strip()
    current.save(update_fields=["ended_at", "ended_by_label", "ended_reason"])
    record(RetentionEntry.HOLD_ENDED, by=by, subject=current, after={"words": current.ended_reason})
    drop_work_items(current)
    return current


@deed
def keep_longer(kind: Kind, number: int, *, until: date, reason: str, by: Actor, now: datetime) -> KeptLonger:
    """Keep one record until a day, whatever its rule says before; by the number of what it goes with, if it goes with
    another. Raises NotPossible.
    """
    if not reason.strip():
        raise NotPossible(SAY_WHY)
    if until <= timezone.localtime(now).date():
        raise NotPossible(DAY_PASSED)
    if not kind.model._base_manager.filter(pk=number).exists():
        raise NotPossible(NO_RECORD)
    number = kind.goes_with([number])[number]
    made = KeptLonger.objects.create(
        rule=kind.rule,
        number=number,
        until=until,
        reason=reason.strip(),
        decided_at=now,
        decided_by_id=by.user_id,
        decided_by_label=by.label[:200],
    )
    waiting = DisposalItem.objects.filter(rule=kind.rule, number=number, state=ItemState.WAITING)
    waiting.update(state=ItemState.KEPT)
    after = {"record": kind.reference(number), "until": until, "words": made.reason}
    record(RetentionEntry.KEPT_LONGER, by=by, subject=made, after=after)
    return made


def ask_about_holds(today: date) -> None:
    """Ask whoever keeps retention about holds whose day has come: none ends by itself."""
    for hold in Hold.objects.filter(ended_at=None, until__lte=today):
        put_work_item(
            "may:retention_keep",
            "hold",
            hold,
            "Look at a legal hold again",
            "Its day has come. It holds until somebody ends it.",
            f"/retention/holds/{hold.pk}/",
            due_on=hold.until,
        )


def _refuse(
    over: HoldOver,
    rule: str,
    of: tuple[str, str],
    number: int | None,
    reason: str,
    until: date | None,
    now: datetime,
) -> None:
    if not reason.strip():
        raise NotPossible(SAY_WHY)
    if until is not None and until <= timezone.localtime(now).date():
        raise NotPossible(DAY_PASSED)
    if over == HoldOver.WHOLE:
        if of not in gatherings() or not _model(of)._base_manager.filter(pk=number or 0).exists():
            raise NotPossible(NOTHING_TO_GATHER)
        return
    if rule not in kinds():
        raise NotPossible(RULE_NOT_FOUND)
    there = kinds()[rule].model._base_manager.filter(pk=number or 0)
    if over == HoldOver.RECORD and not there.exists():
        raise NotPossible(NO_RECORD)


def _model(of: tuple[str, str]) -> type[Model]:
    return apps.get_model(*of)


def _reaches(hold: Hold, kind: Kind) -> bool:
    return hold.rule == kind.rule or (hold.app, hold.model) in kind.within


def _take_out(kind: Kind, hold: Hold) -> None:
    """Mark what waits in a disposal and is held now."""
    after = 0
    while True:
        waiting = DisposalItem.objects.filter(rule=kind.rule, state=ItemState.WAITING, number__gt=after)
        numbers = list(waiting.order_by("number").values_list("number", flat=True)[:CHUNK])
        if not numbers:
            return
        after = numbers[-1]
        waiting.filter(number__in=held_among(kind, numbers, [hold])).update(state=ItemState.HELD)


def _told(hold: Hold) -> dict[str, object]:
    return {
        "over": hold.over,
        "rule": hold.rule,
        "of": f"{hold.app}.{hold.model}".strip("."),
        "number": hold.number,
        "authority": hold.authority,
        "until": hold.until,
        "words": hold.reason,
    }
