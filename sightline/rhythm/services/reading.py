"""Returns of a past time, read in from the text of a printed report: each section a draft of its group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import need, not_ahead
from sightline.partners.models import Group
from sightline.partners.selectors import match_owner, party_names
from sightline.requests.rules import owed_kinds
from sightline.rhythm.entries import RhythmEntry
from sightline.rhythm.models import Return, ReturnText
from sightline.rhythm.rules.sections import Section, sections_in
from sightline.rhythm.rules.telling import questions
from sightline.screens.words import joined
from sightline.search.services import keep_words

NOTHING = "No section was found: each begins with the name of a group and a heading “Achievements” below it."
UNKNOWN = (
    "No group is called {names}. Add it to the group as another name of it under Partners, or take the section out. "
    "Nothing was read in."
)
TWICE = "{names} stands there more than once, or has a return of this kind to that day already. Nothing was read in."


@dataclass(frozen=True, slots=True)
class ReadGiven:
    """A text to read: of which paper it is, of which kind its sections are, and the time they tell of."""

    text: str
    paper: str
    kind: str
    first: date
    last: date


@deed
def read_in(given: ReadGiven, *, by: Actor, now: datetime) -> list[Return]:
    """Begin a draft for every section of the text, with its words as they stood: all of them or none.

    Raises Unacceptable where a group is not known, or has a return of that time.
    """
    paper = need(given.paper, "paper", "Enter from which paper it is")
    not_ahead(given.last, now, "last")
    if given.last < given.first:
        raise Unacceptable({"last": "The time ends before it begins"})
    if given.kind not in owed_kinds():
        raise Unacceptable({"kind": "Choose which return it is"})
    found = sections_in(given.text)
    if not found:
        raise Unacceptable({"text": NOTHING})
    made = Return.objects.bulk_create(_rows(given, paper, found, by, now))
    stamp = entered(by, now)
    ReturnText.objects.bulk_create(
        ReturnText(of=each, heading=key, text=text, **stamp)
        for each, section in zip(made, found, strict=True)
        for key, text in section.texts.items()
    )
    after = {"paper": paper, "returns": len(made), "groups": [each.group.name for each in made]}
    record(RhythmEntry.RETURNS_READ, by=by, after=after)
    keep_words(*made)
    return made


def _rows(
    given: ReadGiven, paper: str, found: Sequence[Section], by: Actor, now: datetime
) -> Iterator[Return]:
    groups = _groups(found)
    _refuse_twice(groups, given)
    for section, group in zip(found, groups, strict=True):
        yield Return(
            group=group,
            kind=given.kind,
            period_from=given.first,
            period_until=given.last,
            read_from=f"{paper}, line {section.line}: {section.name}"[:300],
            current_asked=[each.words for each in questions(section.texts)],
            **entered(by, now),
        )


def _groups(found: Sequence[Section]) -> list[Group]:
    """The group of each section, by its name or one of its other names. Raises Unacceptable."""
    names = party_names()
    parties = [match_owner(section.name, names) for section in found]
    groups = [each for each in parties if isinstance(each, Group)]
    unknown = [
        f"“{section.name}”"
        for section, party in zip(found, parties, strict=True)
        if not isinstance(party, Group)
    ]
    if unknown:
        raise Unacceptable({"text": UNKNOWN.format(names=joined(unknown))})
    return groups


def _refuse_twice(groups: Sequence[Group], given: ReadGiven) -> None:
    keys = [each.pk for each in groups]
    standing = Return.objects.filter(group__in=keys, kind=given.kind, period_until=given.last)
    there = set(standing.values_list("group", flat=True))
    twice = {each.name for each in groups if each.pk in there or keys.count(each.pk) > 1}
    if twice:
        raise Unacceptable({"text": TWICE.format(names=joined(sorted(twice)))})
