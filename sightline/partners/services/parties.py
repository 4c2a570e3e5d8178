"""The partnership, agencies, groups and people: made, changed, never deleted (their dates end)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.db import models

from sightline.access.models import User
from sightline.access.rules import normal_email
from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.messages.selectors import failing
from sightline.messages.services import address_left
from sightline.partners import rules
from sightline.partners.choices import AgencyKind, GroupKind, Sector
from sightline.partners.entries import PartnerEntry
from sightline.partners.models import Agency, Group, Partnership, Person
from sightline.partners.words import of_parties
from sightline.search.services import keep

R = TypeVar("R", Agency, Group, Person, Partnership)
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ENDS_BEFORE = "The last day cannot be before the first."


@deed
def found_partnership(
    name: str,
    *,
    short_name: str,
    areas: Sequence[str],
    by: Actor,
    brand_colour: str = "#1d70b8",
    website: str = "",
) -> Partnership:
    """Set up the one partnership of this installation. Raises Unacceptable, also where there is one already."""
    if Partnership.objects.exists():
        raise Unacceptable({"": "This installation has a partnership already."})
    values = _partnership_values(name, short_name, areas, brand_colour, website)
    return _create(Partnership(pk=1, **values), values, PartnerEntry.PARTNERSHIP_SET_UP, by)


@deed
def change_partnership(
    partnership: Partnership,
    *,
    name: str,
    short_name: str,
    areas: Sequence[str],
    brand_colour: str,
    website: str,
    version: int,
    by: Actor,
) -> Partnership:
    """Change the partnership's name, areas, colour or website. Raises Unacceptable, StaleRecord."""
    values = _partnership_values(name, short_name, areas, brand_colour, website)
    return _change(Partnership, partnership.pk, version, values, PartnerEntry.PARTNERSHIP_CHANGED, by)


@deed
def create_agency(
    name: str,
    *,
    by: Actor,
    short_name: str = "",
    sector: Sector | str = Sector.OTHER,
    kind: AgencyKind | str = AgencyKind.RELEVANT,
    predecessor: Agency | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    key: str = "",
) -> Agency:
    """Add an agency; its key is made from its name unless one is given, and never changes. Raises Unacceptable."""
    values = _named(name, short_name, starts_on, ends_on)
    values |= {"sector": Sector(sector).value, "kind": AgencyKind(kind).value, "predecessor": predecessor}
    _refuse_taken_name(Agency, values["name"], None)
    values["key"] = key or _free_key(Agency, name)
    return _create(Agency(**values), values, PartnerEntry.AGENCY_CREATED, by)


@deed
def change_agency(
    agency: Agency,
    *,
    name: str,
    short_name: str,
    sector: Sector | str,
    kind: AgencyKind | str,
    predecessor: Agency | None,
    starts_on: date | None,
    ends_on: date | None,
    version: int,
    by: Actor,
) -> Agency:
    """Change an agency. Raises Unacceptable, StaleRecord."""
    values = _named(name, short_name, starts_on, ends_on)
    values |= {"sector": Sector(sector).value, "kind": AgencyKind(kind).value, "predecessor": predecessor}
    _refuse_taken_name(Agency, values["name"], agency.pk)
    _refuse_loop("predecessor", agency, predecessor)
    return _change(Agency, agency.pk, version, values, PartnerEntry.AGENCY_CHANGED, by)


@deed
def create_group(
    name: str,
    *,
    by: Actor,
    short_name: str = "",
    kind: GroupKind | str = GroupKind.SUB_GROUP,
    parent: Group | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    key: str = "",
) -> Group:
    """Add a group; its key is made from its name unless one is given, and never changes. Raises Unacceptable."""
    values = _named(name, short_name, starts_on, ends_on) | {"kind": GroupKind(kind).value, "parent": parent}
    _refuse_taken_name(Group, values["name"], None)
    values["key"] = key or _free_key(Group, name)
    return _create(Group(**values), values, PartnerEntry.GROUP_CREATED, by)


@deed
def change_group(
    group: Group,
    *,
    name: str,
    short_name: str,
    kind: GroupKind | str,
    parent: Group | None,
    merged_into: Group | None,
    starts_on: date | None,
    ends_on: date | None,
    version: int,
    by: Actor,
) -> Group:
    """Change a group. Raises Unacceptable (also where it would be its own parent), StaleRecord."""
    values = _named(name, short_name, starts_on, ends_on)
    values |= {"kind": GroupKind(kind).value, "parent": parent, "merged_into": merged_into}
    _refuse_taken_name(Group, values["name"], group.pk)
    _refuse_loop("parent", group, parent)
    _refuse_loop("merged_into", group, merged_into)
    return _change(Group, group.pk, version, values, PartnerEntry.GROUP_CHANGED, by)


