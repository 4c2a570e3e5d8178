"""What of the outbox is disposed of once it was kept long enough."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import F, QuerySet

from sightline.events.choices import Way
from sightline.events.disposing import Doing, Kind, end_of
from sightline.events.services.forgetting import forget_in
from sightline.messages.choices import MailState
from sightline.messages.models import Bounce, Notice, OutgoingMail
from sightline.messages.services import dispose_of_bounces, dispose_of_mail, dispose_of_notices, forget_reader


def _past(day: date) -> QuerySet[OutgoingMail]:
    done = OutgoingMail.objects.exclude(state=MailState.WAITING)
    return done.filter(created_at__lt=end_of(day)).annotate(since=F("created_at"))


def _told(day: date) -> QuerySet[Notice]:
    return Notice.objects.filter(made_at__lt=end_of(day)).annotate(since=F("made_at"))


def _returned(day: date) -> QuerySet[Bounce]:
    """An address that fails goes on failing, however long ago its e-mail came back."""
    over = Bounce.objects.exclude(is_hard=True, ended_at=None)
    return over.filter(came_at__lt=end_of(day)).annotate(since=F("came_at"))


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they did, and all that was told to them and chosen by them."""
    gone = forget_in(apps.get_app_config("outbox").get_models(), user_id, name)
    return gone + forget_reader(user_id, doing)


offered = [
    Kind("mail", OutgoingMail, _past, {Way.DELETE: dispose_of_mail}, "E-mail"),
    Kind("notices", Notice, _told, {Way.DELETE: dispose_of_notices}, "Notification"),
    Kind("bounces", Bounce, _returned, {Way.DELETE: dispose_of_bounces}, "E-mail that came back"),
]
