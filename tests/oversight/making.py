"""Unusual access and samples for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from sightline.access.entries import AccessEntry
from sightline.access.models import User
from sightline.access.services import mark_supplier
from sightline.events.choices import SYSTEM, Subject, Tier
from sightline.events.entries import EventEntry
from sightline.events.models import Entry, Seal
from sightline.events.services import record, seal
from sightline.oversight.models import AccessReview, Alert, Sample, SampledEntry, SupportSession
from sightline.oversight.services.reviews import open_review
from sightline.oversight.services.support import open_session
from tests.access.people import person


def noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def make_alert(account: User, rule: str = "volume", **more: Any) -> Alert:
    given = {"day": dt.date(2026, 11, 3), "figure": 80, "usual": 9, "found_at": timezone.now()} | more
    return Alert.objects.create(account=account, rule=rule, **given)


def make_sample(entries: list[Entry] | None = None, month: dt.date = dt.date(2026, 10, 1)) -> Sample:
    """A sample of these entries, or of one that says somebody signed in."""
    drawn = entries or [record(AccessEntry.SIGNED_IN, by=SYSTEM, after={"how": "password"}, reason="Said so")]
    seal(timezone.now())
    head = Seal.objects.latest("sequence").head
    sample = Sample.objects.create(
        month=month, head=head, population={"sign_ins": 7}, drawn_at=timezone.now()
    )
    SampledEntry.objects.bulk_create(
        SampledEntry(sample=sample, position=n, kind="sign_ins", entry_number=entry.pk)
        for n, entry in enumerate(drawn, start=1)
    )
    return sample


def opened_case(user: User, title: str = "Case 7", moment: dt.datetime | None = None, **more: Any) -> Entry:
    """An entry that tells of an opened restricted record that no guard knows."""
    about = Subject("shop", "case", "7", title)
    return at(moment, record(EventEntry.RECORD_VIEWED, by=user.actor, subject=about, tier=Tier.T4, **more))


def at(moment: dt.datetime | None, entry: Entry) -> Entry:
    """The same entry as if it had been written at another moment: made anew, since none can be changed."""
    if moment is None:
        return entry
    entry.pk, entry.moment = None, moment
    entry.save(force_insert=True)
    return entry


def make_review(today: dt.date | None = None) -> AccessReview:
    """The review of what is held today."""
    made = open_review(today or timezone.localdate())
    assert made is not None
    return made


def make_supplier(name: str = "Sid Supplier") -> User:
    """An account of whoever supplies Sightline."""
    return mark_supplier(person(name), True, on=timezone.localdate(), reason="Theirs", by=SYSTEM)


def make_support(by: User, role: str = "lay_member", hours: int = 2, **more: Any) -> SupportSession:
    """A session that lets them in, opened by this person."""
    given = {"opens_confidential": False, "by": by.actor, "now": timezone.now()} | more
    return open_session(make_supplier(), role, hours, "The import stands still", **given)
