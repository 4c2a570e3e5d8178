"""The record that an item of an agenda is about, found by its address or its reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.urls import Resolver404, resolve, reverse

from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.events.choices import Tier
from sightline.plans.selectors.ledger import recommendations_visible_to
from sightline.plans.selectors.visible import (
    actions_visible_to,
    plans_visible_to,
    reports_visible_to,
    sources_visible_to,
)

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

Load = Callable[["Reader", Mapping[str, Any]], Any]
# By the name of a record's page: what its kind is called, and how it is loaded, as far as somebody may read it.
KINDS: dict[str, tuple[str, Load]] = {
    "plans:action": ("Action", lambda user, at: actions_visible_to(user).get(reference=at["reference"])),
    "plans:plan": ("Plan", lambda user, at: plans_visible_to(user).get(key=at["key"])),
    "plans:source": ("Source", lambda user, at: sources_visible_to(user).get(key=at["key"])),
    "plans:recommendation": (
        "Recommendation",
        lambda user, at: recommendations_visible_to(user).select_related("source").get(pk=at["number"]),
    ),
    "plans:report": ("Exception report", lambda user, at: reports_visible_to(user).get(pk=at["number"])),
    "challenges:challenge": ("Challenge", lambda user, at: challenges_visible_to(user).get(pk=at["number"])),
}


@dataclass(frozen=True)
class About:
    """A record: where it is, and words for it that tell nothing of it. `tier`: as sensitive as it is."""

    app: str
    model: str
    id: str
    label: str
    url: str
    tier: Tier = Tier.T1

    @property
    def columns(self) -> dict[str, str]:
        """The columns of an item."""
        return {
            "about_app": self.app,
            "about_model": self.model,
            "about_id": self.id,
            "about_label": self.label,
            "about_url": self.url,
        }


NOTHING = About("", "", "", "", "")


def record_at(user: Reader, text: str) -> About | None:
    """The record of this address ("https://…/actions/SL-00012/") or reference ("SL-00012"), where somebody may read it.

    None where there is none, or it is of a kind that no item can be about.
    """
    words = text.strip()
    path = words if "/" in words else f"/actions/{words.upper()}/"
    try:
        found = resolve(urlsplit(path).path)
        kind, load = KINDS[found.view_name]
        record = load(user, found.kwargs)
    except (Resolver404, KeyError, ObjectDoesNotExist, ValueError):
        return None
    name = found.kwargs.get("reference") or (record.pk if "number" in found.kwargs else "")
    address = reverse(found.view_name, kwargs=found.kwargs)
    meta = record._meta
    label = f"{kind} {name}".strip()
    return About(meta.app_label, meta.model_name or "", str(record.pk), label, address, _tier(record))


def _tier(record: Model) -> Tier:
    """As sensitive as the record, or as what it belongs to."""
    above = [getattr(record, name, None) for name in ("plan", "source")]
    return Tier(max(getattr(each, "tier", None) or Tier.T1.value for each in (record, *above)))
