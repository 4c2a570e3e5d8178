"""Several answers by one link at once: on PostgreSQL, where they truly are (SQLite lets one write after the other)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.messages.models import OutgoingMail
from sightline.plans.models import Update
from sightline.requests.models import Asked
from sightline.requests.services import end_link
from tests.access.people import world
from tests.conftest import ON_POSTGRES
from tests.requests.making import ADDRESS, asked_about

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ON_POSTGRES, reason="SQLite in memory has one connection, so nothing happens at once"
    ),
]
MANY = 6


def test_each_of_several_answers_at_once_is_added_and_none_after_the_link_is_ended() -> None:
    asked, action = asked_about(world())

    def say(number: int) -> int:
        try:
            if number == MANY:
                return int(end_link(Asked.objects.get(pk=asked.pk), by=SYSTEM, now=timezone.now()))
            said = {f"a{action.pk}-happened": f"Update {number}"}
            return Client().post("/update/secret/", said).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY + 1) as pool:
        answers = list(pool.map(say, range(MANY + 1)))
    taken = [f"Update {number}" for number, status in enumerate(answers[:MANY]) if status == 302]
    assert set(answers[:MANY]) <= {302, 410}
    assert answers[MANY] == 1
    asked.refresh_from_db()
    assert sorted(Update.objects.values_list("text", flat=True)) == taken
    assert asked.answers == len(taken)
    assert OutgoingMail.objects.filter(to=ADDRESS).count() == len(taken)
    assert Entry.objects.filter(type="requests.round_answered").count() == len(taken)
    assert Client().post("/update/secret/", {f"a{action.pk}-happened": "Late"}).status_code == 410
