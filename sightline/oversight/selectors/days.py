"""What each person did on one day, as the journal tells it: a handful of queries, however many people there are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qs

from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractHour, TruncDate
from django.utils import timezone

from sightline.access.entries import AccessEntry
from sightline.access.models import Membership, User, is_current
from sightline.access.rules import is_own_name
from sightline.events.choices import Tier
from sightline.events.entries import EventEntry, declared_types, stored_name
from sightline.events.guards import guards
from sightline.events.models import Entry, PersonalValue
from sightline.oversight.choices import Unusual
from sightline.oversight.rules.numbers import matching, unusual_rules
from sightline.oversight.rules.unusual import DayOf
from sightline.partners.models import Person
from sightline.search.entries import SearchEntryType

REFUSED = stored_name("access", AccessEntry.REFUSED)
OWN_NAME = stored_name("search", SearchEntryType.OWN_NAME_SEARCHED)
JOURNAL_READ = stored_name("events", EventEntry.JOURNAL_READ)
JOURNAL_TAKEN = stored_name("events", EventEntry.JOURNAL_EXPORTED)
# The answers of the journal's filter in which a name may stand.
NAMING = ("who", "words")
Counted = Mapping[tuple[int, date], int]


def days_of(day: date) -> dict[int, DayOf]:
    """What everybody did on the day who did anything, by the number of their account."""
    opened, at_night = _opened(day), _at_night(day)
    own_name, agencies = _own_name(day), _agencies(day)
    refused = _counted(_of_people(day, day).filter(type=REFUSED))
    people = {who for who, on in {*opened, *at_night, *refused} if on == day} | {*own_name, *agencies}
    habits, nights = _before(opened, day), _before(at_night, day)
    return {
        who: DayOf(
            opened=opened.get((who, day), 0),
            habit=tuple(habits[who]),
            at_night=at_night.get((who, day), 0),
            nights=len(nights[who]),
            own_name=own_name.get(who, 0),
            agencies=agencies.get(who, 0),
            refusals=refused.get((who, day), 0),
        )
        for who in people
    }


def _of_people(first: date, last: date) -> QuerySet[Entry]:
    """Entries of people who were signed in, from the first day to the last, both whole."""
    between = (_midnight(first), _midnight(last + timedelta(days=1)))
    return Entry.objects.filter(
        actor_user_id__isnull=False, moment__gte=between[0], moment__lt=between[1]
    ).order_by()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _counted(rows: QuerySet[Entry]) -> Counted:
    """How many there are by person and local day."""
    grouped = rows.annotate(on=TruncDate("moment")).values_list("actor_user_id", "on")
    return {(who, on): number for who, on, number in grouped.annotate(number=Count("pk"))}


def _opened(day: date) -> Counted:
    rule = unusual_rules()[Unusual.VOLUME]
    kinds = matching(declared_types(), rule.kinds)
    return _counted(_of_people(day - rule.habit, day).filter(type__in=kinds))


def _at_night(day: date) -> Counted:
    rule = unusual_rules()[Unusual.OUT_OF_HOURS]
    hours = [hour for hour in range(24) if rule.is_at_night(hour)]
    rows = _of_people(day - rule.habit, day).annotate(hour=ExtractHour("moment"))
    return _counted(rows.filter(hour__in=hours))


def _before(counted: Counted, day: date) -> dict[int, list[int]]:
    """The figures of earlier days, by person."""
    found: dict[int, list[int]] = defaultdict(list)
    for (who, on), number in counted.items():
        if on < day:
            found[who].append(number)
    return found


def _own_name(day: date) -> dict[int, int]:
    """How often people looked for their own family name: by search, or in the journal, on screen or as a file."""
    rows = _of_people(day, day)
    found: dict[int, int] = defaultdict(int)
    for (who, _), number in _counted(rows.filter(type=OWN_NAME)).items():
        found[who] += number
    read = rows.filter(type__in=[JOURNAL_READ, JOURNAL_TAKEN])
    asked = list(
        PersonalValue.objects.filter(entry__in=read, field="after.asked")
        .annotate(who=F("entry__actor_user_id"))
        .values_list("who", "value")
    )
    names = dict(User.objects.filter(pk__in={who for who, _ in asked}).values_list("pk", "name"))
    for who, value in asked:
        if is_own_name(_named_in(value), names.get(who, "")):
            found[who] += 1
    return dict(found)


def _named_in(value: str) -> str:
    """The words in which a name may stand, of what was asked of the journal."""
    answers = parse_qs(str(json.loads(value)))
    return " ".join(word for name in NAMING for word in answers.get(name, []))


def _agencies(day: date) -> dict[int, int]:
    """Of how many agencies, not their own, people met confidential records, who work for agencies or groups alone."""
    rows = _of_people(day, day).filter(tier__gte=Tier.T2.value)
    met: dict[int, set[str]] = defaultdict(set)
    for (app, model), guard in guards().items():
        about = rows.filter(subject_app=app, subject_model=model).values_list("actor_user_id", "subject_id")
        pairs = [(who or 0, int(number)) for who, number in about.distinct() if number.isdecimal()]
        whose = guard.agencies({number for _, number in pairs}) if pairs else {}
        for who, number in pairs:
            met[who] |= set(whose.get(number, ()))
    everywhere, own = _own_agencies(met, day)
    return {who: len(keys - own[who]) for who, keys in met.items() if who not in everywhere}


def _own_agencies(people: Collection[int], day: date) -> tuple[set[int], dict[int, set[str]]]:
    """Who works for the whole partnership, and the agencies that the others work for."""
    held: Iterable[Any] = Membership.objects.filter(is_current(day), user_id__in=people)
    own: dict[int, set[str]] = defaultdict(set)
    everywhere = set()
    for membership in held:
        if membership.scope_kind == "partnership":
            everywhere.add(membership.user_id)
        elif membership.scope_kind == "agency":
            own[membership.user_id].add(membership.scope_key)
    employed = Person.objects.filter(user_id__in=people, agency__isnull=False)
    employers: Iterable[tuple[Any, str]] = employed.values_list("user_id", "agency__key")
    for who, key in employers:
        own[who].add(key)
    return everywhere, own
