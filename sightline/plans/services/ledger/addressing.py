"""Whom a recommendation is addressed to: printed words, matched where somebody or something of the name is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS

from sightline.access import services as access
from sightline.events.choices import Actor
from sightline.events.services.keeping import today
from sightline.partners.choices import PartyKind
from sightline.partners.rules import matching, normalise
from sightline.partners.selectors import Names, names_now, party_named
from sightline.plans.models import Addressee, Recommendation
from sightline.plans.selectors.owed import read_ledger
from sightline.plans.selectors.returns import KIND
from sightline.plans.services.keeping import save_columns
from sightline.plans.services.ledger.current import set_current
from sightline.plans.services.ledger.owed import keep_asks


def write_addressees(
    recommendation: Recommendation, words: Sequence[str], names: Names | None = None
) -> list[Addressee]:
    """Make the addressees of a new recommendation; one without words where nobody is named."""
    said = _said(words)
    names = names or (names_now() if said else Names())
    made = [_addressee(recommendation, text, names, place) for place, text in enumerate(said or [""])]
    for each in made:
        set_current(each, ())
    return Addressee.objects.bulk_create(made)


def readdress(recommendation: Recommendation, words: Sequence[str], *, by: Actor, now: datetime) -> None:
    """Address a recommendation, whose source this deed holds, to others, and count what is owed anew.

    Those it no longer goes to go where nothing was said of them; the others stay, as gone from today. What they
    were asked by link is over. Those who come back are taken up again, and names that have become known are matched
    anew.
    """
    on, source, names = today(now), recommendation.source, names_now()
    standing = {each.raw: each for each in recommendation.addressees.select_related("agency", "group")}
    read = read_ledger(list(standing.values()), [source.pk], on)
    wanted = [_addressee(recommendation, raw, names, place) for place, raw in enumerate(_said(words) or [""])]
    left = [each for raw, each in standing.items() if raw not in {one.raw for one in wanted}]
    free = [each for each in left if not read.lines[each.pk]]
    for each in left:
        each.gone_on = each.gone_on or on
    for each in wanted:
        each.pk = standing[each.raw].pk if each.raw in standing else None
    for link in access.standing_links(KIND, [each.pk for each in left], now):
        access.end_return(link, by=by, now=now)
    kept = [*wanted, *(each for each in left if read.lines[each.pk])]
    for each in kept:
        set_current(each, read.lines[each.pk] if each.pk else ())
    _write(kept, free)
    keep_asks({source.pk: source}, [*kept, *free], read, now)


def _write(kept: Sequence[Addressee], free: Sequence[Addressee]) -> None:
    """Write the addressees; rows of which nothing was said go, so that no form that names one speaks for another."""
    if free:
        # Straight away: Django would first ask for all that hangs on them, and nothing does.
        Addressee.objects.filter(pk__in=[each.pk for each in free])._raw_delete(using=DEFAULT_DB_ALIAS)
    columns = [field.name for field in Addressee._meta.concrete_fields if not field.primary_key]
    save_columns([each for each in kept if each.pk], columns)
    Addressee.objects.bulk_create([each for each in kept if not each.pk])


def _said(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(text.split())[:300] for text in words if text.strip()))


def _addressee(recommendation: Recommendation, raw: str, names: Names, place: int) -> Addressee:
    made = Addressee(recommendation=recommendation, raw=raw, order=place)
    if not raw or normalise(raw) in names.own:
        made.is_partnership = bool(raw)
        return made
    known = matching(raw, names.parties)
    if known and known.kind == PartyKind.GROUP:
        made.group = party_named(known)  # type: ignore[assignment]  # a party of the one kind
    elif known and known.agency_id:
        whose = (each for each in names.parties if each.kind == PartyKind.AGENCY)
        agency = next(each for each in whose if each.id == known.agency_id)
        made.agency = party_named(agency)  # type: ignore[assignment]  # a party of the one kind
    return made
