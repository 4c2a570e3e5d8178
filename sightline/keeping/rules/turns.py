"""Names of backups made by turns into one folder, which of them go, and when the last is too old."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sightline.keeping.choices import ENDING, OPEN_ENDING

OURS = re.compile(r"sightline-\d{8}-\d{6}Z(\.tar\.age|\.tar)")


def name_for(moment: datetime, *, encrypted: bool) -> str:
    """The name of a backup made at this moment, in UTC, so that names sort by age."""
    return f"sightline-{moment.astimezone(UTC):%Y%m%d-%H%M%S}Z{ENDING if encrypted else OPEN_ENDING}"


def surplus(names: Iterable[str], keep: int) -> list[str]:
    """The backups that go where only the newest `keep` stay; what is not named as ours is never among them."""
    ours = sorted((name for name in names if OURS.fullmatch(name)), reverse=True)
    return ours[max(1, keep) :]


def too_old(made: datetime | None, now: datetime, days: int) -> bool:
    """Whether no whole backup was made within so many days."""
    return made is None or now - made > timedelta(days=days)
