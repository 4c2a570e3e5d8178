"""What of the outbox is disposed of once it was kept long enough."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from sightline.events.choices import Way
from sightline.events.disposing import Kind, end_of
from sightline.messages.choices import MailState
from sightline.messages.models import OutgoingMail
from sightline.messages.services import dispose_of_mail


def _past(day: date) -> QuerySet[OutgoingMail]:
    done = OutgoingMail.objects.exclude(state=MailState.WAITING)
    return done.filter(created_at__lt=end_of(day)).annotate(since=F("created_at"))


offered = [Kind("mail", OutgoingMail, _past, {Way.DELETE: dispose_of_mail}, "E-mail")]
