"""Which groups meet, how often, and what they ask of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.definitions.bank_holidays import bank_holiday
from sightline.meetings import permissions
from sightline.meetings.choices import Rhythm
from sightline.meetings.models import MeetingRule, Series
from sightline.meetings.pages.meetings import quorum_of
from sightline.meetings.pages.sections import Section, sections
from sightline.meetings.rules.series import Proposed, after, proposed
from sightline.meetings.rules.series import in_words as in_words_of
from sightline.meetings.selectors.meetings import (
    groups_meeting,
    planned_in,
    rule_words,
    rules_on,
    series_visible_to,
    with_names,
)
from sightline.partners.models import Group
from sightline.screens.words import day, joined

if TYPE_CHECKING:
    from sightline.meetings.forms.planning import SpanForm
    from sightline.meetings.permissions import Reader

# A series that never met is proposed from four weeks on; the forward plan looks eighteen months ahead.
FIRST_AHEAD, AHEAD, YEAR = timedelta(weeks=4), timedelta(days=548), timedelta(days=364)


@dataclass(frozen=True)
class SeriesShown:
    """One series; `edit` and `plan` are empty for whoever does not keep it."""

    name: str
    rhythm: str
    place: str
    is_over: bool
    items: int
    papers: str
    edit: str
    plan: str


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
    """Groups that meet or may be met by whoever asks, those with a series first; four queries at most."""
    rules = quorum_of(with_names(rules_on(on)))
    found: dict[int, list[Series]] = {}
    for each in series_visible_to(user):
        found.setdefault(each.group_id, []).append(each)
    groups = tuple(
        _group(user, group, found.get(group.pk, []), rules.get(group.pk))
        for group in sorted(groups_meeting(user, on), key=lambda each: each.pk not in found)
    )
    return SeriesPage(sections("meetings:series"), groups, permissions.keeps_any(user))


def _group(user: Reader, group: Group, series: list[Series], rule: MeetingRule | None) -> GroupShown:
    keeps = permissions.can_keep(user, group)
    return GroupShown(
        name=group.name,
        meetings=f"{reverse('meetings:list')}?group={group.key}",
        series=tuple(_series(each, keeps) for each in series),
        rule=rule_words(rule) if rule else "",
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
        papers=found.papers_told,
        edit=reverse("meetings:series_edit", args=[found.pk]) if keeps else "",
        plan=reverse("meetings:series_plan", args=[found.pk]) if keeps and not found.is_over else "",
    )


@dataclass(frozen=True)
class PlanPage:
    """The days that are proposed for the meetings of a series, and the hours they begin with."""

    intro: str
    proposed: tuple[Proposed, ...]
    hours: dict[str, time | None]


def plan_page(found: Series, span: SpanForm, on: date) -> PlanPage:
    """What is proposed: after the last meeting of the series, for a year at least, or what the address says.

    An address that says no days leaves the span as it was typed, with what is wrong, and proposes nothing.
    """
    rhythm = Rhythm(found.rhythm)
    last, standing = planned_in(found, on)
    first, until = on + FIRST_AHEAD, on + AHEAD
    if last and last.held_on >= on - AHEAD:
        first = max(after(rhythm, last.held_on), on)
    if span.is_bound:
        first, until = _span(span)
    else:
        until = max(until, first + YEAR)
        span.initial = {"first": first, "until": until}
    days = () if span.errors else proposed(rhythm, first, max(first, until), bank_holiday)
    hours = {"starts_at": last.starts_at if last else None, "ends_at": last.ends_at if last else None}
    return PlanPage(
        _intro(found, first, standing), tuple(each for each in days if each.day not in standing), hours
    )


def _span(span: SpanForm) -> tuple[date, date]:
    said = span.cleaned_data if span.is_valid() else {}
    return said.get("first", date.min), said.get("until", date.min)


def _intro(found: Series, first: date, standing: list[date]) -> str:
    where = "" if first == date.min else in_words_of(Rhythm(found.rhythm), first)
    often = ", ".join(each for each in (found.rhythm_label, where) if each)
    already = f" Planned already: {joined([day(each) for each in standing])}." if standing else ""
    return f"{often}. Change a day, or empty its boxes to leave the meeting out.{already}"
