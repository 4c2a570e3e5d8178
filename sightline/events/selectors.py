"""Reading the journal: what a person may read of it, entries about a record, one entry with its seal.

An entry shows by its tier, and by the record it is about: each record's app says who may read it (`guards`). Entries
of child-level and restricted records show through their record's own selector, which knows the case list, or never.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, Exists, Func, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from sightline.events.canonical import canonical_json
from sightline.events.choices import Subject, Tier
from sightline.events.entries import declaration_of
from sightline.events.guards import Guard, guards, kept_beside
from sightline.events.models import Checkpoint, Entry, PersonalValue, Seal, SealedEntry
from sightline.screens.leafing import Reach

OPEN_TIERS: tuple[Tier, ...] = (Tier.T0, Tier.T1, Tier.T2)
HIGHEST_OPEN = Tier.T2.value
PERMISSION = "journal_view"
SHRED = "journal_sample"
# How many entries are looked through at once for what no index finds: words, or several answers together.
LOOKED_THROUGH = 100_000
# Numbers are given when an entry is inserted, its moment when it was recorded: no transaction of ours lives for a day.
SLACK = timedelta(days=1)
AT_ONCE = 1_000
MOST_PEOPLE = 50


class RecordNumber(Func):
    """The number of the record that an entry is about; nothing where it has none. Made of text that anyone may have
    written into the table.
    """

    arity = 1
    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite reads what it can and never fails."""
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS INTEGER)", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """PostgreSQL fails at what is no number, so it is asked first."""
        template = "CASE WHEN %(expressions)s ~ '^[0-9]{1,18}$' THEN (%(expressions)s)::bigint END"
        return self.as_sql(compiler, connection, template=template, **more)


def may_read(reader: Any) -> bool:
    """Whether somebody reads the journal at all: over the whole partnership, since entries name no group or agency."""
    scope = getattr(reader, "scope", reader)
    return bool(scope.holds(PERMISSION))


def may_shred(reader: Any) -> bool:
    """Whether somebody removes personal values: data protection."""
    scope = getattr(reader, "scope", reader)
    return bool(scope.holds(SHRED))


def shreddable(reader: Any) -> QuerySet[Entry]:
    """The entries whose personal values a person may remove: of those they may read, none of what they did themselves
    and none about themselves.
    """
    if not may_shred(reader):
        return Entry.objects.none()
    own = Q(actor_user_id=getattr(reader, "scope", reader).user_id)
    for (app, model), guard in guards().items():
        if (concerning := guard.concerning(reader)) is not None:
            theirs = _plain(concerning).filter(pk=RecordNumber(OuterRef("subject_id")))
            own |= Q(Exists(theirs), subject_app=app, subject_model=model)
    return readable(reader).filter(~own)


def readable(reader: Any) -> QuerySet[Entry]:
    """The entries a person may read."""
    if not may_read(reader):
        return Entry.objects.none()
    shown = withheld = Q(pk__in=[])
    number = RecordNumber(OuterRef("subject_id"))
    for (app, model), guard in guards().items():
        about = Q(subject_app=app, subject_model=model)
        visible = guard.visible(reader)
        seen = Q(pk__in=[]) if visible is None else Q(Exists(_plain(visible).filter(pk=number)))
        there = Q(Exists(guard.model._base_manager.filter(pk=number)))
        shown |= about & seen
        withheld |= about & there & ~seen
    # A tier that nobody knows lies above, so it is closed as well.
    return Entry.objects.filter(~withheld, Q(tier__lte=HIGHEST_OPEN) | shown)


def _plain(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().select_related(None).prefetch_related(None)


@dataclass(frozen=True)
class Wanted:
    """What is asked of the journal. `about`: app, model → numbers of records. Days count whole, by the local clock."""

    who: str = ""
    kind: str = ""
    about: Mapping[tuple[str, str], Collection[str]] = field(default_factory=dict)
    tier: str = ""
    words: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Narrowed:
    """The entries that fit, and between which numbers to look for them."""

    rows: QuerySet[Entry]
    reach: Reach


def narrowed(rows: QuerySet[Entry], wanted: Wanted) -> Narrowed:
    """The entries of `rows` that fit what is wanted."""
    by_index = 0
    if wanted.who:
        found, plain = _by(wanted.who)
        rows, by_index = rows.filter(found), by_index + (1 if plain else 2)
    if wanted.kind:
        rows, by_index = rows.filter(type=wanted.kind), by_index + 1
    if wanted.about:
        rows, by_index = rows.filter(pk__in=_about(wanted.about)), by_index + 1
    if wanted.tier:
        rows, by_index = rows.filter(tier=wanted.tier), 2
    if wanted.words:
        said = Q(reason__icontains=wanted.words) | Q(subject_title__icontains=wanted.words)
        rows, by_index = rows.filter(said), 2
    rows, lowest, highest = _between(rows, wanted)
    # One record's entries are few; whatever else is asked of them, they are found first.
    scans = by_index > 1 and not wanted.about
    return Narrowed(rows, Reach(lowest, highest, LOOKED_THROUGH if scans else 0))


def _by(words: str) -> tuple[Q, bool]:
    """Entries of whoever these words name, and whether one account does them all, which an index finds."""
    named = Q(name__icontains=words) | Q(email__iexact=words)
    accounts = list(get_user_model().objects.filter(named).values_list("pk", flat=True)[:MOST_PEOPLE])
    if len(accounts) == 1:
        return Q(actor_user_id=accounts[0]), True
    return Q(actor_user_id__in=accounts) | Q(actor_user_id=None, actor_label__icontains=words), False


def _about(records: Mapping[tuple[str, str], Collection[str]]) -> QuerySet[Any, Any]:
    """Numbers of the entries about these records; joined so that each kind is looked up in the index by itself."""
    each = [
        Entry.objects.filter(subject_app=app, subject_model=model, subject_id__in=numbers)
        .order_by()
        .values("pk")
        for (app, model), numbers in records.items()
    ]
    return each[0].union(*each[1:], all=True) if len(each) > 1 else each[0]


def _between(rows: QuerySet[Entry], wanted: Wanted) -> tuple[QuerySet[Entry], int, int]:
    lowest, highest = 1, newest_number()
    if wanted.first:
        begins = _midnight(wanted.first)
        rows = rows.filter(moment__gte=begins)
        later = Entry.objects.filter(moment__gte=begins - SLACK).order_by("moment")
        lowest = later.values_list("pk", flat=True).first() or highest + 1
    if wanted.last:
        ends = _midnight(wanted.last + timedelta(days=1))
        rows = rows.filter(moment__lt=ends)
        earlier = Entry.objects.filter(moment__lt=ends + SLACK).order_by("-moment")
        highest = earlier.values_list("pk", flat=True).first() or 0
    return rows, lowest, highest


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def newest_number() -> int:
    """The number of the newest entry; 0 where there is none."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def one_by_one(rows: QuerySet[Entry], reach: Reach) -> Iterator[tuple[Entry, int | None]]:
    """Entries with the number of their seal, newest first, read a part at a time: a million take little memory."""
    below = reach.highest + 1
    while part := list(rows.filter(pk__lt=below, pk__gte=reach.lowest).order_by("-pk")[:AT_ONCE]):
        places = SealedEntry.objects.filter(entry_id__in=[entry.pk for entry in part])
        seals = dict(places.values_list("entry_id", "seal_id"))
        yield from ((entry, seals.get(entry.pk)) for entry in part)
        below = part[-1].pk


