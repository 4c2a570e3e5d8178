"""A thread in words, step after step, and as a picture while it is small enough to be taken in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.plans.models import Action
from sightline.plans.rules import addresses
from sightline.rendering.document import Figure
from sightline.screens.elements import drawing
from sightline.screens.lists import Column, Listing, ListPage
from sightline.sight.choices import LOOSE_SENTENCES, START_LABELS, WAY_LABELS, Loose, StartKind, Way
from sightline.sight.reports.items import Step
from sightline.sight.reports.steps import href_of, named, named_action, steps_of, title_of
from sightline.sight.reports.threads import FORMATS, picture_of, records_of, tier_of
from sightline.sight.rules import in_a_sentence
from sightline.sight.selectors.starts import Start, actions_of
from sightline.sight.selectors.threads import MOST, Thread, thread

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

# The actions of a thread leaf; the list itself is written by the steps.
ACTIONS = ListPage(noun=("action", "actions"), columns=(Column("text", "Action"),), size=MOST)


@dataclass(frozen=True)
class WayLink:
    """One way to look along the thread."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class LooseEnd:
    """A kind of loose end in this thread, and the records it is said of."""

    sentence: str
    records: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ThreadPage:
    """A thread. `picture` is None where there are too many records to be taken in at one look."""

    kind: str
    title: str
    href: str
    ways: tuple[WayLink, ...]
    sentence: str
    loose: tuple[LooseEnd, ...]
    steps: tuple[Step, ...]
    picture: SafeString | None
    alt: str
    too_many: str
    listing: Listing[Action]
    downloads: tuple[tuple[str, str], ...]
    tier: Any
    timeline_href: str

    @property
    def back(self) -> str:
        """Where the record itself is: "To the action"."""
        return f"To the {self.kind.lower()}"


def thread_page(user: Reader, start: Start, way: Way, query: QueryDict, on: date) -> ThreadPage:
    """The thread as the person may see it on the day; its queries do not grow with its records."""
    found = ACTIONS.read(query, actions_of(user, start))
    told = thread(user, start, found.rows, on, first=found.number == 1)
    steps = steps_of(told, way)
    figure = _figure(told, way, found)
    args = [start.kind.value, start.key]
    return ThreadPage(
        kind=START_LABELS[start.kind],
        title=title_of(start),
        href=href_of(start),
        ways=_ways(args, way),
        sentence=in_a_sentence([told.came[action.pk].facts for action in told.actions]),
        loose=tuple(loose_of(told, steps)),
        steps=steps,
        picture=drawing(figure.svg) if figure else None,
        alt=figure.alt if figure else "",
        too_many=_too_many(found, told),
        listing=found,
        downloads=_downloads(user, args, found.address(way=way.value, page=found.number)),
        tier=tier_of(told),
        timeline_href=reverse("sight:timeline", args=[start.key]) if start.kind == StartKind.ACTION else "",
    )


def told_of(user: Reader, start: Start, query: QueryDict, on: date) -> Thread:
    """The page of the thread that the address asks for, for a document."""
    found = ACTIONS.read(query, actions_of(user, start))
    return thread(user, start, found.rows, on, first=found.number == 1)


def _figure(told: Thread, way: Way, found: Listing[Action]) -> Figure | None:
    fits = not found.pages and records_of(told) <= MOST
    return picture_of(told, way, linked=True) if fits else None


def _too_many(found: Listing[Action], told: Thread) -> str:
    if not found.pages and records_of(told) <= MOST:
        return ""
    return f"More than {MOST} records belong to this thread, so it is told as a list, without a picture."


def _ways(args: Sequence[str], way: Way) -> tuple[WayLink, ...]:
    names = {Way.WHOLE: "sight:thread", Way.WHY: "sight:why", Way.CAME: "sight:came"}
    return tuple(
        WayLink(label, reverse(names[each], args=list(args)), each == way)
        for each, label in WAY_LABELS.items()
    )


def _downloads(user: Reader, args: Sequence[str], query: str) -> tuple[tuple[str, str], ...]:
    if not scope_of(user).holds_anywhere(Permission.EXPORT):
        return ()
    return tuple(
        (label, f"{reverse('sight:download', args=[*args, key])}{query}") for key, label in FORMATS.items()
    )


def _place(action: Action, places: Collection[str]) -> str:
    """Where an action is found: on this page, or on its own."""
    key = f"action-{action.reference}"
    return f"#{key}" if key in places else addresses.of_action(action.reference)


def loose_of(told: Thread, steps: Iterable[Step]) -> Iterable[LooseEnd]:
    """The loose ends of the thread, kind by kind; each action leads to where it stands in these steps, or to itself."""
    places = {item.key for step in steps for item in step.items}
    for kind in Loose:
        records = [
            (named_action(action), _place(action, places))
            for action in told.actions
            if kind in told.came[action.pk].loose
        ]
        if kind == Loose.UNANSWERED:
            records = [
                (f"{named(each.number)}: {each.title or each.text}", "") for each in told.unanswered[:MOST]
            ]
        if kind == Loose.OUTCOME_WITHOUT_ACTION:
            records = [(each.text, "") for each in told.without_action[:MOST]]
        if records:
            yield LooseEnd(LOOSE_SENTENCES[kind], tuple(records))
