"""Reading the outbox and the work items."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from sightline.events.choices import Tier
from sightline.messages.choices import MailState
from sightline.messages.models import OutgoingMail, WorkItem

OPEN_TIERS = (Tier.T0.value, Tier.T1.value, Tier.T2.value)


def work_items(work_keys: Collection[str]) -> QuerySet[WorkItem]:
    """What needs the holder of these keys (`Scope.work_keys`), soonest due first, undated last.

    Child-level and restricted items (T3, T4) are never among them: they stand on their record's own page.
    """
    return WorkItem.objects.filter(for_scope__in=work_keys, tier__in=OPEN_TIERS)


def mail() -> QuerySet[OutgoingMail]:
    """Every mail, newest first. For the unit alone: views ask for JOBS_VIEW."""
    return OutgoingMail.objects.order_by("-id")


def unsent_mail() -> QuerySet[OutgoingMail]:
    """Mail that no server has taken yet, given up or not."""
    return OutgoingMail.objects.exclude(state=MailState.SENT)
