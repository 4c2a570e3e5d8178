"""What an export holds, as sightline/definitions/export.yaml says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sightline import definitions
from sightline.carrying.choices import ExportState


@dataclass(frozen=True)
class Table:
    """One table: what of it is exported, what is not and why, and what its rows go by.

    `of`: fields that point at the records a row belongs to. `holds`: tables told of inside its rows, each with the
    field that points back here. `server_only`: only in what the command writes. `numbers`: fields that name a record by
    its number, each with what says of which table it is. `of_not`: fields that point at such a record by which the row
    does not go, and why.
    """

    label: str
    fields: tuple[str, ...]
    without: Mapping[str, str]
    of: tuple[str, ...]
    holds: Mapping[str, str]
    server_only: bool
    numbers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    of_not: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How its parts are called."""
        return self.label.lower()


@cache
def tables() -> Mapping[str, Table]:
    """Every table that is exported, by the label of its model, in the order of the definitions."""
    return {label: _table(label, said) for label, said in _said()["tables"].items()}


def _table(label: str, said: Mapping[str, Any]) -> Table:
    return Table(
        label,
        tuple(said["fields"]),
        said.get("without", {}),
        tuple(said.get("of", ())),
        said.get("holds", {}),
        said.get("server_only", False),
        said.get("numbers", {}),
        said.get("of_not", {}),
    )


def left_out() -> Mapping[str, str]:
    """Every model that is never exported, and why."""
    return dict(_said()["left_out"])


def never_of() -> Mapping[str, str]:
    """Fields of many tables that point at a record by which no row goes, and why."""
    return dict(_said()["never_of"])


def meanings() -> Mapping[str, str]:
    """What fields of many tables mean, by name."""
    return dict(_said()["meanings"])


def kept_for() -> timedelta:
    """How long a file made on the page can be fetched."""
    return timedelta(hours=_said()["kept_hours"])


def can_be_fetched(state: str, expires_at: datetime | None, now: datetime) -> bool:
    """Whether the file made on the page is there, and its time not over."""
    return state == ExportState.MADE and expires_at is not None and expires_at > now


@cache
def _said() -> Any:
    return definitions.load("export")
