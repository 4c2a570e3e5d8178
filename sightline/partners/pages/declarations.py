"""Who has signed, and the page on which one person does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from sightline.knowing.permissions import can_keep_conflicts
from sightline.partners.choices import SIGNED_LABELS, SIGNING_COLOURS, SIGNING_LABELS, Signed
from sightline.partners.forms.declarations import DeclarationForm, SigningFilter
from sightline.partners.models import Person
from sightline.partners.rules.declarations import Wording, numbers, signing, wording_on, wordings
from sightline.partners.selectors import groups
from sightline.partners.selectors.declarations import (
    declarations_visible_to,
    declarers,
    groups_of,
    owing,
)
from sightline.rendering.document import Column as Heading
from sightline.rendering.document import Document, Table, TableCell, TableRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import count, day, joined

if TYPE_CHECKING:
    from sightline.partners.selectors import Who

FORMATS = {"CSV": "csv", "Excel": "xlsx"}
LIST = ListPage(
    noun=("member", "members"),
    columns=(
        Column("name", "Member", sort=("name",)),
        Column("groups", "Groups"),
        Column("state", "Declaration", sort=("runs_out",)),
        Column("signed", "Signed on", sort=("last_signed",), empty_last=True),
        Column("open", "Open", hidden_label=True),
    ),
    filter_form=SigningFilter,
    order="state",
)
COLUMNS = (
    "Member", "Post", "Agency", "Groups", "Declaration", "Signed on", "Runs out on", "Words", "Interests declared",
    "Has an account",
)  # fmt: skip


@dataclass(frozen=True)
class SigningRow:
    """One member, and how their declaration stands."""

    name: str
    agency: str
    groups: str
    state: str
    colour: str
    signed_on: date | None
    expires_on: date | None
    has_account: bool
    url: str


@dataclass(frozen=True)
class DeclarationsPage:
    """Who has signed. `told` counts those who have not, of all."""

    listing: Listing[SigningRow]
    told: str


def declarations_page(user: Who, query: QueryDict, on: date, *, may_export: bool) -> DeclarationsPage:
    """The list as the address narrows it; the count is of all."""
    named = list(groups(user).values_list("key", "name"))
    exports = {
        label: reverse("partners:declarations_export", args=[name]) for label, name in FORMATS.items()
    } if may_export else None  # fmt: skip
    found = LIST.read(query, declarers(on), form=SigningFilter(query, groups=named), exports=exports)
    sitting = groups_of((person.pk for person in found.rows), on)
    missing = declarers(on).filter(owing(on)).count()
    return DeclarationsPage(
        found.with_rows(_row(person, sitting.get(person.pk, []), on) for person in found.rows),
        f"{count(missing, 'member has', 'members have')} not signed, or what they signed has run out.",
    )


def declarations_table(user: Who, query: QueryDict, on: date, marking: str) -> Document:
    """The list whole, as narrowed and ordered, to take away. What the interests are stays with each declaration."""
    form = SigningFilter(query, groups=list(groups(user).values_list("key", "name")))
    rows = list(LIST.ordered(form.narrow(declarers(on)), query))
    sitting = groups_of((person.pk for person in rows), on)
    made = tuple(TableRow(tuple(map(TableCell, _cells(each, sitting.get(each.pk, []), on)))) for each in rows)
    title = "Declarations of interest and confidentiality"
    table = Table(title, tuple(map(Heading, COLUMNS)), made)
    return Document(title, (table,), marking=marking, landscape=True)


def _cells(each: Any, sitting: list[str], on: date) -> tuple[str, ...]:
    says = {None: "", True: "Yes", False: "None"}[each.last_says]
    row = _row(each, sitting, on)
    return (
        row.name, each.post, row.agency, row.groups, row.state, _iso(row.signed_on), _iso(row.expires_on),
        each.last_words or "", says, "Yes" if row.has_account else "No",
    )  # fmt: skip


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _row(each: Any, sitting: list[str], on: date) -> SigningRow:
    current = wording_on(on, wordings())
    state = signing(
        each.last_expires, each.last_words or "", current.version if current else "", on, numbers()
    )
    return SigningRow(
        each.name,
        str(each.agency or ""),
        joined(sitting),
        SIGNING_LABELS[state],
        SIGNING_COLOURS[state],
        each.last_signed,
        each.last_expires,
        each.user_id is not None,
        reverse("partners:declare", args=[each.pk]),
    )


@dataclass(frozen=True)
class Past:
    """One declaration, as it was signed."""

    signed: str
    how: str
    interests: str
    words: str
    until: str


@dataclass(frozen=True)
class DeclarePage:
    """Where one person signs, or the unit enters what they signed on paper."""

    title: str
    wording: Wording | None
    form: DeclarationForm
    is_paper: bool
    back: str
    ways: tuple[tuple[str, str], ...]
    past: tuple[Past, ...]


def _ways(user: Who, person: Person, *, is_own: bool) -> tuple[tuple[str, str], ...]:
    """Where else an interest is declared: with a single record, and at meetings."""
    ways = [("Conflicts with single records", reverse("knowing:conflicts"))] if is_own else []
    if not is_own and can_keep_conflicts(user):
        ways = [("Conflicts with single records", reverse("knowing:register"))]
    page = reverse("partners:party", args=["people", person.pk])
    return (*ways, ("What was declared at meetings from their seats", page))


def declare_page(user: Who, person: Person, form: DeclarationForm, on: date) -> DeclarePage:
    """The words, the form, and what was signed before."""
    signed = declarations_visible_to(user).filter(person=person)
    return DeclarePage(
        title=f"A declaration of {person.name} on paper"
        if form.is_paper
        else "Declare your interests and sign",
        wording=wording_on(on, wordings()),
        form=form,
        is_paper=form.is_paper,
        back=reverse("partners:declarations") if form.is_paper else "/",
        ways=_ways(user, person, is_own=not form.is_paper),
        past=tuple(
            Past(
                day(each.signed_on),
                SIGNED_LABELS[Signed(each.how)],
                each.interests,
                f"Version {each.wording}",
                day(each.expires_on),
            )
            for each in signed
        ),
    )
