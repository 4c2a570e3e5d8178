"""The order of a plan's table after an import: as printed, what is not on paper kept behind what it stood behind."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.plans.models import Action
from sightline.plans.services.imports.writing import Writing


def keep_printed_order(work: Writing, printed: Sequence[int]) -> None:
    """Number the plan's actions in the order of the page."""
    wanted = [work.actions[index].pk for index in printed]
    standing = list(work.plan.actions.order_by("order", "pk"))
    places = {pk: place for place, pk in enumerate(merged_order([a.pk for a in standing], wanted))}
    moved = [action for action in standing if action.order != places[action.pk]]
    if not moved:
        return
    made = set(work.undo.get("actions", []))
    work.undo["orders"] = {str(action.pk): action.order for action in moved if action.pk not in made}
    for action in moved:
        action.order = places[action.pk]
    Action.objects.bulk_update(moved, ["order"], batch_size=500)


def merged_order(standing: Sequence[int], printed: Sequence[int]) -> list[int]:
    """`printed` in its order, each of the others right behind the one it stood behind; those first stay first."""
    on_paper, behind = set(printed), None
    followers: dict[int | None, list[int]] = {}
    for key in standing:
        if key in on_paper:
            behind = key
        else:
            followers.setdefault(behind, []).append(key)
    merged = list(followers.get(None, []))
    for key in printed:
        merged += [key, *followers.get(key, [])]
    return merged
