"""Telling people on screen how old the last backup is."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from sightline.events.choices import Subject
from sightline.events.entries import stored_name
from sightline.events.services import deed
from sightline.keeping.entries import KeepingEntry
from sightline.keeping.selectors import age_sentence, is_missing, last_backup
from sightline.messages.services import drop_work_items, put_work_item

BACKUPS = Subject("keeping", "backup", "last", "Backups")
MISSING = "backup_missing"


@deed
def tell_of_backups(*, now: datetime) -> str:
    """Ask the unit for a backup that is missing; stop asking once it is there. Returns how it stands, in a sentence.

    Nobody is asked where no backups are set up. Can be run again.
    """
    made = last_backup()
    told = age_sentence(made)
    if not is_missing(made, now):
        drop_work_items(BACKUPS)
        return told
    asked = f"{told} One is due every {settings.BACKUP_DAYS} days at the latest: ask whoever looks after the server."
    entries = urlencode({"kind": stored_name("keeping", KeepingEntry.BACKUP_MADE)})
    put_work_item(
        "unit", MISSING, BACKUPS, "A backup is missing", asked, f"{reverse('journal:list')}?{entries}"
    )
    return told
