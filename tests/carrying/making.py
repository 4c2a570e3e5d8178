"""Whole exports for tests, with a small file in the place of a whole one."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sightline.access.models import User
from sightline.carrying.choices import ExportState
from sightline.carrying.models import WholeExport

CONTENT = b"PK\x05\x06" + b"\x00" * 18


def make_export(user: User, now: datetime, **given: Any) -> WholeExport:
    """One that was made and can be fetched, unless something else is said."""
    values: dict[str, Any] = {
        "reason": "Moving to another system",
        "asked_at": now,
        "asked_by": user,
        "asked_by_label": user.name,
        "state": ExportState.MADE,
        "made_at": now,
        "expires_at": now + timedelta(hours=48),
        "kept_as": "whole-exports/made.zip",
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "size": len(CONTENT),
        "rows": 12,
    } | given
    values["kept_as"] = default_storage.save(values["kept_as"], ContentFile(CONTENT))
    return WholeExport.objects.create(**values)
