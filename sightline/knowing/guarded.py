"""What the journal asks of the wall: who reads entries about records behind it; the tables the net lies under."""

from __future__ import annotations

from sightline.events.guards import Guard
from sightline.events.net import Covered
from sightline.knowing import selectors
from sightline.knowing.models import Conflict, Glass, Listed
from sightline.knowing.registry import Kind
from sightline.knowing.wall import visible_to


def guard_of(kind: Kind) -> Guard:
    """The journal's guard of a kind behind the wall."""
    return Guard(
        kind.key[0],
        kind.model,
        lambda reader: visible_to(reader, kind.model._base_manager.all()),
        kind.address,
    )


def beside(app: str, model: str, number: int) -> dict[tuple[str, str], list[int]]:
    """What we keep about a record, for its time line."""
    return selectors.numbers_about(app, model, number)


offered = [
    Guard("knowing", Listed, selectors.visible_listings),
    Guard("knowing", Conflict, selectors.register_of_conflicts),
    Guard("knowing", Glass, selectors.visible_glass),
]
_ABOUT = ("user_id", "app", "model", "number")
# Reasons and findings may name somebody, so the net notes only that they changed.
NETTED = [
    Covered(
        "knowing",
        "listed",
        "knowing_listed",
        shown=(*_ABOUT, "starts_on", "ends_on", "ended_at"),
        named=("reason", "ended_reason"),
    ),
    Covered(
        "knowing",
        "conflict",
        "knowing_conflict",
        # Whose it was goes with it, and what the net noted stays.
        shown=(*_ABOUT[1:], "starts_on", "ended_at"),
        named=("user_id", "reference", "reason", "ended_reason"),
    ),
    Covered(
        "knowing",
        "glass",
        "knowing_glass",
        shown=(*_ABOUT, "opened_at", "closes_at", "closed_at", "reviewed_at"),
        named=("reference", "reason", "finding"),
    ),
]
