"""Writing the draft of a public version: words of the minutes, names of people marked, nothing let through yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record
from sightline.meetings.choices import Ended, PublicState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import (
    Decision,
    GroupAction,
    Interest,
    Item,
    Meeting,
    PublicMinutes,
    PublicPart,
)
from sightline.meetings.rules.agenda import Placed
from sightline.meetings.rules.public import PublicRules, standard
from sightline.meetings.rules.redactions import marked, named, prepared, same_words
from sightline.meetings.selectors.interests import interests_within
from sightline.meetings.selectors.items import items_on, standing_texts
from sightline.meetings.selectors.meetings import PlaceThen, attended_at, places_at
from sightline.meetings.selectors.public import as_they_stand
from sightline.partners.models import Person
from sightline.screens.words import day

STANDS = "Stands"


@deed
def make_public(number: int, *, by: Actor, now: datetime) -> PublicMinutes:
    """Write the draft that was asked for, once.

    What the version before left out is proposed again where the words are still the same.
    """
    rows = PublicMinutes.objects.select_for_update(of=("self",)).select_related("meeting__group")
    live = rows.get(pk=number)
    if live.state != PublicState.WAITING:
        return live
    meeting, rules = live.meeting, standard()
    every = list(items_on(meeting))
    items = [Placed(item, place) for place, item in enumerate(every, 1) if item.tier == Tier.T1]
    places = places_at(meeting, attended_at(meeting))
    names = _names(meeting, places, rules)
    words = _words([each.what for each in items], names, rules)
    before = _before(live)
    parts = [_part(live, each, words[each.what.pk], names, before.get(each.what.pk), rules) for each in items]
    for part in parts:
        part.recorded_at, part.entered_by_id, part.entered_by_label = (
            now,
            live.entered_by_id,
            live.entered_by_label,
        )
    PublicPart.objects.bulk_create(parts)
    _frame(live, places, interests_within(meeting, Tier.T1), {each.what.pk: each.place for each in items})
    live.state, live.of, live.items = PublicState.DRAFT.value, as_they_stand(meeting), len(every)
    live.save()
    after = {"items": len(parts), "confidential": len(every) - len(parts)}
    record(MeetingEntry.PUBLIC_DRAFTED, by=by, subject=live, after=after)
    return live


def _frame(
    live: PublicMinutes, places: Sequence[PlaceThen], interests: Iterable[Interest], at: Mapping[int, int]
) -> None:
    """Who came and who declared an interest, by seat, without names."""
    live.came = [[each.label, each.then.position, each.status] for each in places]
    live.guests = len(live.meeting.guest_list)
    told = list(interests)
    live.declared_none = any(each.is_nil for each in told)
    live.declared = [
        [each.who, at.get(each.item_id or 0), each.part_label] for each in told if not each.is_nil
    ]


def _names(meeting: Meeting, places: Sequence[PlaceThen], rules: PublicRules) -> dict[str, str]:
    """What stands instead of the name of each person who is known: their seat here, or else their agency."""
    public: set[str] = set()
    found: dict[str, str] = {}
    for each in places:
        there = [one.person.name for one in (*each.then.holders, *each.then.deputies)]
        came = each.row.who if each.row else ""
        if each.then.seat.position in rules.named_positions:
            public.update(one.person.name for one in each.then.holders)
        found |= {name: each.then.title or rules.somebody for name in (*there, came) if name}
    for guest in meeting.guest_list:
        found.setdefault(guest.partition(",")[0].strip(), rules.guest)
    for name, agency in Person.objects.values_list("name", "agency__name"):
        found.setdefault(name, agency or rules.somebody)
    # One word alone is as often no name ("Grace").
    return {name: instead for name, instead in found.items() if " " in name and name not in public}


def _words(items: Sequence[Item], names: Mapping[str, str], rules: PublicRules) -> dict[int, str]:
    """Of each item what was said, decided and is to be done, as the draft has it."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    for text in standing_texts(item.pk for item in items):
        said[text.item_id].append(named(prepared(text.text), names, rules.somebody))
    within = {"item__in": items, "tier": Tier.T1.value}
    decided = Decision.objects.filter(**within, withdrawn_because="").select_related("meeting")
    for decision in decided.order_by("pk"):
        how = "" if decision.standing == STANDS else f" ({decision.standing.lower()})"
        told = f"Decided{how}: {prepared(decision.text)}"
        said[decision.item_id or 0].append(named(told, names, rules.somebody))
    owners = ("owner_group", "owner_agency", "owner_person__agency")
    asked = GroupAction.objects.filter(**within).exclude(ended_as=Ended.WITHDRAWN.value)
    for action in asked.select_related(*owners).order_by("pk"):
        said[action.item_id].append(_action(action, names, rules))
    return {item.pk: "\n\n".join(said[item.pk]) for item in items}


def _action(found: GroupAction, names: Mapping[str, str], rules: PublicRules) -> str:
    told = f"To do: {named(prepared(found.text), names, rules.somebody)}"
    if owner := prepared(found.owner):
        told += f" — {owner if _is_known(found) else _owner(found, owner, names, rules)}"
    said_for = found.first_due_on or found.due_on
    return f"{told} — by {day(said_for)}" if said_for else told


def _is_known(found: GroupAction) -> bool:
    """Whether it is an agency's or a group's: any other name may be a person's."""
    return bool(found.owner_agency or found.owner_group)


def _owner(found: GroupAction, owner: str, names: Mapping[str, str], rules: PublicRules) -> str:
    agency = found.owner_person.agency if found.owner_person else None
    return marked(owner, names.get(owner) or (agency.name if agency else rules.somebody))


def _before(live: PublicMinutes) -> dict[int, PublicPart]:
    """The parts of the version before, by item."""
    earlier = PublicPart.objects.filter(of__meeting=live.meeting, of__number__lt=live.number)
    return {each.item_id: each for each in earlier.order_by("of__number")}


def _part(
    live: PublicMinutes,
    at: Placed[Item],
    text: str,
    names: Mapping[str, str],
    before: PublicPart | None,
    rules: PublicRules,
) -> PublicPart:
    title = named(prepared(at.what.title), names, rules.somebody)
    part = PublicPart(of=live, item=at.what, place=at.place, title=title, text=text)
    if before and same_words(before.title, title) and same_words(before.text, text):
        part.title, part.text, part.shown, part.reason = (
            before.title,
            before.text,
            before.shown,
            before.reason,
        )
    return part
