"""Loading agencies, groups and people from rows: all of them, or none with every problem told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from sightline.access.models import User
from sightline.access.rules import normal_email
from sightline.events.choices import Actor, Unacceptable
from sightline.partners import rules
from sightline.partners.choices import (
    AGENCY_KIND_LABELS,
    GROUP_KIND_LABELS,
    SECTOR_LABELS,
    AgencyKind,
    GroupKind,
    Sector,
)
from sightline.partners.models import Agency, Group, Party
from sightline.partners.services.aliases import remember_alias
from sightline.partners.services.parties import create_agency, create_group, create_person

K = TypeVar("K", bound=StrEnum)
Row = Mapping[str, Any]


@dataclass
class Loaded:
    """How many were loaded; where there are problems (one sentence each), nothing was."""

    agencies: int = 0
    groups: int = 0
    people: int = 0
    problems: list[str] = field(default_factory=list)


class _Undone(Exception):
    """Takes the transaction back when a row could not be used."""


@dataclass
class _Loading:
    by: Actor
    loaded: Loaded
    agencies: dict[str, Agency] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)

    def each(self, sheet: str, rows: Sequence[Row], make: Callable[[Row], Party]) -> int:
        """Make a party of each row that is not empty, and remember its other names."""
        made = 0
        for number, row in enumerate(rows, start=2):
            if not any(_text(row, column) for column in row):
                continue
            try:
                with transaction.atomic():
                    party = make(row)
                    for alias in re.split(r"[;\n]", _text(row, "aliases")):
                        if alias.strip():
                            remember_alias(alias, party, by=self.by)
                made += 1
            except Unacceptable as refused:
                self.loaded.problems += [
                    f"{sheet}, row {number}: {text}" for text in refused.problems.values()
                ]
        return made

    def agency(self, row: Row) -> Agency:
        """An agency of a row; a predecessor stands above it."""
        made = create_agency(
            _text(row, "name"),
            short_name=_text(row, "short_name"),
            sector=_choice(row, "sector", SECTOR_LABELS, Sector.OTHER),
            kind=_choice(row, "kind", AGENCY_KIND_LABELS, AgencyKind.RELEVANT),
            predecessor=_among(self.agencies, row, "predecessor", "an agency"),
            starts_on=_day(row, "starts_on"),
            ends_on=_day(row, "ends_on"),
            by=self.by,
        )
        return _keep(self.agencies, made, made)

    def group(self, row: Row) -> Group:
        """A group of a row; a parent stands above it."""
        made = create_group(
            _text(row, "name"),
            short_name=_text(row, "short_name"),
            kind=_choice(row, "kind", GROUP_KIND_LABELS, GroupKind.SUB_GROUP),
            parent=_among(self.groups, row, "parent", "a group"),
            starts_on=_day(row, "starts_on"),
            ends_on=_day(row, "ends_on"),
            by=self.by,
        )
        return _keep(self.groups, made, made)

    def person(self, row: Row) -> Party:
        """A person of a row; their agency stands above, and an account under their address is theirs."""
        email = _text(row, "email")
        try:
            if email:
                validate_email(email)
        except ValidationError:
            raise Unacceptable({"email": f"“{email}” is not an e-mail address."}) from None
        return create_person(
            _text(row, "name"),
            initials=_text(row, "initials")[:10],
            post=_text(row, "post"),
            agency=_among(self.agencies, row, "agency", "an agency"),
            email=email,
            user=User.objects.filter(email=normal_email(email), person__isnull=True).first(),
            starts_on=_day(row, "starts_on"),
            ends_on=_day(row, "ends_on"),
            by=self.by,
        )


def load_partners(
    agencies: Sequence[Row], groups: Sequence[Row], people: Sequence[Row], *, by: Actor
) -> Loaded:
    """Load rows (name, short_name, sector, kind, predecessor, parent, initials, post, agency, email, starts_on,
    ends_on, aliases separated by semicolons). A row names only what stands in the database or in a row above it.

    All or nothing: with any problem nothing is loaded and each problem says its row, counting the heading as 1.
    """
    loading = _Loading(by, Loaded())
    for agency in Agency.objects.all():
        _keep(loading.agencies, agency, agency)
    for group in Group.objects.all():
        _keep(loading.groups, group, group)
    loaded = loading.loaded
    try:
        with transaction.atomic():
            loaded.agencies = loading.each("Agencies", agencies, loading.agency)
            loaded.groups = loading.each("Groups", groups, loading.group)
            loaded.people = loading.each("People", people, loading.person)
            if loaded.problems:
                raise _Undone
    except _Undone:
        return Loaded(problems=loaded.problems)
    return loaded


P = TypeVar("P", Agency, Group)


def _keep(table: dict[str, P], made: P, named: Agency | Group) -> P:
    for name in (named.name, named.short_name):
        if name:
            table[rules.normalise(name)] = made
    return made


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _choice(row: Row, column: str, labels: Mapping[K, str], default: K) -> K:
    """One of the words, by its key or its label, whatever its case."""
    text = _text(row, column)
    if not text:
        return default
    for key, label in labels.items():
        if rules.normalise(text) in {rules.normalise(key.value.replace("_", " ")), rules.normalise(label)}:
            return key
    raise Unacceptable({column: f"“{text}” is not one of: {', '.join(labels.values())}."})


def _among(table: dict[str, P], row: Row, column: str, kind: str) -> P | None:
    text = _text(row, column)
    if not text:
        return None
    found = table.get(rules.normalise(text))
    if found is None:
        raise Unacceptable({column: f"“{text}” is not the name of {kind} in a row above."})
    return found


def _day(row: Row, column: str) -> date | None:
    value = row.get(column)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or not _text(row, column):
        return value or None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(_text(row, column), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Unacceptable({column: f"“{_text(row, column)}” is not a day; write it as 31/03/2026."})
