"""The record that an item of an agenda is about: as it was found, and as an item keeps it."""

from __future__ import annotations

from sightline.access.tabling import Tabled
from sightline.events.choices import Tier
from sightline.meetings.models import Item

NOTHING = Tabled("", "", "", "", "")


def columns(about: Tabled) -> dict[str, str]:
    """The columns of an item about the record."""
    return {
        "about_app": about.app,
        "about_model": about.model,
        "about_id": about.id,
        "about_label": about.label,
        "about_url": about.url,
    }


def kept(item: Item) -> Tabled:
    """What an item is about already, as it stands; never less sensitive than the item."""
    said = (item.about_app, item.about_model, item.about_id, item.about_label, item.about_url)
    return Tabled(*said, Tier(item.tier))
