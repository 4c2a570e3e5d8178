"""How several owners are written, and how a group is found among them."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.plans.choices import OwnerRole


def in_words(owners: Iterable[tuple[str, str]]) -> str:
    """Owners (name and role) in one line, leads first: "Police; QA Group (support)"."""
    ranked = sorted(owners, key=lambda owner: owner[1] != OwnerRole.LEAD)
    return "; ".join(f"{name} (support)" if role == OwnerRole.SUPPORT else name for name, role in ranked)


def listed(keys: Iterable[str]) -> str:
    """Keys with a comma on both sides of each, ",one,two,": found alike on both databases; "" where there is none."""
    found = list(keys)
    return f",{','.join(found)}," if found else ""


def as_listed(key: str) -> str:
    """What to look for in a text that `listed` wrote."""
    return f",{key},"
