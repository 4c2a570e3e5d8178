"""What pages of case lists and break-glass ask of the database: twelve times at most, and no more for more rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.access.models import User
from sightline.knowing.models import Conflict, Glass, Listed
from tests.access.people import member
from tests.knowing.making import case, listed, officer
from tests.knowing.test_glass import WHY, proved
from tests.walks.test_query_counts import BRACKET, MOST

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.restricted.views")]
SIZES = (1, 3, 300)


def asked(client: Client, method: str, address: str, data: Any = None) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as found:
        status = getattr(client, method)(address, data or {}).status_code
    return status, sum(not query["sql"].startswith(BRACKET) for query in found.captured_queries)


def grow(about: Any, person: User, number: int) -> None:
    """So many rows of each kind, about the record and about others."""
    now, of = timezone.now(), {"app": "restricted", "model": "casenote", "number": about.pk}
    today, hour = timezone.localdate(now), dt.timedelta(hours=1)
    stamp = {"added_at": now, "added_by_label": "Una", "starts_on": today, "ends_on": today, "reason": "x"}
    Listed.objects.bulk_create(Listed(**of, user=person, **stamp) for _ in range(number))
    Glass.objects.bulk_create(
        Glass(**of, user=person, reference="CR-1", reason=WHY, opened_at=now, closes_at=now + hour)
        for _ in range(number)
    )
    Conflict.objects.bulk_create(
        Conflict(user=person, reference=f"CR-{n}", starts_on=today, declared_at=now, declared_by_label="Una")
        for n in range(number)
    )


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("case_review_officer", "/need-to-know/restricted/casenote/{pk}/"),
        ("case_review_officer", "/cases/{pk}/"),
        ("case_review_officer", "/cases/"),
        ("case_review_officer", "/break-glass/"),
        ("unit", "/break-glass/uses/"),
        ("unit", "/conflicts/all/"),
        ("unit", "/conflicts/"),
        ("unit", "/account/data/named-people/"),
    ],
)
def test_pages_ask_no_more_for_more_rows(role: str, address: str) -> None:
    about, reader = case(), member("Rea Reader", role)
    if role == "case_review_officer":
        listed(about, reader)
    client, beside, told = Client(), officer("Bea Beside"), []
    client.force_login(reader)
    for size, before in zip(SIZES, (0, *SIZES), strict=False):
        grow(about, beside, size - before)
        told.append(asked(client, "get", address.format(pk=about.pk)))
    assert {status for status, _ in told} == {200}
    assert len({number for _, number in told}) == 1, told
    assert max(number for _, number in told) <= MOST, told


def test_breaking_the_glass_asks_twelve_times_at_most() -> None:
    for number in range(3):
        case(f"CR-{number}")
    person = officer()
    client = proved(person)
    client.get("/break-glass/")
    sent = {"reference": "CR-1", "reason": WHY}
    status, number = asked(client, "post", "/break-glass/", sent)
    assert (status, Glass.objects.count()) == (302, 1)
    assert number <= MOST, number
