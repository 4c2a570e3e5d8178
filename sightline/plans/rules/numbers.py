"""The numbers of the rules, from `definitions/plan_rules.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from sightline import definitions


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the rules count with: days, slips and quarters. Each is explained in the definition file."""

    silent_after_days: int
    update_stays_fresh_days: int
    long_overdue_days: int
    due_soon_days: int
    due_soon_update_days: int
    slips_that_matter: int
    quarters_for_green: int


def numbers_from(definition: dict[str, Any]) -> Numbers:
    """The numbers of a definition. Raises ValueError where one is missing or nobody knows it."""
    given = {name: entry["value"] for name, entry in definition["numbers"].items()}
    odd = set(given) ^ {field.name for field in fields(Numbers)}
    if odd:
        raise ValueError(f"Plan rules: missing or unknown: {', '.join(sorted(odd))}.")
    return Numbers(**given)


@cache
def standard() -> Numbers:
    """The numbers that ship with Sightline (`design.md` 4a)."""
    return numbers_from(definitions.load("plan_rules"))
