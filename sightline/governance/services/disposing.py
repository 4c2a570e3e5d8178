"""Lists that were never confirmed go whole; how people who lose their names were reached goes with the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from sightline.documents.disposing import dispose_of_documents
from sightline.documents.selectors import no_longer_kept
from sightline.events.choices import Subject
from sightline.events.disposing import Doing
from sightline.events.services import deed, record
from sightline.governance.choices import NEVER_CONFIRMED
from sightline.governance.entries import GovernanceEntry
from sightline.governance.models import Lead, MemberList
from sightline.governance.selectors.leads import WITH
from sightline.search.services import keep_words


@deed
def dispose_of_lists(numbers: Sequence[int], doing: Doing) -> int:
    """Delete membership lists that were never confirmed, with all that was read of them and their files. Returns how
    many.
    """
    waiting = MemberList.objects.filter(pk__in=numbers, state__in=NEVER_CONFIRMED, confirmed_at=None)
    held = list(waiting.select_for_update(of=("self",)).select_related("document").order_by("pk"))
    for found in held:
        about = Subject("governance", "memberlist", str(found.pk), str(found))
        after = {"sha256": found.document.sha256, "state": found.state}
        record(
            GovernanceEntry.MEMBER_LIST_DISPOSED, by=doing.by, subject=about, after=after, reason=doing.reason
        )
        found.delete()
    dispose_of_documents(no_longer_kept({found.document.series for found in held}), doing)
    return len(held)


def reword_leads(former: Mapping[int, str]) -> None:
    """Take telephones and words about cover from rows of former members, and let them be found by the new name."""
    rows = Lead.objects.filter(Q(person__in=former) | Q(cover__in=former))
    rows.update(telephone="", cover_words="")
    keep_words(*rows.select_related(*WITH))
