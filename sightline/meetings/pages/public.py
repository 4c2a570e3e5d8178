"""The public versions of a meeting's minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.identifying import LABELS
from sightline.identifying import found as telling
from sightline.jobs.pages import progress_of
from sightline.meetings import permissions
from sightline.meetings.choices import (
    PUBLIC_BUTTONS,
    PUBLIC_COLOURS,
    PUBLIC_LABELS,
    MeetingState,
    PublicState,
)
from sightline.meetings.models import Meeting, PublicMinutes, PublicPart, PublicStep
from sightline.meetings.reports_of_public import PUBLIC_FORMATS, Told, ToldItem, told_of
from sightline.meetings.rules.public import WORKED_ON, deeds_from
from sightline.meetings.selectors.public import as_they_stand, parts_of, public_visible_to, steps_of
from sightline.meetings.services.public import public_key
from sightline.screens.progress import Progress
from sightline.screens.words import joined

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

MOST = 40


@dataclass(frozen=True)
class VersionShown:
    """One version in the list. `files`: name of the format and where it is."""

    number: int
    state: str
    colour: str
    issued_at: datetime | None
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PublicPage:
    """The versions, and the newest whole. `undecided`: items of which nobody has said whether they are shown."""

    meeting: Meeting
    versions: tuple[VersionShown, ...]
    newest: PublicMinutes | None
    told: Told | None
    steps: tuple[PublicStep, ...]
    is_older: bool
    undecided: str
    tells: tuple[str, ...]
    doings: tuple[tuple[str, str], ...]
    edit: str
    progress: Progress | None
    may_begin: bool
    waits: str


def public_page(user: Reader, found: Meeting, on: date) -> PublicPage:
    """The page; the same few queries, however many items there are."""
    keeps = permissions.can_keep(user, found.group)
    versions = list(public_visible_to(user).filter(meeting=found).order_by("-number")[:MOST])
    newest = versions[0] if versions and versions[0].state != PublicState.WITHDRAWN else None
    is_made = newest is not None and newest.state != PublicState.WAITING
    parts = parts_of(newest) if newest and is_made else []
    told = told_of(newest, parts) if newest and is_made else None
    is_approved = found.state == MeetingState.APPROVED
    return PublicPage(
        meeting=found,
        versions=tuple(_version(each, versions) for each in versions),
        newest=newest,
        told=told,
        steps=tuple(steps_of(versions[0])) if versions and keeps else (),
        is_older=is_made and newest is not None and newest.of != as_they_stand(found),
        undecided=_places(each for each in parts if not each.shown),
        tells=_tells(told.items, on) if told and keeps else (),
        doings=_doings(newest) if newest and keeps else (),
        edit=_edit(newest) if newest and keeps else "",
        progress=_progress(newest),
        may_begin=keeps and is_approved and not (newest and newest.state_now in WORKED_ON),
        waits="" if is_approved else "A public version is made once the minutes are approved.",
    )


def _version(found: PublicMinutes, versions: Sequence[PublicMinutes]) -> VersionShown:
    files = tuple(
        (label, reverse("meetings:public_file", args=[found.pk, name]))
        for name, label in PUBLIC_FORMATS.items()
    )
    state = found.state_now
    is_issued = state == PublicState.ISSUED
    newer = [each.number for each in versions if each.state == state and each.number > found.number]
    label, colour = PUBLIC_LABELS[state], PUBLIC_COLOURS[state]
    if is_issued and newer:
        label, colour = f"Replaced by version {max(newer)}", "grey"
    return VersionShown(found.number, label, colour, found.issued_at, files if is_issued else ())


def _doings(found: PublicMinutes) -> tuple[tuple[str, str], ...]:
    return tuple(
        (PUBLIC_BUTTONS[deed], reverse("meetings:public_do", args=[found.pk, deed.value]))
        for deed in deeds_from(found.state_now)
    )


def _edit(found: PublicMinutes) -> str:
    is_draft = found.state == PublicState.DRAFT
    return reverse("meetings:public_edit", args=[found.pk]) if is_draft else ""


def _progress(found: PublicMinutes | None) -> Progress | None:
    if found is None or found.state != PublicState.WAITING:
        return None
    return progress_of(public_key(found.pk), "The draft waits to be written.")


def _places(parts: Iterable[PublicPart]) -> str:
    return joined([str(each.place) for each in parts])


def _tells(items: Sequence[ToldItem], on: date) -> tuple[str, ...]:
    """Where what the public would read may tell who a child is, a sentence each."""
    found = []
    for item in items:
        words = " ".join("".join(each.words for each in line) for line in (item.title, *item.lines))
        kinds = dict.fromkeys(LABELS[each.kind] for each in telling(words, on.year))
        found += [f"Item {item.place} holds {joined(list(kinds))}."] if kinds else []
    return tuple(found)
