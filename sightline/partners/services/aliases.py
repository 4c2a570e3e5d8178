"""Names remembered for parties, each confirmed by somebody."""

from __future__ import annotations

from django.utils import timezone

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, record
from sightline.partners import rules
from sightline.partners.choices import PartyKind
from sightline.partners.entries import PartnerEntry
from sightline.partners.models import Alias, Party
from sightline.partners.selectors import party_names
from sightline.partners.words import of_parties
from sightline.search.services import keep


@deed
def remember_alias(text: str, party: Party, *, by: Actor) -> Alias | None:
    """From now on this text stands for the party; None where its own name says so already.

    Raises Unacceptable where the text names nobody, or stands for another party: that one must be forgotten first.
    """
    normalised = rules.normalise(text)
    if not normalised:
        raise Unacceptable({"text": "Enter a name with at least one letter or figure."})
    kind = PartyKind(party.party_kind)
    standing = [name for name in party_names() if rules.normalise(name.text) == normalised]
    for name in standing:
        if (name.kind, name.id) != (kind, party.pk):
            raise Unacceptable({"text": f"“{text.strip()}” already stands for {name.title}."})
    if standing:
        return Alias.objects.filter(normalised=normalised).first()
    alias = Alias(
        text=" ".join(text.split())[:300],
        normalised=normalised[:300],
        confirmed_by=by.label,
        confirmed_at=timezone.now(),
        **{kind.value: party},
    )
    alias.save(force_insert=True)
    record(PartnerEntry.ALIAS_REMEMBERED, by=by, subject=alias, after=_told(alias, party))
    keep(of_parties([party]))
    return alias


@deed
def forget_alias(alias: Alias, *, by: Actor) -> None:
    """The text no longer stands for its party; what was matched by it stays as it is."""
    record(PartnerEntry.ALIAS_FORGOTTEN, by=by, subject=alias, before=_told(alias, alias.party))
    party = alias.party
    alias.delete()
    keep(of_parties([party]))


def _told(alias: Alias, party: Party) -> dict[str, object]:
    """A person's other name is as personal as their name; an agency's is not."""
    field = "person_name" if alias.person_id else "name"
    return {field: alias.text, "stands_for": str(party.party_kind), "id": party.pk}
