"""What the pages of case lists, conflicts of interest and break-glass show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.access.permissions import scope_of
from sightline.events.choices import Tier
from sightline.jobs.rules import wait_in_words
from sightline.knowing import selectors
from sightline.knowing.forms import ListedConflictForm, ListForm
from sightline.knowing.models import Conflict, Glass, Listed
from sightline.knowing.own import noun
from sightline.knowing.permissions import can_keep_conflicts
from sightline.knowing.registry import is_behind_wall, kind_of
from sightline.knowing.rules import numbers, stands
from sightline.knowing.wall import stands_or_will
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.knowing.permissions import Who

MOST_SHOWN = 100


@dataclass(frozen=True)
class Line:
    """A line of a case list, in words. `end`: the address that ends it, where it has not ended."""

    name: str
    reason: str
    starts_on: date
    ends_on: date
    added: str
    state: str
    colour: str
    end: str = ""
    ended: str = ""


@dataclass(frozen=True)
class ClosedTo:
    """Somebody with a conflict. `end`: the address that ends it, where it is not kept by the unit."""

    name: str
    end: str


@dataclass(frozen=True)
class ListedPage:
    """The case list of one record."""

    noun: str
    reference: str
    address: str
    lines: tuple[Line, ...]
    older: tuple[Line, ...]
    conflicts: tuple[ClosedTo, ...]
    uses: tuple[UseRow, ...]
    conflict_form: ListedConflictForm
    conflict_address: str


def list_page(record: Any, conflict_form: ListedConflictForm, now: datetime) -> ListedPage:
    """The page of a record's list, for somebody who keeps it."""
    kind, today = kind_of(record), timezone.localdate(now)
    args, rows = [*kind.key, record.pk], selectors.list_of(record)
    reading = selectors.would_read(record, now).order_by().filter(pk=OuterRef("user_id"))
    standing = rows.filter(stands_or_will(now)).annotate(reads=Exists(reading))
    return ListedPage(
        noun=kind.noun,
        reference=kind.reference_of(record),
        address=kind.address(record),
        lines=tuple(_line(record, row, today, row.reads) for row in standing),
        older=tuple(_line(record, row, today) for row in rows.exclude(stands_or_will(now))[:MOST_SHOWN]),
        conflicts=tuple(_closed_to(record, row) for row in selectors.conflicts_of(record, now)),
        uses=tuple(use_row(row, now) for row in selectors.glass_of(record)[:MOST_SHOWN]),
        conflict_form=conflict_form,
        conflict_address=reverse("knowing:list_conflict", args=args),
    )


def list_form(record: Any, data: QueryDict | None, on: date) -> ListForm:
    """The form that puts somebody on the record's list."""
    return ListForm(data, tier=Tier.named(record.tier), on=on)


def _closed_to(record: Any, row: Conflict) -> ClosedTo:
    args = [*kind_of(record).key, record.pk, row.pk]
    end = "" if row.number is None else reverse("knowing:list_conflict_end", args=args)
    return ClosedTo(row.user.name, end)


def _line(record: Any, row: Listed, today: date, reads: bool = False) -> Line:
    ended = row.ended_at is not None or row.ends_on < today
    state, colour = ("Over", "grey") if ended else ("Reads it", "green")
    if not ended and not reads:
        state, colour = "Closed to them", "orange"
    elif not ended and not stands(row.starts_on, row.ends_on, False, today):
        state, colour = "Not yet", "blue"
    added = f"{row.added_by_label}, {_day(timezone.localtime(row.added_at).date())}"
    told = f"{row.ended_by_label}: {row.ended_reason}" if row.ended_at else ""
    end = "" if ended else reverse("knowing:end", args=[*kind_of(record).key, record.pk, row.pk])
    return Line(row.user.name, row.reason, row.starts_on, row.ends_on, added, state, colour, end, told)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True)
class UseRow:
    """A use of break-glass, in words."""

    number: int
    who: str
    noun: str
    reference: str
    reason: str
    opened_at: datetime
    closes_at: datetime
    state: str
    colour: str
    finding: str
    reviewed_by: str
    is_open: bool


def use_row(used: Glass, now: datetime) -> UseRow:
    """A use as those see it who review it, or whose record it was."""
    is_open = used.closed_at is None and used.closes_at > now
    reviewed = used.reviewed_at is not None
    state, colour = ("Looked into", "green") if reviewed else ("To be looked into", "orange")
    return UseRow(
        number=used.pk,
        who=used.user.name,
        noun=noun(used.app, used.model),
        reference=used.reference,
        reason=used.reason,
        opened_at=timezone.localtime(used.opened_at),
        closes_at=timezone.localtime(used.closed_at or used.closes_at),
        state=state,
        colour=colour,
        finding=used.finding,
        reviewed_by=used.reviewed_by_label,
        is_open=is_open,
    )


