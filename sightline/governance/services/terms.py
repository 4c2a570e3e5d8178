"""Terms of reference: a version added, also where the group looked them over and left them as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.urls import reverse

from sightline.documents.choices import FileRefused
from sightline.documents.models import Document
from sightline.documents.services import look_at, store, store_version
from sightline.events.choices import Actor, StaleRecord, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import need
from sightline.governance.entries import GovernanceEntry
from sightline.governance.models import Terms
from sightline.governance.services.work_items import keep_terms
from sightline.messages.services import tell_news
from sightline.partners.models import Group

NOTHING = "Choose a file, or write the terms of reference down."
NOT_YET = "There is no version yet that could have been left as it was."
EARLIER = "The version before holds from a later day: give that day or a later one."
REVIEW = "The review cannot be due before they hold."


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsGiven:
    """A version as it is entered. `is_unchanged`: the one before was looked over and stays as it is."""

    starts_on: date
    adopted_where: str
    review_due_on: date
    adopted_on: date | None = None
    text: str = ""
    is_unchanged: bool = False


@deed
def add_terms(
    group: Group, given: TermsGiven, file: File[bytes] | None, *, seen: int, by: Actor, now: datetime
) -> Terms:
    """Add a version to a group's terms of reference; `seen`: the number of the newest that its writer had seen.

    Raises StaleRecord where somebody added one meanwhile, Unacceptable.
    """
    locked = Group.objects.select_for_update().get(pk=group.pk)
    before = Terms.objects.filter(group=locked).select_related("document").order_by("-number").first()
    if (before.number if before else 0) != seen:
        raise StaleRecord
    _check(given, before, file)
    made = Terms(
        group=locked,
        number=seen + 1,
        document=before.document if before and given.is_unchanged else _document(file, before, by, now),
        text=before.text if before and given.is_unchanged else given.text.strip(),
        starts_on=given.starts_on,
        adopted_on=given.adopted_on,
        adopted_where=need(given.adopted_where, "adopted_where", "Enter where they were adopted"),
        review_due_on=given.review_due_on,
        is_unchanged=given.is_unchanged,
        **entered(by, now),
    )
    made.save(force_insert=True)
    record(GovernanceEntry.TERMS_ADDED, by=by, subject=made, after=_told(made))
    keep_terms([made, *([before] if before else [])], now)
    if before and not made.is_unchanged:
        url = reverse("governance:terms", args=[locked.pk])
        heard, on = [f"group:{locked.key}"], max(made.starts_on, made.adopted_on or made.starts_on)
        tell_news(heard, "terms_changed", str(locked), url, tier=Tier.T1, on=on, by=by, now=now)
    return made


def _check(given: TermsGiven, before: Terms | None, file: File[bytes] | None) -> None:
    problems = {}
    if given.is_unchanged and before is None:
        problems["is_unchanged"] = NOT_YET
    if not given.is_unchanged and not file and not given.text.strip():
        problems["file"] = NOTHING
    if before and given.starts_on < before.starts_on:
        problems["starts_on"] = EARLIER
    if given.review_due_on < given.starts_on:
        problems["review_due_on"] = REVIEW
    if problems:
        raise Unacceptable(problems)


def _document(file: File[bytes] | None, before: Terms | None, by: Actor, now: datetime) -> Document | None:
    """The stored file: a newer version of the one before, where that had one."""
    if not file:
        return None
    try:
        [looked] = look_at([file])
        if before and before.document:
            return store_version(looked, before.document, tier=Tier.T1, by=by, now=now)
        [made] = store([looked], tier=Tier.T1, by=by, now=now)
    except FileRefused as refused:
        raise Unacceptable({"file": str(refused)}) from None
    return made


def _told(made: Terms) -> dict[str, Any]:
    told = {
        "group": made.group_id,
        "number": made.number,
        "file": made.document.name if made.document else "",
        "starts_on": made.starts_on,
        "adopted_where": made.adopted_where,
        "review_due_on": made.review_due_on,
        "is_unchanged": made.is_unchanged or None,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}
