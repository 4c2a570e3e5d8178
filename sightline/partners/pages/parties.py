"""What the pages of partners show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.permissions import can_hold, can_view_access
from sightline.partners import permissions, selectors, services
from sightline.partners.beside import Line, Part, parts, ways
from sightline.partners.choices import AGENCY_KIND_LABELS, GROUP_KIND_LABELS, SECTOR_LABELS, PartyKind
from sightline.partners.forms.parties import (
    AgencyFilter,
    AgencyForm,
    GroupFilter,
    GroupForm,
    NameForm,
    PartyForm,
    PersonFilter,
    PersonForm,
)
from sightline.partners.models import Agency, Group, Party, Person
from sightline.partners.pages.seats import HeldLine, SeatsPart, held_lines, seats_part
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.looking_back import LookingBack
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.partners.selectors import Who


@dataclass(frozen=True)
class Kind:
    """How agencies, groups or people are listed, shown and saved. `word` stands in addresses."""

    word: str
    kind: PartyKind
    one: str
    many: str
    rows: Callable[[Who], QuerySet[Any]]
    form: type[PartyForm]
    list_page: ListPage
    create: Callable[..., Party]
    change: Callable[..., Party]


ENDS = Column("ends", "Until", sort=("ends_on",), empty_last=True)
KINDS: Mapping[str, Kind] = {
    kind.word: kind
    for kind in (
        Kind(
            "agencies",
            PartyKind.AGENCY,
            "agency",
            "Agencies",
            selectors.agencies,
            AgencyForm,
            ListPage(
                noun=("agency", "agencies"),
                columns=(
                    Column("name", "Name", sort=("name",)),
                    Column("short", "Short name", sort=("short_name",)),
                    Column("sector", "Sector", sort=("sector", "name")),
                    Column("kind", "To the partnership", sort=("kind", "name")),
                    ENDS,
                ),
                filter_form=AgencyFilter,
                order="name",
            ),
            services.create_agency,
            services.change_agency,
        ),
        Kind(
            "groups",
            PartyKind.GROUP,
            "group",
            "Groups",
            selectors.groups,
            GroupForm,
            ListPage(
                noun=("group", "groups"),
                columns=(
                    Column("name", "Name", sort=("name",)),
                    Column("short", "Short name", sort=("short_name",)),
                    Column("kind", "Kind", sort=("kind", "name")),
                    Column("parent", "Reports to", sort=("parent__name",), empty_last=True),
                    ENDS,
                ),
                filter_form=GroupFilter,
                order="name",
            ),
            services.create_group,
            services.change_group,
        ),
        Kind(
            "people",
            PartyKind.PERSON,
            "person",
            "People",
            selectors.people,
            PersonForm,
            ListPage(
                noun=("person", "people"),
                columns=(
                    Column("name", "Name", sort=("name",)),
                    Column("initials", "Initials", sort=("initials",)),
                    Column("post", "Post", sort=("post",)),
                    Column("agency", "Agency", sort=("agency__name",), empty_last=True),
                    ENDS,
                ),
                filter_form=PersonFilter,
                order="name",
            ),
            services.create_person,
            services.change_person,
        ),
    )
}


@dataclass(frozen=True)
class PartnerRow:
    """One party as a row: its name, three facts, and its last day."""

    href: str
    name: str
    facts: tuple[tuple[str, str], ...]
    ends_on: date | None


@dataclass(frozen=True)
class Section:
    """One of the three lists, as a link."""

    title: str
    href: str
    current: bool


@dataclass(frozen=True)
class ListingPage:
    """A list of partners."""

    kind: Kind
    sections: tuple[Section, ...]
    listing: Listing[PartnerRow]
    may_write: bool
    may_give_access: bool
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PartyPage:
    """One party, with its other names."""

    kind: Kind
    party: Party
    facts: tuple[SummaryRow, ...]
    aliases: tuple[tuple[int, str, str], ...]
    may_write: bool
    may_give_access: bool
    may_see_why: bool
    may_read_plans: bool
    name_form: NameForm
    seats: SeatsPart | None = None
    held: tuple[HeldLine, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def above_seats(self) -> tuple[Line, ...]:
        """What other apps offer beside the seats."""
        return tuple(line for part in self.parts if part.place == "seats" for line in part.lines)


@dataclass(frozen=True)
class EditPage:
    """The form of a party, new (None) or standing. `theirs` is what somebody else saved meanwhile."""

    kind: Kind
    party: Party | None
    form: PartyForm
    back: str
    theirs: tuple[SummaryRow, ...] = ()


def kind_of(word: str) -> Kind:
    """The kind that an address names. Raises Http404."""
    try:
        return KINDS[word]
    except KeyError:
        raise Http404(f"There are no partners called {word}.") from None


def listing_page(user: Who, kind: Kind, query: QueryDict) -> ListingPage:
    """The list that the address asks for."""
    found = kind.list_page.read(query, kind.rows(user))
    sections = tuple(
        Section(other.many, reverse("partners:list_of", args=[other.word]), other is kind)
        for other in KINDS.values()
    )
    rows = found.with_rows(row_of(kind, party) for party in found.rows)
    return ListingPage(
        kind, sections, rows, permissions.can_write(user), permissions.can_give_access(user), ways()
    )


def row_of(kind: Kind, party: Party) -> PartnerRow:
    """A party as a row; its facts follow the list's columns."""
    titles = [column.label for column in kind.list_page.columns[1:4]]
    href = reverse("partners:party", args=[kind.word, party.pk])
    return PartnerRow(href, party.name, tuple(zip(titles, facts(party), strict=True)), party.ends_on)


