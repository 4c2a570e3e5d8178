"""The key that seals the journal. It lives outside the database and outside its backups."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from sightline.events.canonical import key_print
from sightline.events.choices import JournalKeyMissing

SHORTEST_KEY = 32


def journal_key() -> bytes:
    """The key from the settings (JOURNAL_KEY, or the file JOURNAL_KEY_FILE). Raises JournalKeyMissing."""
    return _current()


def key_ring() -> dict[str, bytes]:
    """Every key that the journal may be sealed with, by fingerprint: today's, then those before it, newest first."""
    return {key_print(key): key for key in (_current(), *_old())}


def _old() -> list[bytes]:
    return [str(key).encode() for key in getattr(settings, "JOURNAL_OLD_KEYS", ())]


def _current() -> bytes:
    given = getattr(settings, "JOURNAL_KEY", "") or ""
    key = given if isinstance(given, bytes) else str(given).encode()
    file = getattr(settings, "JOURNAL_KEY_FILE", None)
    if not key and file and Path(file).is_file():
        key = Path(file).read_bytes().strip()
    if len(key) < SHORTEST_KEY:
        raise JournalKeyMissing(
            "The journal key is missing or shorter than 32 signs. Set SIGHTLINE_JOURNAL_KEY_FILE to a file "
            "outside the database and its backups that holds one."
        )
    return key
