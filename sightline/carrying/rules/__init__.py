"""What an export holds, and how it writes values: plain values, no clock."""

from sightline.carrying.rules.definitions import (
    Table,
    can_be_fetched,
    kept_for,
    left_out,
    meanings,
    never_of,
    tables,
)
from sightline.carrying.rules.manifests import Manifest, Part, TableTold, sums
from sightline.carrying.rules.values import as_cell, as_json, file_part

__all__ = [
    "Manifest",
    "Part",
    "Table",
    "TableTold",
    "as_cell",
    "as_json",
    "can_be_fetched",
    "file_part",
    "kept_for",
    "left_out",
    "meanings",
    "never_of",
    "sums",
    "tables",
]