@deed
def create_person(
    name: str,
    *,
    by: Actor,
    initials: str = "",
    post: str = "",
    agency: Agency | None = None,
    email: str = "",
    user: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Person:
    """Add a person; initials are made from the name unless given. Two may share a name. Raises Unacceptable."""
    values = _person_values(name, initials, post, agency, email, starts_on, ends_on) | {"user": user}
    return _create(Person(**values), values, PartnerEntry.PERSON_CREATED, by)


@deed
def change_person(
    person: Person,
    *,
    name: str,
    initials: str,
    post: str,
    agency: Agency | None,
    email: str,
    starts_on: date | None,
    ends_on: date | None,
    version: int,
    by: Actor,
) -> Person:
    """Change a person. Nobody is asked any more for the right address instead of one that only they had.

    Raises Unacceptable, StaleRecord.
    """
    values, stood = _person_values(name, initials, post, agency, email, starts_on, ends_on), person.email
    made = _change(Person, person.pk, version, values, PartnerEntry.PERSON_CHANGED, by)
    if stood and stood != made.email and failing(stood) and not _is_somebodys(stood):
        address_left(stood)
    return made


def _is_somebodys(address: str) -> bool:
    people = Person.objects.filter(email__iexact=address)
    return people.exists() or User.objects.filter(email=normal_email(address)).exists()


@deed
def link_account(person: Person, user: User | None, *, version: int, by: Actor) -> Person:
    """Say which account is this person's (or none). Raises StaleRecord; Unacceptable where it is another's."""
    if user is not None and Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise Unacceptable({"user": "This account belongs to another person."})
    return tie_account(person, user, version=version, by=by)


@deed
def tie_account(person: Person, user: User | None, *, version: int, by: Actor) -> Person:
    """The same for an account that is known to be nobody's, such as one just opened. Raises StaleRecord."""
    return _change(Person, person.pk, version, {"user": user}, PartnerEntry.PERSON_CHANGED, by)


def _partnership_values(
    name: str, short_name: str, areas: Sequence[str], colour: str, website: str
) -> dict[str, Any]:
    problems = {}
    if not name.strip():
        problems["name"] = "Enter the partnership's name."
    if not COLOUR.fullmatch(colour):
        problems["brand_colour"] = "Enter the colour as # and six digits, such as #1d70b8."
    if problems:
        raise Unacceptable(problems)
    return {
        "name": name.strip(),
        "short_name": short_name.strip(),
        "areas": [
            {"name": area.strip(), "starts_on": None, "ends_on": None} for area in areas if area.strip()
        ],
        "brand_colour": colour,
        "website": website.strip(),
    }


def _named(name: str, short_name: str, starts_on: date | None, ends_on: date | None) -> dict[str, Any]:
    problems = {}
    if not rules.normalise(name):
        problems["name"] = "Enter a name."
    if starts_on and ends_on and ends_on < starts_on:
        problems["ends_on"] = ENDS_BEFORE
    if problems:
        raise Unacceptable(problems)
    tidy = {"name": " ".join(name.split()), "short_name": " ".join(short_name.split())}
    return tidy | {"starts_on": starts_on, "ends_on": ends_on}


def _person_values(
    name: str,
    initials: str,
    post: str,
    agency: Agency | None,
    email: str,
    starts_on: date | None,
    ends_on: date | None,
) -> dict[str, Any]:
    values = _named(name, "", starts_on, ends_on)
    del values["short_name"]
    return values | {
        "initials": initials.strip() or rules.initials_of(name)[:10],
        "post": post.strip(),
        "agency": agency,
        "email": email.strip(),
    }


def _refuse_taken_name(model: type[Agency] | type[Group], name: str, own: int | None) -> None:
    others = model._default_manager.filter(name__iexact=name)
    if (others if own is None else others.exclude(pk=own)).exists():
        kind = "an agency" if model is Agency else "a group"
        raise Unacceptable({"name": f"There is {kind} of this name already."})


def _refuse_loop(field: str, record_: Agency | Group, above: Agency | Group | None) -> None:
    """Nothing may stand above itself, however long the way."""
    seen: set[int] = set()
    while above is not None and above.pk not in seen:
        if above.pk == record_.pk:
            raise Unacceptable({field: "This would lead round in a circle."})
        seen.add(above.pk)
        above = getattr(above, field)


def _free_key(model: type[Agency] | type[Group], name: str) -> str:
    wanted = rules.slug(name)
    taken = model._default_manager.filter(key__startswith=wanted).values_list("key", flat=True)
    return rules.free_key(name, taken)


def _create(made: R, values: Mapping[str, Any], entry: StrEnum, by: Actor) -> R:
    made.save(force_insert=True)
    record(entry, by=by, subject=made, after=_plain(values))
    _keep_words(made)
    return made


def _change(model: type[R], pk: int, version: int, values: Mapping[str, Any], entry: StrEnum, by: Actor) -> R:
    """Lock the row, compare its version, write what differs, journal before and after; nothing new, no entry."""
    current: R = model._default_manager.select_for_update().get(pk=pk)
    if current.version != version:
        raise StaleRecord
    differing: list[str] = [field for field, value in values.items() if getattr(current, field) != value]
    if not differing:
        return current
    before = _plain({field: getattr(current, field) for field in differing})
    for field in differing:
        setattr(current, field, values[field])
    current.version += 1
    current.save(update_fields=[*differing, "version"])
    record(entry, by=by, subject=current, before=before, after=_plain({f: values[f] for f in differing}))
    if differing != ["user"]:  # an account has no words of its own
        _keep_words(current)
    return current


def _keep_words(party: Agency | Group | Person | Partnership) -> None:
    """Let search find it by its names; the one partnership is everywhere already."""
    if not isinstance(party, Partnership):
        keep(of_parties([party]))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Records as their numbers, so that the entry can be kept for ever."""
    return {
        field: value.pk if isinstance(value, models.Model) else value
        for field, value in values.items()
        if value not in (None, "")
    }
