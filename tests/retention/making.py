"""Closed accounts that are due, and disposals of them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from sightline.access.models import Membership, User
from sightline.events.choices import SYSTEM, Actor, Way
from sightline.retention import services
from sightline.retention.choices import HoldOver
from sightline.retention.models import Certificate, Disposal, Hold
from sightline.retention.selectors import rules_in_force
from tests.access.people import LONG_AGO, member

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
BOARD = Actor("system", "test", "A test")
_number = itertools.count(1)


def nothing(done: int, total: int, sentence: str = "") -> None:
    """No progress is shown."""


def confirm(*keys: str, now: dt.datetime = NOW) -> None:
    """Confirm rules as they stand."""
    services.bring_up_to_date(now=now)
    for key in keys:
        version, rules = rules_in_force()
        if not rules[key].is_confirmed:
            services.confirm_rule(key, "The board", seen=version, by=BOARD, now=now)


def closed_account(name: str = "", ended: dt.date = dt.date(2020, 6, 30)) -> User:
    """An account whose role ended long ago and that has been closed."""
    user = member(name or f"Gone Person {next(_number)}", "lay_member")
    from sightline.access.services.memberships import end_membership

    held = Membership.objects.get(user=user)
    end_membership(held, ended, version=held.version, reason="Left", by=SYSTEM)
    user.refresh_from_db()
    from sightline.access import services as access

    user = access.let_sign_in(user, False, version=user.version, reason="Left", by=SYSTEM)
    _made_on(user, LONG_AGO)
    return user


def _made_on(user: User, day: dt.date) -> None:
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    User.objects.filter(pk=user.pk).update(created_at=moment)
    user.refresh_from_db()


def find(now: dt.datetime | None = None) -> int:
    """One night's work."""
    return services.find_due(now=now or NOW, progress=nothing)


def make_proposed(accounts: int = 2) -> Disposal:
    """A proposal to anonymise closed accounts."""
    for _ in range(accounts):
        closed_account()
    confirm("accounts")
    find()
    return Disposal.objects.get(rule="accounts", state="proposed")


def make_approved(by: Actor) -> Disposal:
    """One that waits for its second person."""
    made = make_proposed()
    return services.approve(made, Way.ANONYMISE, reason="Left long ago", version=made.version, by=by, now=NOW)


def make_certificate(by: Actor, second: Actor) -> Certificate:
    """One that was carried out."""
    made = make_approved(by)
    services.order(made, version=made.version, by=second, now=NOW)
    found = services.carry_out(made.pk, by=second, now=NOW, progress=nothing)
    assert found is not None
    return found


def make_hold(by: Actor, **over: Any) -> Hold:
    """A hold on every closed account."""
    told = {"over": HoldOver.RULE, "rule": "accounts", "reason": "An inquiry asks", **over}
    return services.place_hold(**told, by=by, now=NOW)
