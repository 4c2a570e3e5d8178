"""Choosing what a recommendation or an action is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Recommendation, ThemeMark
from sightline.plans.rules.themes import themes
from sightline.plans.services.keeping import take_version, tier_of


@deed
def set_themes(
    about: Action | Recommendation, version: int, keys: Sequence[str], *, by: Actor, now: datetime
) -> None:
    """Replace the themes of a record of which this version was read. Raises Unacceptable for one nobody knows,
    StaleRecord.
    """
    column = "action" if isinstance(about, Action) else "recommendation"
    before = sorted(about.theme_marks.values_list("theme", flat=True))
    wanted = sorted(set(keys))
    if odd := set(wanted) - set(themes()) - set(before):
        raise Unacceptable({"themes": f"There is no theme “{min(odd)}”."})
    take_version(about, version)
    about.version = version + 1
    if before == wanted:
        return
    about.theme_marks.exclude(theme__in=wanted).delete()
    ThemeMark.objects.bulk_create(
        ThemeMark(theme=key, **{column: about}) for key in wanted if key not in before
    )
    tier = tier_of(about, about.plan) if isinstance(about, Action) else Tier(about.source.tier)
    record(
        PlanEntry.THEMES_SET,
        by=by,
        subject=about,
        before={"themes": before},
        after={"themes": wanted},
        tier=tier,
    )
