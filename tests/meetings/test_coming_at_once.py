"""Several answers by one link at once: on PostgreSQL, where they truly are (SQLite lets one write after the other)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.meetings.models import Reply
from sightline.requests.models import Asked
from sightline.requests.services import end_link
from tests.access.people import world
from tests.conftest import ON_POSTGRES
from tests.meetings.inviting import invited

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ON_POSTGRES, reason="SQLite in memory has one connection, so nothing happens at once"
    ),
]
MANY = 6


def test_each_of_several_answers_at_once_is_added_and_none_after_the_link_is_ended() -> None:
    _, asked, person = invited(world())

    def say(number: int) -> int:
        try:
            if number == MANY:
                return int(end_link(Asked.objects.get(pk=asked.pk), by=SYSTEM, now=timezone.now()))
            said = {f"p{person.pk}-coming": "deputy", f"p{person.pk}-name": f"Deputy {number}"}
            return Client().post("/coming/secret/", said).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY + 1) as pool:
        answers = list(pool.map(say, range(MANY + 1)))
    taken = [f"Deputy {number}" for number, status in enumerate(answers[:MANY]) if status == 302]
    assert set(answers[:MANY]) <= {302, 410}
    assert answers[MANY] == 1
    asked.refresh_from_db()
    assert sorted(Reply.objects.values_list("name", flat=True)) == taken
    assert asked.answers == len(taken) == Entry.objects.filter(type="meetings.coming_said").count()
    assert Client().post("/coming/secret/", {f"p{person.pk}-coming": "present"}).status_code == 410