def entries(tiers: Collection[Tier] = OPEN_TIERS) -> QuerySet[Entry]:
    """Entries of these tiers, newest first."""
    return Entry.objects.filter(tier__in=[tier.value for tier in tiers]).order_by("-id")


def told_since(moment: datetime, entry: StrEnum, after: Mapping[str, Any], *, by: int) -> bool:
    """Whether the account of this number did just that since the moment, and the journal tells it."""
    told = Entry.objects.filter(actor_user_id=by, moment__gt=moment, after=canonical_json(dict(after)))
    return told.filter(type=declaration_of(entry).name).exists()


def entries_about(subject: Model | Subject, tiers: Collection[Tier] = OPEN_TIERS) -> QuerySet[Entry]:
    """One record's timeline, newest first."""
    if isinstance(subject, Subject):
        about = (subject.app, subject.model, subject.id)
    else:
        about = (subject._meta.app_label, str(subject._meta.model_name), str(subject.pk))
    app, model, number = about
    return entries(tiers).filter(subject_app=app, subject_model=model, subject_id=number)


def guarded_record(reader: Any, app: str, model: str, number: int) -> tuple[Guard, Any] | None:
    """A record that has a time line, with its guard; None where there is none for this reader."""
    guard = guards().get((app, model))
    visible = guard.visible(reader) if guard else None
    record = None if visible is None else visible.filter(pk=number).first()
    return (guard, record) if guard and record is not None else None


def entries_of_gone(reader: Any, app: str, model: str, number: int) -> QuerySet[Entry]:
    """What somebody may read about a record that is gone: nothing where there is one that they may not know of."""
    return readable(reader).filter(subject_app=app, subject_model=model, subject_id=str(number))


def everything_about(guard: Guard, record: Any) -> dict[tuple[str, str], list[str]]:
    """A record and its parts, as entries name them."""
    parts = {
        (guard.app, model): [str(one) for one in numbers] for model, numbers in guard.parts(record).items()
    }
    beside = kept_beside(*guard.key, record.pk)
    parts |= {key: [str(one) for one in numbers] for key, numbers in beside.items()}
    return {guard.key: [str(record.pk)], **{key: numbers for key, numbers in parts.items() if numbers}}


def personal_values(entry: Entry) -> dict[str, Any]:
    """The personal values of an entry that have not been shredded, by field ("after.name")."""
    rows = PersonalValue.objects.filter(entry=entry).values_list("field", "value")
    return {field: json.loads(value) for field, value in rows}


def committed_fields(entry: Entry) -> list[str]:
    """The fields of an entry whose values are personal, whether shredded or not; none that cannot be read."""
    try:
        found = json.loads(entry.personal or "{}")
    except ValueError:
        return []
    return sorted(found) if isinstance(found, dict) else []


def personal_titles(found: Iterable[Entry]) -> dict[int, str]:
    """Titles of records that are kept as personal values, by entry; one query, none where no entry has any."""
    numbers = [entry.pk for entry in found if entry.personal]
    if not numbers:
        return {}
    rows = PersonalValue.objects.filter(entry_id__in=numbers, field="subject").values_list(
        "entry_id", "value"
    )
    return {number: str(json.loads(value)) for number, value in rows}


def seal_of(entry: Entry) -> Seal | None:
    """The seal an entry stands under; None before it is sealed."""
    place = SealedEntry.objects.filter(entry_id=entry.pk).select_related("seal").first()
    return place.seal if place else None


def newest_key() -> str:
    """The fingerprint of the key that made the newest seal; empty before the first sealing."""
    return Seal.objects.order_by("-sequence").values_list("key_print", flat=True).first() or ""


def newest_signed() -> str:
    """The fingerprint of the key that signed the newest checkpoint; empty before the first."""
    return Checkpoint.objects.order_by("-number").values_list("key_print", flat=True).first() or ""


def head() -> str:
    """The newest seal's head; empty before the first sealing."""
    newest = Seal.objects.order_by("-sequence").first()
    return newest.head if newest else ""
