"""Who can see a record, and what a person can see: each with why, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import PERMISSION_LABELS
from sightline.access.explaining import Opened, allowed, opened
from sightline.access.models import Membership, User
from sightline.access.seeing import Seen, Seer, who_sees
from sightline.access.selectors import current_memberships
from sightline.events.choices import Tier
from sightline.events.guards import Guard
from sightline.partners import selectors
from sightline.partners.selectors import WHOLE
from sightline.screens.forms import FilterForm
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import day


@dataclass(frozen=True)
class Because:
    """One reason: the role and what it is over, what about the record it goes by, and until when."""

    role: str
    why: str
    until: str

    def __str__(self) -> str:
        return f"{self.role}: {self.why}" + (f", until {self.until}" if self.until else "")


@dataclass(frozen=True)
class SeerRow:
    """One person who can see a record."""

    name: str
    email: str
    reasons: tuple[Because, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it stands in a file."""
        return (self.name, self.email, "; ".join(str(reason) for reason in self.reasons))


WHO = ListPage(
    noun=("person", "people"),
    columns=(Column("name", "Name"), Column("email", "Signs in as"), Column("why", "Why")),
    filter_form=FilterForm,
)


@dataclass(frozen=True)
class WhoSeesPage:
    """Everybody who can see one record."""

    title: str
    noun: str
    back: str
    tier: Tier
    listing: Listing[SeerRow]


def who_sees_page(guard: Guard, seen: Seen, number: int, query: QueryDict, on: date) -> WhoSeesPage:
    """The page about one record. Four queries, whatever the number of people."""
    record = seen.load(number)
    address = reverse("partners:who_sees_csv", args=[guard.app, guard.key[1], number])
    found = WHO.read(query, seers(seen, record, on), exports={"CSV": address})
    return WhoSeesPage(
        title=str(record),
        noun=guard.noun,
        back=guard.address(record),
        tier=tier_of(record),
        listing=found.with_rows(seer_rows(found.rows)),
    )


def seers(seen: Seen, record: Any, on: date) -> list[Seer]:
    """Everybody who can see the record on the day, by name."""
    return list(who_sees(seen, record, current_memberships(on)))


def tier_of(record: Any) -> Tier:
    """How sensitive the record is; that of what it belongs to where it has none of its own."""
    if hasattr(record, "tier"):
        return Tier.named(record.tier)
    # A record without a tier of its own goes by its source's, or by what every record of its kind is.
    return Tier.named(record.source.tier if hasattr(record, "source") else record.LOWEST_TIER)


def seer_rows(found: Sequence[Seer]) -> list[SeerRow]:
    """People with their reasons in words; one query."""
    overs = _overs(reason.membership for seer in found for reason in seer.reasons)
    return [
        SeerRow(
            seer.user.name,
            seer.user.email,
            tuple(
                Because(_by(each.membership, overs), each.because, _until(each.membership))
                for each in seer.reasons
            ),
        )
        for seer in found
    ]


@dataclass(frozen=True)
class SeesLine:
    """One thing a person may see or do: over what, by which role, and until when ("" without an end in sight)."""

    what: str
    over: str
    by: str
    until: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as it stands in a file."""
        return (self.what, self.over, self.by, self.until)


@dataclass(frozen=True)
class SeesPage:
    """What a person may see and do, and why. `closed`: nobody signs in with the account."""

    name: str
    is_own: bool
    back: str
    back_label: str
    tiers: tuple[SeesLine, ...]
    permissions: tuple[SeesLine, ...]
    closed: bool = False
    csv: str = ""


def sees_page(
    user: User, on: date, *, back: tuple[str, str], is_own: bool = False, csv: str = ""
) -> SeesPage:
    """The page about this account. Two queries."""
    tiers, permissions = sees_lines(user, on)
    return SeesPage(user.name, is_own, *back, tiers, permissions, not user.is_active, csv)


def sees_lines(user: User, on: date) -> tuple[tuple[SeesLine, ...], tuple[SeesLine, ...]]:
    """The tiers an account opens, and its permissions."""
    held = [each for each in current_memberships(on).filter(user=user.pk)]
    overs = _overs(held)
    tiers = (
        SeesLine(_records(each), _opens(each, overs), _by(each.membership, overs), _until(each.membership))
        for each in opened(held)
    )
    permissions = (
        SeesLine(
            PERMISSION_LABELS[each.permission],
            WHOLE if each.everywhere else overs[each.membership.pk],
            _by(each.membership, overs),
            _until(each.membership),
        )
        for each in allowed(held)
    )
    return tuple(tiers), tuple(permissions)


def sees_cells(user: User, on: date) -> Iterator[tuple[str, ...]]:
    """The lines of a file."""
    for lines in sees_lines(user, on):
        yield from (line.cells for line in lines)


SEES_HEADINGS = ("What", "Over", "By", "Until")


def _records(each: Opened) -> str:
    return f"{each.tier.label} records ({each.tier})"


def _opens(each: Opened, overs: dict[int, str]) -> str:
    if each.asks_case_list:
        return "Only those on whose case list they stand"
    return WHOLE if each.of_all else f"What belongs to {overs[each.membership.pk]}"


def _by(membership: Membership, overs: dict[int, str]) -> str:
    over = overs[membership.pk]
    return f"{membership.label}, {over.lower() if over == WHOLE else over}"


def _overs(memberships: Iterable[Membership]) -> dict[int, str]:
    return {item.membership.pk: item.over for item in selectors.with_overs(memberships)}


def _until(membership: Membership) -> str:
    if membership.until is None:
        return day(membership.ends_on)
    moment = timezone.localtime(membership.until)
    return f"{day(moment.date())}, {moment:%H:%M}"
