"""What is typed during a meeting is taken once, and what goes to the next meeting goes where its writer said."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from sightline.events.choices import Unacceptable
from sightline.meetings.models import Decision, GroupAction, Item, MinuteText
from tests.access.people import World, enter, world
from tests.meetings.making import NEXT, make_item, make_meeting, minuted
from tests.plans.making import make_plan

pytestmark = pytest.mark.django_db
LINE = "Audit — Wealdshire Police — 12 July 2026"


@pytest.fixture
def made() -> World:
    return world()


def form_of(client: Client, item: Item) -> dict[str, Any]:
    """What the hidden boxes of the item's form hold, as the page shows it now."""
    page = client.get(f"/meetings/{item.meeting_id}/minutes/").content.decode()
    [form] = re.findall(rf'<form [^>]*data-minute="{item.pk}".*?</form>', page, re.DOTALL)
    hidden = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def test_a_save_that_arrives_twice_is_taken_once(made: World) -> None:
    plan = make_plan(made.group)
    item = make_item(make_meeting(made.group))
    unit, page = enter(Client(), made.person("unit")), f"/meetings/{item.meeting_id}/minutes/"
    sent = form_of(unit, item) | {"text": "Said.", "decision": "Adopt it.", "line": LINE, "plan": plan.key}
    # What the script saved while typing goes on its way first, and its answer is not back yet.
    unit.post(page, sent | {"text": "Sai"}, headers={"X-Autosave": "text"})
    assert not Decision.objects.exists()
    for _ in range(2):
        answer = unit.post(page, sent, follow=True).content.decode()
        assert "Somebody else" not in answer
    assert [each.text for each in MinuteText.objects.filter(replaced_by=None)] == ["Said."]
    assert (Decision.objects.count(), GroupAction.objects.count(), plan.actions.count()) == (1, 1, 1)
    # Other words in the same form, and the same words in another one, are something new.
    unit.post(page, sent | {"decision": "And print it.", "line": ""})
    unit.post(page, form_of(unit, item) | {"text": "Said.", "decision": "Adopt it."})
    assert Decision.objects.count() == 3
    assert MinuteText.objects.filter(replaced_by=None).count() == 1


def test_only_a_change_of_the_box_defers_an_item_or_takes_that_back(made: World) -> None:
    later = make_meeting(made.group, NEXT)
    item = make_item(make_meeting(made.group))
    one, two = (enter(Client(), made.person(role)) for role in ("unit", "chair"))
    page, before = f"/meetings/{item.meeting_id}/minutes/", form_of(two, item)
    one.post(page, form_of(one, item) | {"text": "Not ready.", "defer": "on"})
    assert later.items.get().follows == item
    two.post(page, before | {"text": "The chair types on."}, headers={"X-Autosave": "text"})
    two.post(page, before | {"text": "The chair saves."})
    item.refresh_from_db()
    assert (item.is_deferred, later.items.count()) == (True, 1)
    one.post(page, form_of(one, item) | {"text": "Ready after all."})
    item.refresh_from_db()
    assert (item.is_deferred, later.items.count()) == (False, 0)

    minuted(item, "Not ready.", seen=None, defer=True)
    minuted(later.items.get(), "Said at the next one.")
    with pytest.raises(Unacceptable, match="It stays deferred"):
        minuted(item, "Not ready.", seen=None, defer=False)
    refused = one.post(page, form_of(one, item) | {"text": "Words typed."})
    assert (refused.status_code, "Words typed." in refused.content.decode()) == (422, True)
    assert later.items.count() == 1
