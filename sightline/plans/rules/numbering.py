"""Printed numbers are text; only their order is ours (`documents.md` A5)."""

from __future__ import annotations

import re

_PART = re.compile(r"\d+|[^\W\d_]+")
SORT_LENGTH = 100


def sort_key(number: str) -> str:
    """A text that sorts numbers as people do: 2.9 before 2.10 before 2.11; 1.1 before 1.1a; no number comes last."""
    parts = [p.zfill(6) if p.isdigit() else p.lower() for p in _PART.findall(number)]
    return "".join(f"{part} " for part in parts)[:SORT_LENGTH].rstrip() or "zzzzzz"