@dataclass(frozen=True)
class OpenUse:
    """A use of break-glass that is open on a record, as its screen marks it."""

    number: int
    user_id: int
    who: str
    until: datetime


def open_uses(record: Any) -> list[OpenUse]:
    """The uses that are open on a record now: one query, none for a record that stands behind no wall."""
    if not is_behind_wall(record):
        return []
    found = selectors.open_glass_of(record, timezone.now())
    return [
        OpenUse(used.pk, used.user_id, used.user.name, timezone.localtime(used.closes_at)) for used in found
    ]


USES = ListPage(
    noun=("use", "uses"),
    columns=(
        Column("opened", "Opened", sort=("opened_at",)),
        Column("who", "Who", sort=("user__name",)),
        Column("what", "What"),
        Column("until", "Until"),
        Column("state", "State"),
    ),
    order="-opened",
)


@dataclass(frozen=True)
class UsesPage:
    """Every use of break-glass."""

    listing: Listing[UseRow]
    review_days: int


def uses_page(user: Who, query: QueryDict, now: datetime) -> UsesPage:
    """The page for this address."""
    found = USES.read(query, selectors.uses_of_glass(user))
    rows = found.with_rows(use_row(used, now) for used in found.rows)
    return UsesPage(rows, numbers().glass_review_days)


@dataclass(frozen=True)
class UsePage:
    """One use of break-glass. `may_review` is false for whoever opened it."""

    row: UseRow
    may_review: bool


def use_page(user: User, used: Glass, now: datetime) -> UsePage:
    """One use, for whoever reviews them."""
    return UsePage(use_row(used, now), used.reviewed_at is None and used.user_id != user.pk)


@dataclass(frozen=True)
class GlassPage:
    """The page that breaks the glass. `proved`: the second step was just taken; else `prove` leads to it."""

    open_for: str
    proved: bool
    prove: str


def glass_page(proved: bool, prove: str) -> GlassPage:
    """The page, whose words are the same for every reference."""
    return GlassPage(wait_in_words(numbers().glass_open), proved, prove)


@dataclass(frozen=True)
class ConflictRow:
    """A conflict of interest, in words. `end`: the address that ends it, for those who may."""

    who: str
    what: str
    reason: str
    starts_on: date
    declared: str
    ended: str
    end: str


@dataclass(frozen=True)
class OwnConflictsPage:
    """One's own conflicts of interest."""

    rows: tuple[ConflictRow, ...]
    may_keep: bool


def own_conflicts_page(user: User) -> OwnConflictsPage:
    """What somebody declared, the newest first."""
    found = selectors.own_conflicts(user.pk).select_related("user")[:MOST_SHOWN]
    return OwnConflictsPage(tuple(_conflict(row, "") for row in found), can_keep_conflicts(user))


CONFLICTS = ListPage(
    noun=("conflict of interest", "conflicts of interest"),
    columns=(
        Column("who", "Who", sort=("user__name",)),
        Column("what", "With", sort=("reference",)),
        Column("from", "From", sort=("starts_on",)),
        Column("declared", "Declared by"),
        Column("state", "State"),
    ),
    order="-from",
)


@dataclass(frozen=True)
class RegisterPage:
    """Every conflict of interest that the reader may see."""

    listing: Listing[ConflictRow]
    yearly: str


def register_page(user: Who, query: QueryDict) -> RegisterPage:
    """The register for this address; the way to the yearly declarations for who keeps partners."""
    found = CONFLICTS.read(query, selectors.register_of_conflicts(user))
    keeps = scope_of(user).holds(Permission.PARTNERS_WRITE)
    return RegisterPage(
        found.with_rows(_conflict(row, _end_of(row, user)) for row in found.rows),
        reverse("partners:declarations") if keeps else "",
    )


def _end_of(row: Conflict, user: Who) -> str:
    """The address that ends it: nobody ends their own."""
    closed = row.ended_at is not None or row.user_id == scope_of(user).user_id
    return "" if closed else reverse("knowing:conflict_end", args=[row.pk])


def _conflict(row: Conflict, end: str) -> ConflictRow:
    ended = f"Over since {_day(timezone.localtime(row.ended_at).date())}" if row.ended_at else ""
    return ConflictRow(
        who=row.user.name,
        what=row.reference or "A record by itself",
        reason=row.reason,
        starts_on=row.starts_on,
        declared=row.declared_by_label,
        ended=ended,
        end=end,
    )
