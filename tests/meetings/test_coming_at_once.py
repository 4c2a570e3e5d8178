"""Several answers by one link at once, and several who order one agenda: on PostgreSQL alone.

SQLite lets one write after the other.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Unacceptable
from sightline.events.models import Entry
from sightline.meetings.models import Item, Reply
from sightline.meetings.services import ItemGiven, edit_item
from sightline.requests.models import Asked
from sightline.requests.services import end_link
from sightline.rhythm.models import Return
from sightline.rhythm.services import begin_return
from sightline.rhythm.services.returns import STANDS
from tests.access.people import world
from tests.conftest import ON_POSTGRES
from tests.meetings.inviting import invited
from tests.meetings.making import make_item, make_meeting

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


def test_two_who_order_one_agenda_at_once_are_both_heard() -> None:
    meeting, places = make_meeting(world().group), (20, 17, 9, 1)
    items = [make_item(meeting, f"Item {number}") for number in range(20)]
    gate = Barrier(len(places))

    def put(number: int, place: int) -> int:
        try:
            live = Item.objects.get(pk=items[number].pk)
            gate.wait(20)
            return edit_item(live, live.version, ItemGiven(live.title), place, by=SYSTEM).version
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(places)) as pool:
        assert list(pool.map(put, (0, 5, 11, 19), places)) == [2] * len(places)
    orders = list(Item.objects.filter(meeting=meeting).values_list("order", flat=True))
    assert orders == [10 * number for number in range(1, 21)]


def test_of_two_who_begin_the_same_return_at_once_the_second_is_told_that_it_stands() -> None:
    group, gate = world().group, Barrier(2)

    def begin(_: int) -> str:
        try:
            gate.wait(20)
            time = date(2026, 1, 1), date(2026, 3, 31)
            return str(begin_return(group, "return_quarter", *time, by=SYSTEM, now=timezone.now()).pk)
        except Unacceptable as refused:
            return str(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(begin, range(2)))
    assert [STANDS in each for each in told].count(True) == 1
    assert Return.objects.count() == 1