def facts(party: Party) -> tuple[str, str, str]:
    """The three facts of a row."""
    if isinstance(party, Agency):
        return (party.short_name, label(SECTOR_LABELS, party.sector), label(AGENCY_KIND_LABELS, party.kind))
    if isinstance(party, Group):
        return (party.short_name, label(GROUP_KIND_LABELS, party.kind), str(party.parent or ""))
    return (party.initials, party.post, str(party.agency or ""))


def label(labels: Mapping[Any, str], key: str) -> str:
    """The label of a stored key."""
    return next((text for known, text in labels.items() if known.value == key), key)


def party_page(
    user: Who,
    kind: Kind,
    party: Party,
    name_form: NameForm | None = None,
    looking: LookingBack | None = None,
) -> PartyPage:
    """One party. `looking`: as at which day the seats of a group are asked for."""
    aliases = tuple(
        (alias.pk, alias.text, f"Confirmed by {alias.confirmed_by}")
        for alias in selectors.aliases_of(user, party)
    )
    return PartyPage(
        kind,
        party,
        summary(party),
        aliases,
        permissions.can_write(user),
        isinstance(party, Person) and permissions.can_give_access(user),
        isinstance(party, Person) and party.user_id is not None and can_view_access(user),
        can_hold(user, Permission.PLANS_VIEW),
        name_form or NameForm(),
        seats_part(user, party, looking),
        held_lines(user, party) if isinstance(party, Person) else (),
        parts(user, party, (looking and looking.day) or timezone.localdate()),
    )


def summary(party: Party) -> tuple[SummaryRow, ...]:
    """What is known of a party, in words; what is not known is left out."""
    rows: list[tuple[str, object]]
    if isinstance(party, Agency):
        rows = [
            ("Name", party.name),
            ("Short name", party.short_name),
            ("Sector", label(SECTOR_LABELS, party.sector)),
            ("To the partnership", label(AGENCY_KIND_LABELS, party.kind)),
            ("Follows on from", party.predecessor),
        ]
    elif isinstance(party, Group):
        rows = [
            ("Name", party.name),
            ("Short name", party.short_name),
            ("Kind", label(GROUP_KIND_LABELS, party.kind)),
            ("Reports to", party.parent),
            ("Was merged into", party.merged_into),
        ]
    else:
        rows = [("Name", party.name), ("Initials", party.initials), ("Post", party.post)]
        rows += [("Agency", party.agency), ("E-mail address", party.email)]
    rows += [("First day", day(party.starts_on)), ("Last day", day(party.ends_on))]
    return tuple(SummaryRow(key, str(value)) for key, value in rows if value)


def edit_page(kind: Kind, party: Person | Agency | Group | None, form: PartyForm) -> EditPage:
    """The form, and the way back from it."""
    at_home = (
        ("partners:list_of", [kind.word]) if party is None else ("partners:party", [kind.word, party.pk])
    )
    return EditPage(kind, party, form, reverse(at_home[0], args=at_home[1]))
