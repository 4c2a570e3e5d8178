"""What every service of these logs shares: whose words a row holds, and that a list taken away is told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sightline.challenges.choices import Received
from sightline.challenges.entries import ChallengeEntry
from sightline.events.choices import Actor
from sightline.events.services import deed, entered, record


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


@deed
def note_list_taken(name: str, format: str, asked: str, *, by: Actor) -> None:
    """Journal that somebody took a list away: which one, in which format, narrowed how (the address's question)."""
    record(ChallengeEntry.LIST_TAKEN, by=by, after={"list": name, "format": format, "asked": asked[:500]})
