"""What every step of an import shares: the refusal, holding the row, and values a database can keep."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sightline.events.choices import Actor, StaleRecord, Tier
from sightline.events.services import record, under_way
from sightline.plans.choices import ImportState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Import
from sightline.plans.services.keeping import HELD_BY, tier_of

MOVED_ON = (
    "Somebody else changed this import while you were looking. Look at it again; nothing of theirs is lost."
)
_NO_LONGER = {
    ImportState.WAITING: "The document has not been read yet.",
    ImportState.READING: "The document is being read.",
    ImportState.REFUSED: "The document could not be read.",
    ImportState.CONFIRMING: "This import is being confirmed already.",
    ImportState.CONFIRMED: "This import has been confirmed already.",
    ImportState.WITHDRAWING: "This import is being withdrawn already.",
    ImportState.WITHDRAWN: "This import has been withdrawn.",
    ImportState.DISCARDED: "This import has been discarded.",
    ImportState.PREVIEW: "This import has not been confirmed.",
}


# How many steps are done, of how many, and what is being done.
Progress = Callable[[int, int, str], None]


def nobody_watches(done: int, total: int, sentence: str) -> None:
    """Nobody waits to see how far it is."""


class ImportRefused(Exception):
    """An import cannot go on; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def held(upload: Import, states: Collection[ImportState], version: int | None = None) -> Import:
    """The import as it stands, held until the transaction ends; one that the same deed holds is given back as it is.

    Raises ImportRefused where it is in another state, StaleRecord where somebody changed it after `version`.
    """
    doing = under_way()
    live = upload
    if doing is None or upload.__dict__.get(HELD_BY) is not doing:
        live = Import.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        live.__dict__[HELD_BY] = doing
    if ImportState(live.state) not in states:
        raise ImportRefused(_NO_LONGER[ImportState(live.state)])
    if version is not None and live.version != version:
        raise StaleRecord(MOVED_ON)
    return live


def moved_on(live: Import, *changed: str) -> Import:
    """Save these columns and count the version up; what stood against an earlier attempt is no longer said."""
    live.version += 1
    if "trouble" not in changed:
        live.trouble = ""
    live.save(update_fields={*changed, "trouble", "version"})
    return live


def note(
    entry: PlanEntry,
    live: Import,
    *,
    by: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Journal a step of an import, under the tier of the plan it goes into."""
    tier = tier_of(live.plan) if live.plan else Tier.T1
    record(entry, by=by, subject=live, before=before, after=after, reason=reason, tier=tier)


def storable(value: Any) -> Any:
    """The value without what no database keeps in text: null characters and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {storable(key): storable(inner) for key, inner in value.items()}
    return [storable(inner) for inner in value] if isinstance(value, list) else value
