"""People who have left their post lose their names; what they owned stays as a former member's."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from sightline.events.disposing import FORMER_MEMBER, Doing
from sightline.events.models import Entry
from sightline.events.services import deed, record, shred
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
    return len(held)


def _entries_about(person: Person) -> list[Entry]:
    about = Entry.objects.filter(subject_app="partners", subject_model="person", subject_id=str(person.pk))
    return list(about.filter(personal_values__isnull=False).distinct())
