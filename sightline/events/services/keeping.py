"""How every service keeps its promises: nothing undated, nothing left empty, no change unseen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.db import router
from django.db.models import Model
from django.db.models.deletion import Collector
from django.utils import timezone

from sightline.events.choices import Actor, StaleRecord, Tier, Unacceptable
from sightline.events.entries import EventEntry
from sightline.events.services.deeds import deed
from sightline.events.services.recording import record
from sightline.identifying import Finding
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.screens.forms import CarefulForm

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)


def today(now: datetime) -> date:
    """The calendar day of a moment, where the partnership is."""
    return timezone.localtime(now).date()


def held_as_seen(found: M, version: int, *with_it: str) -> M:
    """The record as it stands now, held, with those it is tied to. Raises StaleRecord where it moved on from this."""
    rows = type(found)._default_manager.select_for_update(of=("self",)).select_related(*with_it)
    live: M = rows.get(pk=found.pk)
    if vars(live)["version"] != version:
        raise StaleRecord
    return live


def delete_read(rows: Collection[Model]) -> None:
    """Delete records that were read, with what hangs on them, as a queryset does, but without reading them again."""
    for model in {type(each) for each in rows}:
        gone = Collector(router.db_for_write(model))
        gone.collect([each for each in rows if type(each) is model])
        gone.delete()


def changed(
    found: Model, values: Mapping[str, Any], *, save: bool = True
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what differs on the record, save those columns, and return them as they were and as they are."""
    differing = {name: value for name, value in values.items() if getattr(found, name) != value}
    before = {name: plain(getattr(found, name)) for name in differing}
    for name, value in differing.items():
        setattr(found, name, value)
    if differing and save:
        found.save(update_fields=list(differing))
    return before, {name: plain(value) for name, value in differing.items()}


def plain(value: Any) -> Any:
    """A value as the journal writes it: records by number and name."""
    return {"id": value.pk, "name": str(value)} if isinstance(value, Model) else value


def need(text: str, field: str, sentence: str) -> str:
    """The text without blanks around it. Raises Unacceptable with the sentence where nothing is left."""
    return need_all({field: (text, sentence)})[field]


def need_all(texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Each text without blanks around it, by field. Raises Unacceptable with the sentences of those left empty."""
    kept = {field: text.strip() for field, (text, _) in texts.items()}
    if missing := {field: texts[field][1] for field, text in kept.items() if not text}:
        raise Unacceptable(missing)
    return kept


def not_ahead(as_at: date, now: datetime, field: str = "as_at") -> None:
    """Raises Unacceptable where a day lies in the future: nothing is known as at tomorrow."""
    if as_at > today(now):
        raise Unacceptable({field: f"{day(as_at)} lies ahead. Give today or a day before."})


def not_before(as_at: date, last: date | None, what: str, field: str = "as_at") -> None:
    """Raises Unacceptable where a day lies before what it follows."""
    if last and as_at < last:
        raise Unacceptable({field: f"{what} is of {day(last)}. Give that day or a later one."})


def knowingly(
    service: Callable[P, R],
    form: CarefulForm,
    page: str,
    *,
    by: Actor,
    entry: StrEnum = EventEntry.KEPT_KNOWINGLY,
) -> Callable[P, R]:
    """The service; where the form holds what may tell who a child is, it journals why as well: both or neither."""
    if not form.telling:
        return service

    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        kept = service(*args, **kwargs)
        telling = chain.from_iterable(form.telling.values())
        note_kept_knowingly(entry, page, telling, form.cleaned_data["because"], by=by)
        return kept

    return deed(whole)


@deed
def note_kept_knowingly(
    entry: StrEnum, page: str, telling: Iterable[Finding], because: str, *, by: Actor
) -> None:
    """Journal that what may tell who a child is was kept: on which page, of which kind, and why. Never the words."""
    after = {"page": page, "kinds": sorted({each.kind.value for each in telling}), "because": because}
    record(entry, by=by, after=after, tier=Tier.T2)
