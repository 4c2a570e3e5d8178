"""How values stand in an export: plain JSON, and the same as the text of a CSV cell."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from pathlib import PurePosixPath
from typing import Any

from sightline.carrying.choices import FILES

_ENDING = re.compile(r"\.[a-z0-9]{1,8}")


def as_json(value: Any) -> Any:
    """A value as JSON has it: moments in UTC, days and times in ISO 8601. Raises TypeError for what has no form."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    raise TypeError(f"An export has no form for a {type(value).__name__}.")


def as_cell(value: Any) -> str:
    """What `as_json` gave, as the text of a cell: lists and objects as JSON, nothing as an empty text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def file_part(sha256: str, stored_name: str) -> str:
    """The part that holds a stored file: named by its bytes, with the ending that it has in the store."""
    ending = PurePosixPath(stored_name).suffix.lower()
    return f"{FILES}{sha256}{ending if _ENDING.fullmatch(ending) else ''}"
