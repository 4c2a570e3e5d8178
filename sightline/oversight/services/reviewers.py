"""Naming who confirms what the people of an agency hold."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from sightline.access.models import User
from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import deed, record
from sightline.oversight.choices import NAMED_ALREADY, NotYet
from sightline.oversight.entries import OversightEntry
from sightline.oversight.models import AccessReview, NamedReviewer
from sightline.oversight.services.reviews import ask
from sightline.partners.models import Agency


@deed
def name_reviewer(agency: Agency, account: User, *, by: Actor, today: date) -> NamedReviewer:
    """Name somebody for an agency. Raises NotYet where they are named already."""
    try:
        with transaction.atomic():
            made = NamedReviewer.objects.create(agency=agency, account=account, named_on=today)
    except IntegrityError:
        raise NotYet(NAMED_ALREADY.format(name=account.name, agency=agency.name)) from None
    record(OversightEntry.REVIEWER_NAMED, by=by, subject=made, after=_words(made))
    return made


@deed
def end_reviewer(named: NamedReviewer, *, by: Actor, today: date) -> NamedReviewer:
    """Name them no more. Raises StaleRecord where that was done already."""
    current = (
        NamedReviewer.objects.select_for_update(of=("self",))
        .select_related("account", "agency")
        .get(pk=named.pk)
    )
    if current.ended_on is not None:
        raise StaleRecord
    current.ended_on = today
    current.save(update_fields=["ended_on"])
    record(OversightEntry.REVIEWER_ENDED, by=by, subject=current, before=_words(current))
    for review in AccessReview.objects.filter(closed_on=None):
        ask(review, today)
    return current


def _words(named: NamedReviewer) -> dict[str, object]:
    return {"agency": named.agency.name, "account": named.account_id}
