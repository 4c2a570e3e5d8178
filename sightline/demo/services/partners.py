"""The partnership, agencies, groups, people and accounts of the invented county."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils import timezone

from sightline.access.models import User
from sightline.access.services import create_user, grant
from sightline.demo.story import Calendar
from sightline.events.choices import SYSTEM, Actor
from sightline.partners.models import Agency, Group, Party, Person
from sightline.partners.services import (
    create_agency,
    create_group,
    create_person,
    found_partnership,
    remember_alias,
)


@dataclass
class People:
    """Who there is: parties under the keys of the YAML, and the accounts that act."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    manager: Actor = SYSTEM
    second: Actor = SYSTEM
    on: date = field(default_factory=timezone.localdate)

    def moment(self, day: date) -> datetime:
        """When something of that day was typed: ten in the morning, never later than now."""
        return min(datetime.combine(day, time(10), tzinfo=UTC), timezone.now())


def load_partners(words: dict[str, Any], calendar: Calendar) -> People:
    """Everybody in `partners.yaml`, with their other names and memberships."""
    head, people = words["partnership"], People(on=calendar.on)
    found_partnership(
        head["name"],
        short_name=head["short_name"],
        areas=head["areas"],
        brand_colour=head["brand_colour"],
        by=SYSTEM,
    )
    for row in words["agencies"]:
        people.agencies[row["key"]] = _agency(row)
    for row in words["groups"]:
        people.groups[row["key"]] = _group(row, people, calendar)
    for row in words["people"]:
        load_person(row, people, calendar)
    return people


def _agency(row: dict[str, Any]) -> Agency:
    made = create_agency(
        row["name"],
        short_name=row.get("short", ""),
        sector=row["sector"],
        kind=row["kind"],
        key=row["key"],
        by=SYSTEM,
    )
    _other_names(row, made)
    return made


def _group(row: dict[str, Any], people: People, calendar: Calendar) -> Group:
    made = create_group(
        row["name"],
        short_name=row.get("short", ""),
        kind=row["kind"],
        parent=people.groups[row["parent"]] if "parent" in row else None,
        starts_on=calendar.month_start(row["from"]) if "from" in row else None,
        ends_on=calendar.month_end(row["to"]) if "to" in row else None,
        key=row["key"],
        by=SYSTEM,
    )
    _other_names(row, made)
    return made


def _other_names(row: dict[str, Any], party: Party) -> None:
    for text in row.get("aliases", ()):
        remember_alias(text, party, by=SYSTEM)


def load_person(row: dict[str, Any], people: People, calendar: Calendar) -> Person:
    """A person of the story, with their account and role where they have one."""
    user = _account(row, calendar) if "role" in row else None
    if user and row["role"] == "unit" and people.manager is SYSTEM:
        people.manager = user.actor
    elif user and row["role"] == "unit":
        people.second = user.actor
    return create_person(
        row["name"],
        initials=row["initials"],
        post=row["post"],
        agency=people.agencies.get(row.get("agency", "")),
        email=row.get("email", ""),
        user=user,
        ends_on=calendar.month_end(row["to"]) if "to" in row else None,
        by=SYSTEM,
    )


def _account(row: dict[str, Any], calendar: Calendar) -> User:
    """An account without a password: in the demonstration one signs in with a click."""
    user = create_user(row["email"], name=row["name"], by=SYSTEM)
    kind, _, key = row["scope"].partition(":")
    grant(
        user, role=row["role"], scope_kind=kind, scope_key=key, starts_on=calendar.month_start(-24), by=SYSTEM
    )
    return user
