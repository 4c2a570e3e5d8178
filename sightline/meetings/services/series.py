"""Series of meetings, and the rule of a group's meetings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import changed, held_as_seen, need
from sightline.meetings.choices import Rhythm
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import MeetingRule, RuleAgency, Series
from sightline.meetings.rules.quorum import QuorumAsked
from sightline.partners.models import Agency, Group

NAME = "Enter what the meetings are called"
ONE_OR_OTHER = "Choose every safeguarding partner, or agencies by name: not both."
TAKEN = "The group has meetings of this name already. Choose another, or change those."


@deed
def begin_series(
    group: Group,
    name: str,
    rhythm: Rhythm,
    *,
    place: str = "",
    standing: str = "",
    papers_due_days: int | None = None,
    by: Actor,
    now: datetime,
) -> Series:
    """Begin meetings that come again and again; `papers_due_days` None: as the definition says. Raises Unacceptable."""
    words = {
        "name": _free(group, name, 0),
        "rhythm": rhythm.value,
        "place": place.strip(),
        "standing": standing.strip(),
        "papers_due_days": papers_due_days,
    }
    made = Series.objects.create(group=group, **words, **entered(by, now))
    record(MeetingEntry.SERIES_BEGUN, by=by, subject=made, after={**words, "group": group.name})
    return made


@deed
def edit_series(found: Series, version: int, values: Mapping[str, Any], *, by: Actor) -> Series:
    """Change a series; meetings that have their agenda keep it. Raises Unacceptable, StaleRecord."""
    live: Series = held_as_seen(found, version, "group")
    name = _free(live.group, values["name"], live.pk)
    before, after = changed(live, {**values, "name": name}, save=False)
    if after:
        live.version += 1
        live.save(update_fields=[*after, "version"])
        record(MeetingEntry.SERIES_EDITED, by=by, subject=live, before=before, after=after)
    return live


@deed
def set_rule(
    group: Group,
    asked: QuorumAsked,
    starts_on: date,
    agencies: Collection[Agency] = (),
    *,
    counts_development: bool,
    by: Actor,
    now: datetime,
) -> MeetingRule:
    """Say what the group asks of its meetings from a day on. Meetings before that day keep what held for them.

    `agencies`: those that have to be there, instead of all safeguarding partners. Raises Unacceptable.
    """
    if agencies and asked.all_partners:
        raise Unacceptable({"agencies": ONE_OR_OTHER})
    values = {
        "least_seats": asked.least_seats,
        "least_agencies": asked.least_agencies,
        "all_essential": asked.all_essential,
        "all_partners": asked.all_partners,
        "by_name": bool(agencies),
        "counts_development": counts_development,
    }
    made = MeetingRule.objects.create(group=group, starts_on=starts_on, **values, **entered(by, now))
    RuleAgency.objects.bulk_create([RuleAgency(rule=made, agency=each) for each in agencies])
    after = {
        **values,
        "starts_on": starts_on,
        "group": group.name,
        "agencies": [each.key for each in agencies],
    }
    record(MeetingEntry.RULE_SET, by=by, subject=made, after=after)
    return made


def _free(group: Group, name: str, own: int) -> str:
    kept = need(name, "name", NAME)
    if Series.objects.filter(group=group, name__iexact=kept).exclude(pk=own).exists():
        raise Unacceptable({"name": TAKEN})
    return kept
