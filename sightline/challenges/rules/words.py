"""How sentences about challenges write days."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(value: date | None) -> str:
    """30 September 2018; nothing for no day."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""
