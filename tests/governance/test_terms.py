"""Terms of reference of groups: versions, review dates, and what waits when one is due."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord, Unacceptable
from sightline.governance import services
from sightline.governance.selectors.terms import terms_on
from sightline.governance.services import TermsGiven
from sightline.messages.models import WorkItem
from sightline.partners.services import create_group
from tests.access.people import enter, world
from tests.governance.making import DAY, make_terms

pytestmark = pytest.mark.django_db


def test_versions_hold_from_their_day_and_a_review_that_changed_nothing_is_one() -> None:
    made = world()
    unit, group = made.people["unit"], made.group
    first = make_terms(group, "", file=ContentFile(b"Four times a year.", name="terms.txt"))
    second = make_terms(
        group, "", starts_on=dt.date(2026, 9, 1), file=ContentFile(b"Six times.", name="terms.txt")
    )
    third = make_terms(group, "", starts_on=dt.date(2026, 10, 1), is_unchanged=True)
    assert first.document is not None
    assert second.document is not None
    assert (second.document.replaces, third.document) == (first.document, second.document)
    assert [terms_on(unit, group, day) for day in (DAY - dt.timedelta(days=1), DAY)] == [None, first]
    assert terms_on(unit, group, dt.date(2026, 12, 1)) == third


def test_what_cannot_be_is_said_and_nothing_is_overwritten() -> None:
    group = create_group("Board", by=SYSTEM)
    with pytest.raises(Unacceptable, match="Choose a file"):
        make_terms(group, "")
    with pytest.raises(Unacceptable, match="no version yet"):
        make_terms(group, "", is_unchanged=True)
    make_terms(group)
    with pytest.raises(Unacceptable, match="holds from a later day"):
        make_terms(group, starts_on=DAY - dt.timedelta(days=1))
    with pytest.raises(Unacceptable, match="before they hold"):
        make_terms(group, review_due_on=DAY - dt.timedelta(days=1))
    given = TermsGiven(starts_on=DAY, adopted_where="The board", review_due_on=DAY, text="Again")
    with pytest.raises(StaleRecord):
        services.add_terms(group, given, None, seen=0, by=SYSTEM, now=timezone.now())


def test_a_review_that_is_near_waits_for_the_unit_until_a_version_is_entered() -> None:
    group = create_group("Board", by=SYSTEM)
    first = make_terms(group, review_due_on=dt.date(2026, 12, 31))
    services.refresh_work(now=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    assert WorkItem.objects.count() == 0
    services.refresh_work(now=dt.datetime(2026, 12, 4, tzinfo=dt.UTC))
    item = WorkItem.objects.get()
    assert (item.for_scope, item.kind, item.subject_id) == ("unit", "terms_review", str(first.pk))
    assert item.url == reverse("governance:terms", args=[group.pk])
    make_terms(group, starts_on=dt.date(2026, 11, 1), is_unchanged=True)
    assert WorkItem.objects.count() == 0


def test_the_page_of_a_group_shows_its_terms(client: Client) -> None:
    made = world()
    enter(client, made.people["unit"])
    group = reverse("partners:party", args=["groups", made.group.pk])
    assert "None are kept yet" in client.get(group).content.decode()
    new = reverse("governance:terms_new", args=[made.group.pk])
    day = {f"{name}-{part}": value for name, year in (("starts_on", 2025), ("review_due_on", 2026))
           for part, value in (("day", 1), ("month", 6), ("year", year))}  # fmt: skip
    sent = {"seen": 0, "text": "We meet.", "adopted_where": "The board", **day}
    assert client.post(new, sent).status_code == 302
    assert client.post(new, sent).status_code == 422  # somebody else was first
    page = client.get(group).content.decode()
    assert "From 1 June 2025, adopted: The board. Review due on 1 June 2026" in page
    assert "Review overdue" in page
    terms = client.get(reverse("governance:terms", args=[made.group.pk])).content.decode()
    assert "We meet." in terms
    assert "In force" in terms
