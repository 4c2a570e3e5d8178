"""Invented papers of an invented county, each with its truth, and how a reading is held against it.

`plan.txt` and `addendum.txt` are twins of published papers: other words, the same faults. The truth was written by
hand beside the paper, in the conventions of the shared material, not made by reading it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_KINDS = {
    "milestone_by_date": "milestone",
    "review_by_date": "review",
    "review_month": "review",
    "report_to_board_month": "report_to_board",
    "two_dates": "by_date",
}
Truth = dict[str, Any]


def truth(name: str) -> Truth:
    """The truth written for a paper."""
    found: Truth = json.loads((FOLDER / f"{name}.truth.json").read_text(encoding="utf-8"))
    return found


def letters(text: str) -> str:
    """A text as it is compared: letters and figures only, so that no printing of it matters."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def begins(text: str, start: str) -> bool:
    """Whether a cell begins as the truth says; an empty start is an empty cell."""
    return letters(text).startswith(letters(start)) if start else not text


def wrong_rows(expected: Truth, rows: list[dict[str, Any]]) -> list[str]:
    """Every cell of every row that is not as the truth says, in words. Rows are compared in order."""
    found = [] if len(rows) == len(expected["rows"]) else [f"{len(rows)} rows, not {len(expected['rows'])}"]
    printed = {row["line"]: row for row in expected["rows"]}
    for want, row in zip(expected["rows"], rows, strict=False):
        name = f"line {want['line']} ({want['number_raw'] or want['action_start'][:20]})"
        found += [
            f"{name}: {field} is {got!r}, not {right!r}"
            for field, got, right in _cells(want, row)
            if got != right
        ]
        above = printed[want["outcome_from_line"]]
        texts = (
            ("action", want["action_start"]),
            ("update", want["update_start"]),
            ("outcome", above["outcome_start"]),
        )
        found += [
            f"{name}: {field} begins {row[field][:60]!r}"
            for field, start in texts
            if not begins(row[field], start)
        ]
    return found


def _cells(want: Truth, row: dict[str, Any]) -> list[tuple[str, object, object]]:
    wanted_kind = _KINDS.get(want["timescale"]["kind"], want["timescale"]["kind"])
    references = {(_reference(kind), number) for kind, _, number in want["refs"]}
    cells: list[tuple[str, object, object]] = [
        ("numbers", row["numbers"], want["numbers"]),
        ("priority", row["priority"], str(want["priority"])),
        ("rating", row["rating"], want["rag"]),
        ("timescale kind", row["timescale"]["kind"], wanted_kind),
        ("dates", row["timescale"]["dates"], want["timescale"]["dates"]),
        ("owners inherited", row["owners_inherited"], want["owners_inherited"]),
        ("outcome inherited", row["outcome_inherited"], want["outcome_from_line"] != want["line"]),
        ("sources", row["sources"], re.findall(r"\d+", want["ofsted_raw"])),
        ("references", {(r["kind"], r["number"]) for r in row["references"]}, references),
    ]
    if want["owners"]:
        cells.append(("owners", [letters(o) for o in row["owners"]], [letters(o) for o in want["owners"]]))
    return cells


def _reference(kind: str) -> str:
    return {"external": "other_plan", "internal_link": "same_plan"}.get(kind, kind)


def wrong_recommendations(expected: Truth, read: list[dict[str, Any]]) -> list[str]:
    """Every part of every recommendation that is not as the truth says, in words."""
    wanted = expected["recommendations"]
    found = [] if len(read) == len(wanted) else [f"{len(read)} recommendations, not {len(wanted)}"]
    for want, one in zip(wanted, read, strict=False):
        name = f"recommendation {want['number']}"
        starts = [paragraph["start"] for paragraph in want["response_paragraphs"]]
        addressed = re.sub(r"^The ", "", want["addressed_to"])
        pairs: list[tuple[str, object, object]] = [
            ("number", one["number"], str(want["number"])),
            ("title", one["title"], want["short_title"] or ""),
            ("paragraphs", len(one["response"]), len(starts)),
            ("addressed to", " and ".join(one["addressed_to"]), addressed),
        ]
        found += [f"{name}: {field} is {got!r}, not {right!r}" for field, got, right in pairs if got != right]
        found += [
            f"{name}: no response begins {s!r}"
            for s in starts
            if not any(begins(r, s) for r in one["response"])
        ]
    return found
