"""Several answers by one link at once: on PostgreSQL, where they truly are (SQLite lets one write after the other)."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import OutgoingMail
from sightline.partners.services import create_person
from sightline.plans.models import Update
from sightline.requests.models import Asked, Round
from sightline.requests.services import end_link
from sightline.requests.services.rounds import STANDING
from tests.access.people import world
from tests.at_once import AT_ONCE, at_once
from tests.plans.making import make_plan
from tests.requests.making import ADDRESS, asked_about, make_round

pytestmark = AT_ONCE
MANY = 6


def test_each_of_several_answers_at_once_is_added_and_none_after_the_link_is_ended() -> None:
    asked, action = asked_about(world())

    def say(number: int) -> int:
        if number == MANY:
            return int(end_link(Asked.objects.get(pk=asked.pk), by=SYSTEM, now=timezone.now()))
        said = {f"a{action.pk}-happened": f"Update {number}"}
        return Client().post("/update/secret/", said).status_code

    answers = at_once(say, MANY + 1)
    taken = [f"Update {number}" for number, status in enumerate(answers[:MANY]) if status == 302]
    assert set(answers[:MANY]) <= {302, 410}
    assert answers[MANY] == 1
    asked.refresh_from_db()
    assert sorted(Update.objects.values_list("text", flat=True)) == taken
    assert asked.answers == len(taken)
    assert OutgoingMail.objects.filter(to=ADDRESS).count() == len(taken)
    assert Entry.objects.filter(type="requests.round_answered").count() == len(taken)
    assert Client().post("/update/secret/", {f"a{action.pk}-happened": "Late"}).status_code == 410


def test_of_two_who_open_a_round_about_one_plan_at_once_the_second_is_told_that_it_stands() -> None:
    made = world()
    plan, hana = (
        make_plan(made.group),
        create_person("Hana Head", email=ADDRESS, agency=made.agency, by=SYSTEM),
    )
    got = at_once(lambda _: make_round(plan, (hana, ("person", 1))), 2)
    refused = [each.problems for each in got if isinstance(each, Unacceptable)]
    assert (refused, Round.objects.count()) == ([{"": STANDING}], 1)
