"""Which groups meet, how often, and what they ask of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.meetings import permissions
from sightline.meetings.models import MeetingRule, Series
from sightline.meetings.pages.meetings import quorum_of
from sightline.meetings.pages.sections import Section, sections
from sightline.meetings.rules.quorum import in_words
from sightline.meetings.selectors.meetings import groups_meeting, rules_on, series_visible_to
from sightline.partners.models import Group

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader


@dataclass(frozen=True)
class SeriesShown:
    """One series; `edit` is empty for whoever does not keep it."""

    name: str
    rhythm: str
    place: str
    is_over: bool
    items: int
    edit: str


@dataclass(frozen=True)
class GroupShown:
    """A group that meets: its series, and its rule in words."""

    name: str
    meetings: str
    series: tuple[SeriesShown, ...]
    rule: str
    since: date | None
    development: str
    set_rule: str


@dataclass(frozen=True)
class SeriesPage:
    """Every group that meets."""

    sections: tuple[Section, ...]
    groups: tuple[GroupShown, ...]
    may_plan: bool


def series_page(user: Reader, on: date) -> SeriesPage:
    """Groups that meet or may be met by whoever asks; three queries, however many there are."""
    rules = quorum_of(rules_on(on))
    found: dict[int, list[Series]] = {}
    for each in series_visible_to(user):
        found.setdefault(each.group_id, []).append(each)
    groups = tuple(
        _group(user, group, found.get(group.pk, []), rules.get(group.pk))
        for group in groups_meeting(user, on)
    )
    return SeriesPage(sections("meetings:series"), groups, permissions.keeps_any(user))


def _group(user: Reader, group: Group, series: list[Series], rule: MeetingRule | None) -> GroupShown:
    keeps = permissions.can_keep(user, group)
    return GroupShown(
        name=group.name,
        meetings=f"{reverse('meetings:list')}?group={group.key}",
        series=tuple(_series(each, keeps) for each in series),
        rule=in_words(rule.asked) if rule else "",
        since=rule.starts_on if rule else None,
        development="Development days count as meetings." if rule and rule.counts_development else "",
        set_rule=reverse("meetings:rule", args=[group.pk]) if keeps else "",
    )


def _series(found: Series, keeps: bool) -> SeriesShown:
    return SeriesShown(
        name=found.name,
        rhythm=found.rhythm_label,
        place=found.place,
        is_over=found.is_over,
        items=len(found.standing_items),
        edit=reverse("meetings:series_edit", args=[found.pk]) if keeps else "",
    )
