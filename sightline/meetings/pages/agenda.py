"""The agenda of a meeting with its minutes, as the page of the meeting and the minute-taking screen show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.events.choices import Tier
from sightline.meetings.choices import (
    ITEM_LABELS,
    ItemKind,
    MeetingState,
)
from sightline.meetings.forms.items import MinuteForm
from sightline.meetings.models import (
    Interest,
    Item,
    Meeting,
    MinuteText,
)
from sightline.meetings.pages.interests import Interests, interests_shown
from sightline.meetings.pages.papers import PaperShown, papers_shown
from sightline.meetings.pages.spoken import ActionShown, DecisionShown, action_shown, decision_shown
from sightline.meetings.rules.agenda import minutes_over
from sightline.meetings.rules.minutes import Piece, differences
from sightline.meetings.selectors.items import ItemThen, agenda_of
from sightline.meetings.selectors.owed import owed_for
from sightline.meetings.selectors.papers import paper_files_visible_to, papers_of
from sightline.plans.models import Plan
from sightline.requests.choices import OWED_COLOURS, OWED_LABELS
from sightline.requests.models import Owed
from sightline.screens.words import count, day

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader


@dataclass(frozen=True)
class TextShown:
    """One text of an item's minutes. `changes`: the chair's correction beside the draft, before the approval."""

    text: str
    voice: str
    is_correction: bool
    changes: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class ItemShown:
    """One item. `several`: more than one text stands, by people who wrote at once."""

    number: int
    place: int
    gap: str
    begins: time | None
    lasts: int | None
    lead: str
    moved_from: str
    title: str
    text: str
    kind: str
    is_confidential: bool
    is_deferred: bool
    about_label: str
    about_url: str
    texts: tuple[TextShown, ...]
    is_draft: bool
    several: bool
    decisions: tuple[DecisionShown, ...]
    actions: tuple[ActionShown, ...]
    edit: str
    form: MinuteForm | None = None
    papers: tuple[PaperShown, ...] = ()

    @property
    def save(self) -> str:
        """What the button says that saves what was typed about it."""
        return f"Save item {self.place}"


@dataclass(frozen=True)
class GoneShown:
    """An item that stands here no more: taken off with a reason, or moved to another meeting, where `href` leads."""

    title: str
    told: str
    href: str


@dataclass(frozen=True)
class OwedShown:
    """Something that the group is owed for the meeting, and whether it came; `href` leads to the return that it is."""

    title: str
    told: str
    state: str
    colour: str
    href: str


@dataclass(frozen=True)
class Agenda:
    """The items, and what comes up by itself: decisions that wait for this meeting, and actions that were open.

    `gap`: the last places on the agenda, where the reader may not read them. `gone`: what stood on it. `over`: that the
    items take longer than the meeting. `owed`: what a meeting to come is owed, due since the one before it.
    """

    items: tuple[ItemShown, ...]
    waiting: tuple[DecisionShown, ...]
    open: tuple[ActionShown, ...]
    gap: str
    gone: tuple[GoneShown, ...]
    over: str
    owed: tuple[OwedShown, ...]


@dataclass(frozen=True)
class MinutesPage:
    """The minute-taking screen. `doings`: what comes after it, as words and address."""

    meeting: Meeting
    items: tuple[ItemShown, ...]
    interests: Interests
    keeps_words: bool
    doings: tuple[tuple[str, str], ...]


def agenda(
    user: Reader,
    meeting: Meeting,
    on: date,
    *,
    keeps: bool,
    writes: bool,
    has_texts: bool = True,
    has_papers: bool = True,
) -> Agenda:
    """The agenda as somebody may read it; six queries, however much was said and corrected.

    `has_texts`, `has_papers`: False where there are none, so that nothing has to be asked for.
    """
    found = agenda_of(user, meeting, has_texts=has_texts, with_drafts=writes)
    papers = papers_of(paper_files_visible_to(user), meeting) if has_papers else {}
    due_on = meeting.papers_due_on
    items = tuple(
        replace(
            item_shown(each, on, keeps=keeps, writes=writes, drafts=found.drafts),
            papers=papers_shown(papers.get(each.item.pk, ()), due_on, keeps=False),
        )
        for each in found.items
    )
    waiting = tuple(decision_shown(each, keeps=keeps) for each in found.waiting)
    open_then = tuple(action_shown(each, on, keeps=keeps) for each in found.open)
    gone = tuple(_gone(each, meeting) for each in found.gone)
    return Agenda(
        items=items,
        waiting=waiting,
        open=open_then,
        gap=found.gap,
        gone=gone,
        over=_over(found.items, meeting) if writes else "",
        owed=tuple(_owed(each, on) for each in owed_for(user, meeting)),
    )


def item_shown(
    then: ItemThen,
    on: date,
    *,
    keeps: bool,
    writes: bool,
    drafts: Mapping[int, str] | None = None,
    form: MinuteForm | None = None,
) -> ItemShown:
    """One item with all that was said of it; what was approved or cancelled is not changed any more."""
    item, stands = then.item, then.item.meeting.state in (MeetingState.APPROVED, MeetingState.CANCELLED)
    return ItemShown(
        number=item.pk,
        place=then.place,
        gap=then.gap,
        begins=then.begins,
        lasts=item.lasts,
        lead=item.lead,
        moved_from=day(item.moved_from.held_on) if item.moved_from else "",
        title=item.title,
        text=item.text,
        kind=_kind(item),
        is_confidential=item.tier != Tier.T1,
        is_deferred=item.is_deferred,
        about_label=item.about_label,
        about_url=item.about_url,
        texts=tuple(_text_shown(each, drafts or {}) for each in then.texts),
        is_draft=item.meeting.is_draft,
        several=len(then.texts) > 1,
        decisions=tuple(decision_shown(each, keeps=keeps, writes=writes) for each in then.decisions),
        actions=tuple(action_shown(each, on, keeps=keeps, writes=writes) for each in then.actions),
        edit=reverse("meetings:item_edit", args=[item.pk]) if writes and not stands else "",
        form=form,
    )


def _kind(item: Item) -> str:
    """Why it stands on the agenda; of what was carried, from when."""
    if item.follows:
        return f"Carried from the meeting on {day(item.follows.meeting.held_on)}"
    return ITEM_LABELS[ItemKind(item.kind)]


def _gone(item: Item, meeting: Meeting) -> GoneShown:
    if item.meeting_id == meeting.pk:
        return GoneShown(item.title, f"Taken off: {item.withdrawn_because}", "")
    href = f"{reverse('meetings:meeting', args=[item.meeting_id])}#item-{item.pk}"
    return GoneShown(item.title, f"Moved to the meeting on {day(item.meeting.held_on)}", href)


def _owed(found: Owed, on: date) -> OwedShown:
    state = found.state_on(on)
    told = f"{found.cycle.who}, by {day(found.due_on)}"
    if found.came_on:
        told += f"; it came on {day(found.came_on)}" + (f": {found.came_words}" if found.came_words else "")
    answer = getattr(found, "answered_by", None)
    href = f"/group-returns/{answer.of_id}/" if answer else ""
    return OwedShown(found.cycle.title, told, OWED_LABELS[state], OWED_COLOURS[state], href)


def _over(items: Sequence[ItemThen], meeting: Meeting) -> str:
    over = minutes_over(meeting.starts_at, meeting.ends_at, [each.item.lasts for each in items])
    return f"The items take {count(over, 'minute')} longer than the meeting." if over else ""


def _text_shown(found: MinuteText, drafts: Mapping[int, str]) -> TextShown:
    changes = differences(drafts[found.pk], found.text) if found.pk in drafts else ()
    return TextShown(found.text, found.entered_by_label, found.is_correction, changes)


def minutes_page(
    meeting: Meeting,
    items: Sequence[ItemThen],
    declared: Iterable[Interest],
    plans: Iterable[Plan],
    on: date,
    bound: Mapping[int, MinuteForm],
    doings: tuple[tuple[str, str], ...],
) -> MinutesPage:
    """A form for each item; `bound` holds the one that was sent and not taken."""
    choice = list(plans)
    shown = []
    for each in items:
        form = bound.get(each.item.pk) or minute_form(None, each, choice)
        shown.append(item_shown(each, on, keeps=False, writes=True, form=form))
    keeps = all(each.item.tier == Tier.T1 for each in items)
    numbers = {each.item.pk: each.place for each in items}
    interests = interests_shown(meeting, declared, numbers, writes=True)
    return MinutesPage(meeting, tuple(shown), interests, keeps, doings)


def minute_form(data: object, then: ItemThen, plans: Iterable[Plan]) -> MinuteForm:
    """The form of one item."""
    return MinuteForm(data, item=then.item.pk, texts=then.texts, plans=plans, deferred=then.item.is_deferred)
