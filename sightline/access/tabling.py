"""What can stand on the agenda of a meeting: each app offers its kinds of record, and meetings learn of them here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.urls import Resolver404, resolve, reverse

from sightline.events.choices import Tier

# What is more sensitive stands on no agenda.
HIGHEST = Tier.T2


def tier_of(record: Any) -> Tier:
    """As sensitive as the record, or as the plan or source that it belongs to."""
    above = [getattr(record, name, None) for name in ("plan", "source")]
    return Tier(max(getattr(each, "tier", None) or Tier.T1.value for each in (record, *above)))


def _number(record: Any) -> str:
    return str(record.pk)


def _address(record: Any) -> tuple[Any, ...]:
    return (record.pk,)


@dataclass(frozen=True)
class Kind:
    """A kind of record that an item of an agenda can be about.

    `visible` gives those that somebody may read; `part` of the address of its `page` holds its `field`, and `address`
    gives all parts. `number` is what is said beside the kind to name one, in words that tell nothing of it: "Risk 5".
    `is_named`: its own page calls it so, and people may type that. `title` is for whoever may read it.
    """

    label: str
    model: type[Model]
    page: str
    visible: Callable[[Any], QuerySet[Any]]
    part: str = "number"
    field: str = "pk"
    is_named: bool = False
    address: Callable[[Any], tuple[Any, ...]] = _address
    number: Callable[[Any], str] = _number
    title: Callable[[Any], str] = str
    tier: Callable[[Any], Tier] = tier_of


@dataclass(frozen=True)
class Tabled:
    """A record as an agenda knows it: what it is, where it is, how sensitive, and its title for whoever may read it."""

    app: str
    model: str
    id: str
    label: str
    url: str
    tier: Tier = Tier.T1
    title: str = ""


_offered: dict[str, tuple[Kind, ...]] = {}


def offer(app_label: str, kinds: Iterable[Kind]) -> None:
    """Let an app's records stand on agendas. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(kinds)


def kinds() -> list[Kind]:
    """Every kind, by its label."""
    return sorted((kind for offered in _offered.values() for kind in offered), key=lambda kind: kind.label)


def tabled(record: Any) -> Tabled | None:
    """A record as an agenda would know it; None where it is of no kind that was offered."""
    kind = next((each for each in kinds() if each.model is type(record)), None)
    return _tabled(kind, record) if kind else None


def record_of(user: Any, app: str, model: str, number: int) -> Tabled | None:
    """The record of this number, where it is of a kind that was offered, and somebody may read it."""
    for kind in kinds():
        if (kind.model._meta.app_label, kind.model._meta.model_name) == (app, model):
            found = kind.visible(user).filter(pk=number).first()
            return _tabled(kind, found) if found else None
    return None


def _tabled(kind: Kind, record: Any) -> Tabled:
    return Tabled(
        app=kind.model._meta.app_label,
        model=kind.model._meta.model_name or "",
        id=str(record.pk),
        label=f"{kind.label} {kind.number(record)}".strip()[:100],
        url=reverse(kind.page, args=kind.address(record)),
        tier=kind.tier(record),
        title=kind.title(record)[:200],
    )


def record_named(user: Any, text: str) -> Tabled | None:
    """The record of this address ("https://…/risks/5/") or name ("Risk 5", "SL-00012"), where somebody may read it.

    None where there is none, or it is of a kind that stands on no agenda.
    """
    for kind, value in _named(text.strip()):
        try:
            return _tabled(kind, kind.visible(user).get(**{kind.field: value}))
        except (ObjectDoesNotExist, ValueError, OverflowError):
            continue
    return None


def _named(words: str) -> Iterator[tuple[Kind, str]]:
    """The kinds that the words may name, each with what its key is."""
    if "/" in words:
        try:
            found = resolve(urlsplit(words).path)
        except (Resolver404, ValueError):
            return
        yield from ((kind, str(found.kwargs[kind.part])) for kind in kinds() if kind.page == found.view_name)
        return
    for kind in kinds():
        said = re.sub(rf"^{re.escape(kind.label)}\s+", "", words, flags=re.IGNORECASE)
        if kind.part == "reference":
            yield kind, said.upper()
        elif said != words and kind.is_named:
            yield kind, said
