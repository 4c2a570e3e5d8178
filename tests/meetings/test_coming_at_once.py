"""Several answers by one link at once, and several who order one agenda: on PostgreSQL alone.

SQLite lets one write after the other.
"""

from __future__ import annotations

from datetime import date

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
from tests.at_once import AT_ONCE, at_once
from tests.meetings.inviting import invited
from tests.meetings.making import make_item, make_meeting

pytestmark = AT_ONCE
MANY = 6


def test_each_of_several_answers_at_once_is_added_and_none_after_the_link_is_ended() -> None:
    _, asked, person = invited(world())

    def say(number: int) -> int:
        if number == MANY:
            return int(end_link(Asked.objects.get(pk=asked.pk), by=SYSTEM, now=timezone.now()))
        said = {f"p{person.pk}-coming": "deputy", f"p{person.pk}-name": f"Deputy {number}"}
        return Client().post("/coming/secret/", said).status_code

    answers = at_once(say, MANY + 1)
    taken = [f"Deputy {number}" for number, status in enumerate(answers[:MANY]) if status == 302]
    assert set(answers[:MANY]) <= {302, 410}
    assert answers[MANY] == 1
    asked.refresh_from_db()
    assert sorted(Reply.objects.values_list("name", flat=True)) == taken
    assert asked.answers == len(taken) == Entry.objects.filter(type="meetings.coming_said").count()
    assert Client().post("/coming/secret/", {f"p{person.pk}-coming": "present"}).status_code == 410


def test_two_who_order_one_agenda_at_once_are_both_heard() -> None:
    meeting, moves = make_meeting(world().group), ((0, 20), (5, 17), (11, 9), (19, 1))
    items = [make_item(meeting, f"Item {number}") for number in range(20)]

    def put(number: int) -> int:
        which, place = moves[number]
        live = items[which]
        return edit_item(live, live.version, ItemGiven(live.title), place, by=SYSTEM).version

    assert at_once(put, len(moves)) == [2] * len(moves)
    orders = list(Item.objects.filter(meeting=meeting).values_list("order", flat=True))
    assert orders == [10 * number for number in range(1, 21)]


def test_of_two_who_begin_the_same_return_at_once_the_second_is_told_that_it_stands() -> None:
    group, time = world().group, (date(2026, 1, 1), date(2026, 3, 31))

    def begin(_: int) -> Return:
        return begin_return(group, "return_quarter", *time, by=SYSTEM, now=timezone.now())

    refused = [str(each) for each in at_once(begin, 2) if isinstance(each, Unacceptable)]
    assert [STANDS in each for each in refused] == [True]
    assert Return.objects.count() == 1
