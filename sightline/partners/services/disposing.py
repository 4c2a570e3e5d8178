"""People who have left their post lose their names; what they owned stays as a former member's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils import timezone

from sightline.access.models import User
from sightline.access.rules import normal_email
from sightline.events.canonical import canonical_json
from sightline.events.disposing import FORMER_MEMBER, Doing, rewording
from sightline.events.models import Entry
from sightline.events.services import deed, record, shred
from sightline.events.services.forgetting import shred_named
from sightline.partners.choices import PartyKind
from sightline.partners.entries import PartnerEntry
from sightline.partners.models import Alias, Person
from sightline.partners.words import of_parties
from sightline.search.services import keep


@deed
def anonymise_people(numbers: Sequence[int], doing: Doing) -> int:
    """Take name, initials, post, address and other names from people whose last day is over. Returns how many.

    What a paper printed of an owner stays in the plan as it was printed.
    """
    ended = Person.objects.filter(pk__in=numbers, ends_on__lt=timezone.localtime(doing.now).date()).exclude(
        name=FORMER_MEMBER
    )
    held = list(ended.select_for_update().order_by("pk"))
    former = {person.pk: person.name for person in held}
    addresses = {said for each in held for said in (each.email, normal_email(each.email)) if said}
    for person in held:
        about = _entries_about(person)
        Alias.objects.filter(person=person).delete()
        person.name, person.initials, person.post, person.email = FORMER_MEMBER, "", "", ""
        person.version += 1
        person.save(update_fields=["name", "initials", "post", "email", "version"])
        record(PartnerEntry.PERSON_ANONYMISED, by=doing.by, subject=person, reason=doing.reason)
        for entry in about:
            shred(entry, by=doing.by, reason=doing.reason)
    keep(of_parties(held))
    for reword in rewording().values():
        reword(former)
    # Where somebody else bears the name, the journal's words may be theirs, and stay.
    for said in {*former.values(), *addresses} - _borne_still(former.values()) - _written_to_still(addresses):
        shred_named("", said, doing)
    return len(held)


def _borne_still(names: Iterable[str]) -> set[str]:
    """Those of the names that another person, or an account, still bears."""
    wanted = list(names)
    people = Person.objects.filter(name__in=wanted).values_list("name", flat=True)
    return set(people) | set(User.objects.filter(name__in=wanted).values_list("name", flat=True))


def _written_to_still(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that are another person's too, or an account's."""
    wanted = list(addresses)
    people = Person.objects.filter(email__in=wanted).values_list("email", flat=True)
    return set(people) | set(User.objects.filter(email__in=wanted).values_list("email", flat=True))


def _entries_about(person: Person) -> list[Entry]:
    """The journal's entries about somebody and their other names, those forgotten too, that hold personal values."""
    of_theirs = canonical_json({"stands_for": PartyKind.PERSON, "id": person.pk})
    about = Q(subject_model="person", subject_id=str(person.pk)) | (
        Q(subject_model="alias") & (Q(before=of_theirs) | Q(after=of_theirs))
    )
    return list(Entry.objects.filter(about, subject_app="partners", personal_values__isnull=False).distinct())
