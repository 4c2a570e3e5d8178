"""System checks of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from sightline.events import triggers


def check_triggers(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each trigger of the journal that is gone, once its tables stand."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if not triggers.tables() <= set(connection.introspection.table_names()):
            continue
        errors += [
            Error(
                f"The journal's trigger {name} is missing, so its rows could be changed.",
                hint="Run the migrations again: they put it back. Then verify the journal.",
                id="events.E001",
            )
            for name in triggers.missing(connection)
        ]
    return errors
