"""Writing what the partnership says of itself on its statutory pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.partners.entries import PartnerEntry
from sightline.partners.models import Notice

FIELDS = (
    "controller",
    "contact",
    "officer_name",
    "officer_email",
    "lawful_basis",
    "sharing",
    "retention",
    "accessibility_contact",
    "answer_days",
    "statement_prepared_on",
    "statement_reviewed_on",
)
NOT_PREPARED = "Give the day the statement was prepared as well."
BEFORE_PREPARED = "The review cannot lie before the day the statement was prepared."


@deed
def change_notice(values: Mapping[str, Any], version: int, *, by: Actor, now: datetime) -> Notice:
    """Change the texts; those not given stay. Raises Unacceptable, StaleRecord where somebody else saved meanwhile."""
    Notice.objects.get_or_create(pk=1)
    current = Notice.objects.select_for_update().get(pk=1)
    if current.version != version:
        raise StaleRecord
    given = {name: _tidy(values[name]) for name in FIELDS if name in values}
    differing = [name for name, value in given.items() if getattr(current, name) != value]
    if not differing:
        return current
    before = {name: getattr(current, name) for name in differing}
    for name in differing:
        setattr(current, name, given[name])
    _refuse_dates_out_of_order(current)
    current.version += 1
    current.changed_on = timezone.localtime(now).date()
    current.save()
    after = {name: given[name] for name in differing}
    record(PartnerEntry.NOTICE_CHANGED, by=by, subject=current, before=before, after=after)
    return current


def _tidy(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _refuse_dates_out_of_order(notice: Notice) -> None:
    prepared, reviewed = notice.statement_prepared_on, notice.statement_reviewed_on
    if reviewed and not prepared:
        raise Unacceptable({"statement_prepared_on": NOT_PREPARED})
    if reviewed and prepared and reviewed < prepared:
        raise Unacceptable({"statement_reviewed_on": BEFORE_PREPARED})
