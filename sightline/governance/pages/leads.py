"""The register of safeguarding leads, and one row of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from sightline.governance import permissions
from sightline.governance.forms.leads import PARTS, LeadFilter
from sightline.governance.models import Lead
from sightline.governance.rules.rhythm import awaits_confirmation, confirm_by, standard
from sightline.governance.selectors.leads import leads_visible_to, same_place, unconfirmed
from sightline.rendering.document import Column as Heading
from sightline.rendering.document import Document, Table, TableCell, TableRow
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader

FORMATS = {"CSV": "csv", "Excel": "xlsx"}
LIST = ListPage(
    noun=("safeguarding lead", "safeguarding leads"),
    columns=(
        Column("agency", "Agency", sort=("agency__name", "department", "school", "district")),
        Column("place", "Department, school or district", sort=("department", "school", "district")),
        Column("name", "Lead", sort=("person__name",)),
        Column("cover", "Who stands in", sort=("cover__name", "cover_words")),
        Column("confirmed", "Last confirmed", sort=("current_confirmed_on",)),
    ),
    filter_form=LeadFilter,
    order="agency",
)
COLUMNS = (
    "Number", "Agency", "Department", "School", "District", "Role", "Lead", "E-mail", "Telephone", "Stands in",
    "From", "Until", "Last confirmed",
)  # fmt: skip


@dataclass(frozen=True)
class LeadRow:
    """A lead as a row. `warns`: in post, and not confirmed this quarter."""

    href: str
    agency: str
    place: str
    name: str
    role: str
    email: str
    telephone: str
    cover: str
    confirmed_on: date
    warns: bool
    ends_on: date | None


@dataclass(frozen=True)
class LeadsPage:
    """The register. `waiting`: how many were not confirmed this quarter."""

    listing: Listing[LeadRow]
    waiting: int
    may_add: bool


@dataclass(frozen=True)
class LeadPage:
    """One row of the register, who was there before and after, and when it was confirmed."""

    lead: Lead
    facts: tuple[SummaryRow, ...]
    warns: bool
    history: tuple[tuple[str, str, str], ...]
    confirmations: tuple[str, ...]
    may_confirm: bool
    may_change: bool


def leads_page(user: Reader, query: QueryDict, on: date) -> LeadsPage:
    """The rows that the address asks for."""
    exports = {
        label: reverse("governance:leads_export", args=[name]) for label, name in FORMATS.items()
    } if permissions.can_export(user) else None  # fmt: skip
    found = LIST.read(query, leads_visible_to(user), form=_filter(user, query), exports=exports)
    waiting = leads_visible_to(user).filter(unconfirmed(on)).count()
    return LeadsPage(
        found.with_rows(_row(each, on) for each in found.rows), waiting, permissions.can_add_leads(user)
    )


def leads_table(user: Reader, query: QueryDict, marking: str) -> Document:
    """The register as it is narrowed and ordered, whole, as a table to take away."""
    rows = LIST.ordered(_filter(user, query).narrow(leads_visible_to(user)), query)
    made = tuple(TableRow(tuple(TableCell(_text(cell)) for cell in _cells(each))) for each in rows)
    title = "Register of safeguarding leads"
    return Document(
        title, (Table(title, tuple(map(Heading, COLUMNS)), made),), marking=marking, landscape=True
    )


def _cells(each: Lead) -> tuple[Any, ...]:
    return (
        each.pk, each.agency, each.department, each.school, each.district, each.role, each.person.name,
        each.person.email, each.telephone, each.stands_in, each.starts_on, each.ends_on, each.current_confirmed_on,
    )  # fmt: skip


def _text(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def _filter(user: Reader, query: QueryDict) -> LeadFilter:
    columns = ("agency__key", "agency__name", *PARTS)
    named = leads_visible_to(user).select_related(None).order_by().values_list(*columns).distinct()
    return LeadFilter(query, named=list(named))


def _row(each: Lead, on: date) -> LeadRow:
    return LeadRow(
        reverse("governance:lead", args=[each.pk]),
        str(each.agency),
        each.place,
        each.person.name,
        each.role,
        each.person.email,
        each.telephone,
        each.stands_in,
        each.current_confirmed_on,
        _warns(each, on),
        each.ends_on,
    )


def _warns(each: Lead, on: date) -> bool:
    return each.ends_on is None and awaits_confirmation(each.current_confirmed_on, on, standard())


def lead_page(user: Reader, found: Lead, on: date) -> LeadPage:
    """One row with all others of the same place."""
    others = (
        leads_visible_to(user).filter(same_place(found)).exclude(pk=found.pk).order_by("-starts_on", "-pk")
    )
    said = found.confirmations.order_by("-as_at", "-pk")[:8]
    is_open = found.ends_on is None
    return LeadPage(
        lead=found,
        facts=facts(found),
        warns=_warns(found, on),
        history=tuple(
            (each.person.name, reverse("governance:lead", args=[each.pk]), _days(each))
            for each in others[:20]
        ),
        confirmations=tuple(f"{day(each.as_at)}, {each.entered_by_label}" for each in said),
        may_confirm=is_open and permissions.can_confirm_lead(user, found),
        may_change=is_open and permissions.can_change_lead(user, found),
    )


def facts(found: Lead) -> tuple[SummaryRow, ...]:
    """What is known of a lead, in words; what is not known is left out."""
    rows = (
        ("Agency", str(found.agency)),
        ("Department or service", found.department),
        ("School or setting", found.school),
        ("District or area", found.district),
        ("Role", found.role),
        ("Lead", ", ".join(part for part in (found.person.name, found.person.post) if part)),
        ("E-mail", found.person.email),
        ("Telephone", found.telephone),
        ("Who stands in", found.stands_in or "Nobody is named"),
        ("In post", _days(found)),
        ("Ended because", found.end_reason),
        ("Last confirmed", day(found.current_confirmed_on)),
        (
            "To be confirmed by",
            day(confirm_by(found.current_confirmed_on, standard())) if not found.ends_on else "",
        ),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def _days(each: Lead) -> str:
    return f"From {day(each.starts_on)}" + (f" to {day(each.ends_on)}" if each.ends_on else "")
