"""Telling how an action stands: an update, and with it what the owner says of delivery and of what is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed
from sightline.events.services.keeping import today
from sightline.plans.choices import Dimension, ReceivedHow
from sightline.plans.models import Action, Update
from sightline.plans.selectors.refreshing import Read, read_for
from sightline.plans.services.accounts import rate, record_update
from sightline.plans.services.blocks import block, unblock
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told in one go. Empty `delivery`: nothing is said of it; `hindrance`: what is newly in the way.

    `answers`: the update answers the question that waits. `publishable`: what of the text may be published, in words
    of its own.
    """

    text: str
    dated_on: date
    said_by: str = ""
    received_how: ReceivedHow = ReceivedHow.SCREEN
    delivery: str = ""
    reason: str = ""
    hindrance: str | None = None
    can_go_on: bool = False
    answers: bool = False
    publishable: str = ""


@deed
def tell_update(action: Action, told: Telling, *, by: Actor, now: datetime) -> Update:
    """Record all of it, or nothing; lists are refreshed once, at its end. Raises Unacceptable where a part is."""
    live = held(action)
    made = record_update(
        live,
        told.text,
        as_at=told.dated_on,
        dated_on=told.dated_on,
        publishable=told.publishable,
        said_by=told.said_by,
        received_how=told.received_how,
        answers=told.answers,
        by=by,
        now=now,
        refresh=False,
    )
    read = read_for([live], today(now))
    if told.can_go_on:
        unblock(live, as_at=told.dated_on, read=read, by=by, now=now, refresh=False)
    if told.hindrance is not None:
        _hinder(live, told, read, by, now)
    if told.delivery:
        rate(
            live,
            Dimension.DELIVERY,
            told.delivery,
            as_at=told.dated_on,
            reason=told.reason,
            said_by=told.said_by,
            received_how=told.received_how,
            read=read,
            by=by,
            now=now,
            refresh=False,
        )
    refresh_current(action, now=now, read=read)
    return made


def _hinder(live: Action, told: Telling, read: Read, by: Actor, now: datetime) -> None:
    """Block the action; what is wrong with the words is said of them, and not of the rating's reason."""
    try:
        block(live, told.hindrance or "", as_at=told.dated_on, read=read, by=by, now=now, refresh=False)
    except Unacceptable as refused:
        problems = refused.problems
        raise Unacceptable({"hindrance" if k == "reason" else k: v for k, v in problems.items()}) from refused
