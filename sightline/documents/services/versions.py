"""Keeping a newer version of a file: it takes the place of the newest one, and what it replaces stays as it is."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.documents.choices import FileRefused
from sightline.documents.models import Document
from sightline.documents.selectors import versions_of
from sightline.documents.services.storing import Looked, store
from sightline.events.choices import Actor, StaleRecord, Tier
from sightline.events.services import deed


@deed
def store_version(looked: Looked, before: Document, *, tier: Tier, by: Actor, now: datetime) -> Document:
    """Keep a file as the version that follows `before`, as closely as that at least.

    Raises FileRefused where a version has the same bytes, and StaleRecord where `before` is the newest no longer.
    """
    standing = list(versions_of(before).select_for_update(of=("self",)))
    if same := next((each for each in standing if each.sha256 == looked.sha256), None):
        raise FileRefused(
            f"“{looked.name}” is the same file as version {same.version}, “{same.name}”. It was not kept again."
        )
    newest = standing[-1]
    if newest.pk != before.pk:
        raise StaleRecord(_came_first(newest))
    try:
        # Two who read at one moment both find `before` the newest; the constraints let one of them follow it.
        with transaction.atomic():
            [made] = store([looked], tier=max(tier, Tier(newest.tier)), by=by, now=now, before=newest)
    except IntegrityError as taken:
        raise StaleRecord(_came_first(None)) from taken
    return made


def _came_first(newest: Document | None) -> str:
    when = (
        f", version {newest.version}, on {timezone.localtime(newest.stored_at):%-d %B %Y}" if newest else ""
    )
    return f"Somebody put a newer version here before you{when}. Yours was not kept: look at theirs first."
