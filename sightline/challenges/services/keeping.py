"""How every service here keeps its promises: nothing undated, no change unseen, what is taken away is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from sightline.challenges.choices import Received
from sightline.challenges.entries import ChallengeEntry
from sightline.events.choices import Actor, StaleRecord, Tier
from sightline.events.services import deed, entered, record
from sightline.identifying import Finding
from sightline.partners.choices import Unacceptable
from sightline.screens.words import day

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a day, and whose they are where somebody types them for others."""

    text: str
    as_at: date
    said_by: str = ""
    received_how: Received = Received.SCREEN


def stamp(by: Actor, now: datetime, said_by: str = "", how: Received = Received.SCREEN) -> dict[str, Any]:
    """The columns of a `Told` row."""
    return {
        **entered(by, now),
        "said_by": said_by.strip(),
        "received_how": how.value,
    }


def held(found: M, version: int, *parties: str) -> M:
    """The record as it stands now, held, with those it is tied to. Raises StaleRecord where it moved on from this."""
    rows = type(found)._default_manager.select_for_update(of=("self",)).select_related(*parties)
    live: M = rows.get(pk=found.pk)
    if live.version != version:  # type: ignore[attr-defined]  # every record of ours has one
        raise StaleRecord
    return live


def need(texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Each text without blanks around it, by field. Raises Unacceptable with the sentences of those left empty."""
    kept = {field: text.strip() for field, (text, _) in texts.items()}
    if missing := {field: texts[field][1] for field, text in kept.items() if not text}:
        raise Unacceptable(missing)
    return kept


def not_ahead(as_at: date, now: datetime, field: str = "as_at") -> None:
    """Raises Unacceptable where a day lies in the future: nothing is known as at tomorrow."""
    if as_at > timezone.localdate(now):
        raise Unacceptable({field: f"{day(as_at)} lies ahead. Give today or a day before."})


def changed(found: Model, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what differs, and return it as it was and as it is; whoever calls saves."""
    differing = {name: value for name, value in values.items() if getattr(found, name) != value}
    before = {name: _plain(getattr(found, name)) for name in differing}
    for name, value in differing.items():
        setattr(found, name, value)
    return before, {name: _plain(value) for name, value in differing.items()}


def _plain(value: Any) -> Any:
    return {"id": value.pk, "name": str(value)} if isinstance(value, Model) else value


@deed
def note_list_taken(name: str, format: str, asked: str, *, by: Actor) -> None:
    """Journal that somebody took a list away: which one, in which format, narrowed how (the address's question)."""
    record(ChallengeEntry.LIST_TAKEN, by=by, after={"list": name, "format": format, "asked": asked[:500]})


@deed
def note_kept_knowingly(page: str, telling: Iterable[Finding], because: str, *, by: Actor) -> None:
    """Journal that what may tell who a child is was kept: on which page, of which kind, and why. Never the words."""
    after = {"page": page, "kinds": sorted({each.kind.value for each in telling}), "because": because}
    record(ChallengeEntry.KEPT_KNOWINGLY, by=by, after=after, tier=Tier.T2)
