"""The declarations of interest of a meeting, as its page, the minutes and the pack tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from sightline.events.choices import Tier
from sightline.meetings.models import Interest, Meeting


@dataclass(frozen=True)
class InterestShown:
    """One declaration. `mistake` leads to where it is taken back."""

    who: str
    item: str
    text: str
    part: str
    is_confidential: bool
    mistake: str


@dataclass(frozen=True)
class Interests:
    """All of them. `says`: what is known where there is none; `declare` leads to where one is written down."""

    rows: tuple[InterestShown, ...]
    says: str
    declare: str
    mistake: str = ""


def interests_shown(
    meeting: Meeting, found: Iterable[Interest], places: Mapping[int, int], *, writes: bool
) -> Interests:
    """The declarations of a meeting; `places` of its items on the agenda, by number."""
    rows, nil = [], ""
    says = "Nobody has said yet whether an interest was declared."
    for each in found:
        back = reverse("meetings:interest_mistake", args=[each.pk]) if writes else ""
        if each.is_nil:
            says, nil = "Everybody was asked, and nobody declared an interest.", back
            continue
        place = places.get(each.item_id or 0)
        item = f"{place}. {each.item}" if place else ""
        confidential = each.tier != Tier.T1
        rows.append(InterestShown(each.who, item, each.text, each.part_label, confidential, back))
    declare = reverse("meetings:interest_new", args=[meeting.pk]) if writes else ""
    return Interests(tuple(rows), says, declare, nil)
