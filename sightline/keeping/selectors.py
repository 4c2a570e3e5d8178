"""Reading when the last backup was made."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from sightline.events.entries import stored_name
from sightline.events.models import Entry
from sightline.keeping.entries import KeepingEntry
from sightline.keeping.rules import too_old

# So many backups are looked at for one that is whole.
NEWEST = 100


def last_backup() -> datetime | None:
    """When the last whole backup was made, as the journal tells; None where none of the newest was whole."""
    for entry in _made()[:NEWEST]:
        after = entry.after_values
        if not after.get("missing") and not after.get("changed"):
            return entry.moment
    return None


def _made() -> QuerySet[Entry]:
    """The entries of all backups, the newest first."""
    return Entry.objects.filter(type=stored_name("keeping", KeepingEntry.BACKUP_MADE)).order_by("-pk")


def is_missing(made: datetime | None, now: datetime) -> bool:
    """Whether a backup is due, the last whole one being of then; none is where nobody set up any."""
    return bool(settings.BACKUP_RECIPIENTS) and too_old(made, now, settings.BACKUP_DAYS)


def backup_sentence(now: datetime) -> str:
    """What is to be said of backups: empty while none is missing."""
    made = last_backup()
    if not is_missing(made, now):
        return ""
    due = f"One is due every {settings.BACKUP_DAYS} days at the latest: see `sightline backup --help`."
    return f"{age_sentence(made)} {due}"


def age_sentence(made: datetime | None) -> str:
    """Of which day the last whole backup is."""
    if made is None:
        # Those before are not read.
        is_long = _made()[NEWEST - 1 : NEWEST].exists()
        return f"None of the last {NEWEST} backups was whole." if is_long else "No whole backup was made yet."
    return f"The last whole backup is of {timezone.localtime(made):%-d %B %Y}."
