"""What an export holds, as sightline/definitions/export.yaml says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from sightline import definitions


@dataclass(frozen=True)
class Table:
    """One table: what of it is exported, what is not and why, and what its rows go by.

    `of`: fields that point at the records a row belongs to. `holds`: tables told of inside its rows, each with the
    field that points back here. `server_only`: only in what the command writes.
    """

    label: str
    fields: tuple[str, ...]
    without: Mapping[str, str]
    of: tuple[str, ...]
    holds: Mapping[str, str]
    server_only: bool

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
    )


def left_out() -> Mapping[str, str]:
    """Every model that is never exported, and why."""
    return dict(_said()["left_out"])


def meanings() -> Mapping[str, str]:
    """What fields of many tables mean, by name."""
    return dict(_said()["meanings"])


def kept_for() -> timedelta:
    """How long a file made on the page can be fetched."""
    return timedelta(hours=_said()["kept_hours"])


@cache
def _said() -> Any:
    return definitions.load("export")
