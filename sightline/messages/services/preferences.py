"""How often somebody is written to: chosen by themselves, and news stopped by the link in an e-mail."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from sightline.events.choices import Actor, StaleRecord, Subject
from sightline.events.services import deed, record
from sightline.messages.choices import HowOften
from sightline.messages.entries import MailEntry
from sightline.messages.models import Preference

_SIGNER = Signer(salt="sightline.messages.stop-news")


class StopOver(Exception):
    """The link was guessed, or its account is closed: all the same to whoever asks. `sentence` is fit to show."""

    sentence = "This link is none of ours, or its account is closed. No news goes to anybody because of it."


def stop_address(user_id: int) -> str:
    """Where one person's news is stopped, in whole: signed, so that it cannot be guessed, and nothing is kept of it.

    It goes on working for as long as the account is open: somebody may open an old e-mail.
    """
    return settings.SITE_ADDRESS + reverse("outbox:stop", args=[_SIGNER.sign(str(user_id)).replace(":", ".")])


def whose_news(secret: str) -> int:
    """Whose news this link stops; reads and nothing else. Raises StopOver."""
    try:
        user_id = int(_SIGNER.unsign(secret.replace(".", ":")))
    except (BadSignature, ValueError):
        raise StopOver from None
    if not get_user_model()._default_manager.filter(pk=user_id, is_active=True).exists():
        raise StopOver
    return user_id


@deed
def stop_news(user_id: int, now: datetime) -> None:
    """Stop news by e-mail for whoever has the link. Duties still come, and everything stands in the list."""
    by = Actor("link", f"stop-news link {user_id}", "the link in an e-mail")
    _keep(user_id, None, HowOften.NEVER, by=by, now=now, entry=MailEntry.NEWS_STOPPED)


@deed
def choose(
    user_id: int, duty: HowOften, news: HowOften, *, version: int, by: Actor, now: datetime
) -> Preference:
    """Choose how often one is written to. Version 0: no choice yet. Raises StaleRecord."""
    standing = Preference.objects.select_for_update().filter(user_id=user_id).first()
    if (standing.version if standing else 0) != version:
        raise StaleRecord
    return _keep(user_id, duty, news, by=by, now=now, entry=MailEntry.PREFERENCES_CHOSEN)


def _keep(
    user_id: int, duty: HowOften | None, news: HowOften, *, by: Actor, now: datetime, entry: MailEntry
) -> Preference:
    found = Preference.objects.select_for_update().filter(user_id=user_id).first()
    before = {"duty": found.duty, "news": found.news} if found else {}
    if found is None:
        found = Preference(user_id=user_id, version=0)
    found.duty, found.news = (duty or HowOften(found.duty)).value, news.value
    found.version, found.changed_at = found.version + 1, now
    found.save()
    subject = Subject("outbox", "preference", str(user_id), "How often somebody is written to")
    record(entry, by=by, subject=subject, before=before, after={"duty": found.duty, "news": found.news})
    return found
