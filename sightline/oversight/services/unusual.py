"""Noticing unusual access, and answering it. Nothing is blocked: somebody is asked to look."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.access.selectors import memberships_with
from sightline.events.choices import SYSTEM, Actor, StaleRecord, Subject, Tier
from sightline.events.services import deed, record
from sightline.messages.services import drop_work_items, put_work_item
from sightline.oversight.choices import WORDS_NEEDED, AlertState, NotYet, Unusual
from sightline.oversight.entries import OversightEntry
from sightline.oversight.models import Alert, Answer, LookedAt
from sightline.oversight.rules.numbers import answer_within, unusual_rules
from sightline.oversight.rules.unusual import Found, unusual_in
from sightline.oversight.selectors import days_of, last_day_looked_at
from sightline.oversight.services.telling import FOR_MANAGERS, tell_holders

KIND = "unusual"
# Where no worker ran for longer, what lies before is not looked at any more.
MOST_DAYS = 31
ROLE = Subject("access", "role", "data_protection", "Data protection")
FOR_DATA_PROTECTION = f"may:{Permission.JOURNAL_SAMPLE.value}"


def look_at_days(now: datetime) -> int:
    """Look at each day that is over and has not been looked at. Returns how much was noticed."""
    ask_for_somebody(timezone.localtime(now).date())
    today, last = timezone.localtime(now).date(), last_day_looked_at()
    first = max(
        last + timedelta(days=1) if last else today - timedelta(days=1), today - timedelta(days=MOST_DAYS)
    )
    days = [first + timedelta(days=more) for more in range((today - first).days)]
    return sum(look_at(day, now) for day in days)


@deed
def ask_for_somebody(today: date) -> None:
    """Where nobody looks after data protection, ask whoever gives roles to give somebody that one."""
    if memberships_with(Permission.JOURNAL_SAMPLE, today).exists():
        drop_work_items(ROLE, KIND)
        return
    put_work_item(
        FOR_MANAGERS,
        KIND,
        ROLE,
        "Nobody looks at unusual access",
        "Give somebody the role Data protection: unusual access and the monthly sample of the journal wait for them.",
        reverse("partners:accounts"),
    )


@deed
def look_at(day: date, now: datetime) -> int:
    """Look at one day, once: raise what is unusual, and tell whoever looks after it."""
    _, is_new = LookedAt.objects.get_or_create(day=day, defaults={"moment": now})
    if not is_new:
        return 0
    found = [(who, one) for who, did in days_of(day).items() for one in unusual_in(did, unusual_rules())]
    people = User.objects.in_bulk({who for who, _ in found})
    raised = [_raise(people[who], day, one, now) for who, one in sorted(found, key=_order) if who in people]
    if raised:
        tell_holders(
            Permission.JOURNAL_SAMPLE,
            "Sightline: unusual access to look at",
            f"Unusual access was noticed on {day.day} {day:%B %Y} ({len(raised)}). Nothing was blocked. "
            "Please look at it and say whether it is explained:",
            reverse("oversight:unusual"),
            key=f"unusual-{day.isoformat()}",
        )
    return len(raised)


def _order(pair: tuple[int, Found]) -> tuple[int, str]:
    return pair[0], pair[1].rule.value


def _raise(account: User, day: date, found: Found, now: datetime) -> Alert:
    raised = Alert.objects.create(
        account=account, rule=found.rule.value, day=day, figure=found.figure, usual=found.usual, found_at=now
    )
    record(
        OversightEntry.ALERT_RAISED,
        by=SYSTEM,
        subject=raised,
        after={"rule": raised.rule, "day": day, "figure": found.figure, "usual": found.usual},
        tier=Tier.T2,
    )
    _ask(raised, now)
    return raised


def _ask(alert: Alert, now: datetime) -> None:
    """Put it among what needs data protection."""
    put_work_item(
        FOR_DATA_PROTECTION,
        KIND,
        alert,
        f"Unusual access: {unusual_rules()[Unusual(alert.rule)].name.lower()}",
        f"On {alert.day.day} {alert.day:%B %Y}. {alert.sentence} Say whether it is explained.",
        reverse("oversight:alert", args=[alert.pk]),
        due_on=timezone.localtime(now).date() + answer_within(),
        tier=Tier.T2,
    )


@deed
def answer(alert: Alert, state: AlertState, words: str, *, version: int, by: Actor, now: datetime) -> Alert:
    """Say what was found out. Explained takes it off what waits; followed up leaves it there until it is explained.

    Raises StaleRecord where somebody else answered meanwhile, NotYet without words.
    """
    current = Alert.objects.select_for_update(of=("self",)).select_related("account").get(pk=alert.pk)
    if current.version != version:
        raise StaleRecord
    if not words.strip():
        raise NotYet(WORDS_NEEDED)
    Answer.objects.create(
        alert=current, state=state.value, words=words.strip(), by_id=by.user_id, by_label=by.label, moment=now
    )
    before = current.current_state
    current.current_state, current.version = state.value, current.version + 1
    current.save(update_fields=["current_state", "version"])
    record(
        OversightEntry.ALERT_ANSWERED,
        by=by,
        subject=current,
        before={"state": before},
        after={"state": state.value, "words": words.strip()},
        tier=Tier.T2,
    )
    if state == AlertState.EXPLAINED:
        drop_work_items(current, KIND)
    elif before == AlertState.EXPLAINED:
        _ask(current, now)
    return current
