"""What search keeps of agencies, groups and people: every name they are written by."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.partners.choices import PartyKind
from sightline.partners.models import Agency, Party, Person
from sightline.search.registry import Indexed

# The words of a party's address: /partners/agencies/3/
FOLDERS = {PartyKind.AGENCY: "agencies", PartyKind.GROUP: "groups", PartyKind.PERSON: "people"}


def of_parties(parties: Iterable[Party]) -> Iterable[Indexed]:
    """Parties with their short names, posts and other names. Addresses of e-mail are left out."""
    for party in parties:
        kind = PartyKind(party.party_kind)
        aliases = [alias.text for alias in party.aliases.all()]
        body = "\n".join(part for part in (*_more(party), *aliases) if part)
        address = f"/partners/{FOLDERS[kind]}/{party.pk}/"
        yield Indexed(kind.value, party.pk, party.pk, party.name, address, body)


def _more(party: Party) -> tuple[str, ...]:
    if isinstance(party, Person):
        return (party.post,)
    return (party.short_name, party.get_sector_display() if isinstance(party, Agency) else "")
