"""Whom a recommendation is addressed to: printed words, matched where somebody or something of the name is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sightline.partners.choices import PartyKind
from sightline.partners.models import Person
from sightline.partners.rules import PartyName, matching, normalise
from sightline.partners.selectors import partnership, party_names
from sightline.plans.models import Addressee, Recommendation


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of every party, and those of the partnership itself, looked up once for many recommendations."""

    parties: Sequence[PartyName]
    own: frozenset[str]


def names_now() -> Names:
    """The names as they stand."""
    here = partnership()
    own = {normalise(text) for text in (here.name, here.short_name) if text} if here else set()
    return Names(party_names(), frozenset(own))


def write_addressees(
    recommendation: Recommendation, words: Sequence[str], names: Names | None = None
) -> list[Addressee]:
    """Make the addressees of a new recommendation; one without words where nobody is named."""
    said = _said(words)
    names = names or (names_now() if said else Names((), frozenset()))
    return Addressee.objects.bulk_create(
        _addressee(recommendation, text, names, place) for place, text in enumerate(said or [""])
    )


def readdress(recommendation: Recommendation, words: Sequence[str], on: date) -> None:
    """Address a recommendation to others. Those it no longer goes to go where nothing was said of them.

    The others stay, as gone from the day; those who come back are taken up again, and names that have become known
    are matched anew.
    """
    said, names = _said(words) or [""], names_now()
    standing = {each.raw: each for each in recommendation.addressees.all()}
    for raw, gone in standing.items():
        if raw not in said and not gone.lines.exists():
            gone.delete()
        elif raw not in said and gone.gone_on is None:
            Addressee.objects.filter(pk=gone.pk).update(gone_on=on)
    for place, text in enumerate(said):
        wanted = _addressee(recommendation, text, names, place)
        if text in standing:
            wanted.pk = standing[text].pk
            wanted.save(
                update_fields=["agency", "group", "is_partnership", "order", "gone_on"], force_update=True
            )
        else:
            wanted.save()


def _said(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(text.split())[:300] for text in words if text.strip()))


def _addressee(recommendation: Recommendation, raw: str, names: Names, place: int) -> Addressee:
    made = Addressee(recommendation=recommendation, raw=raw, order=place)
    if not raw or normalise(raw) in names.own:
        made.is_partnership = bool(raw)
        return made
    known = matching(raw, names.parties)
    if known is None:
        return made
    if known.kind == PartyKind.GROUP:
        made.group_id = known.id
    elif known.kind == PartyKind.AGENCY:
        made.agency_id = known.id
    else:
        made.agency_id = Person.objects.values_list("agency_id", flat=True).get(pk=known.id)
    return made
