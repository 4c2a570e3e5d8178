"""What meetings ask of people stands among what needs them, in words that they may read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier
from sightline.meetings.models import GroupAction
from sightline.meetings.services import refresh_work
from sightline.messages.models import WorkItem
from sightline.messages.selectors import work_items
from sightline.partners.services import create_group
from tests.access.people import World, enter, member, world
from tests.meetings.making import make_item, make_meeting, minuted
from tests.plans.making import make_plan

pytestmark = pytest.mark.django_db
DONE = {"seen": "1", "done_words": "Sent.", "done_on-day": 1, "done_on-month": 9, "done_on-year": 2026}


@pytest.fixture
def made() -> World:
    return world()


def asked(line: str, made: World, **given: Any) -> GroupAction:
    item = make_item(make_meeting(made.group), "Neglect", **{k: v for k, v in given.items() if k == "tier"})
    minuted(item, line=line, **{k: v for k, v in given.items() if k != "tier"})
    return GroupAction.objects.get()


def titles(made: World, role: str) -> list[str]:
    made.person(role).refresh_from_db()
    return [item.title for item in work_items(made.person(role).scope.work_keys) if "meeting" in item.kind]


def test_an_action_needs_its_owner_who_says_that_it_is_done(made: World) -> None:
    found = asked("Write to heads — Wealdshire Police — 12 July 2026", made)
    assert titles(made, "owner") == ["From a meeting: Write to heads"]
    assert (titles(made, "unit"), WorkItem.objects.get().due_on) == ([], found.due_on)
    url = WorkItem.objects.get().url
    assert enter(Client(), made.person("member")).post(url, DONE).status_code == 403
    assert enter(Client(), made.person("owner")).post(url, DONE).status_code == 302
    assert titles(made, "owner") == []
    found.refresh_from_db()
    assert found.done_words == "Sent."


def test_an_owner_nobody_knows_is_asked_for_and_then_asked(made: World) -> None:
    found = asked("Write to heads — The lead nurse — 12 July 2026", made)
    item = WorkItem.objects.get()
    assert (item.for_scope, "“The lead nurse”, and nobody is known" in item.sentence) == ("unit", True)
    unit = enter(Client(), made.person("unit"))
    wrong = unit.post(item.url, {"seen": "1", "name": "Wealdshire Polise"})
    assert (wrong.status_code, "one of these: Wealdshire Police" in wrong.content.decode()) == (422, True)
    unit.post(item.url, {"seen": "1", "name": "Wealdshire Police"})
    assert (titles(made, "unit"), titles(made, "owner")) == ([], ["From a meeting: Write to heads"])
    found.refresh_from_db()
    assert (found.owner, found.owner_label) == ("The lead nurse", "The lead nurse (Wealdshire Police)")
    assert unit.post(item.url, {"seen": "1", "name": "Neglect sub-group"}).status_code == 422
    found.refresh_from_db()
    assert (found.version, found.owner_group) == (2, None)


def test_nobody_is_told_words_that_they_may_not_read(made: World) -> None:
    asked("Speak to the family — Wealdshire Police — 12 July 2026", made, tier=Tier.T2)
    item = WorkItem.objects.get()
    assert (item.for_scope, item.tier) == (f"agency:{made.agency.key}", "T2")
    assert "family" not in f"{item.title} {item.sentence}"
    shown = enter(Client(), made.person("owner")).get(item.url)
    assert (shown.status_code, "family" in shown.content.decode()) == (200, False)


def test_a_group_reads_its_own_confidential_action_and_another_group_does_not(made: World) -> None:
    asked("Speak to the family — Neglect sub-group — 12 July 2026", made, tier=Tier.T2)
    assert titles(made, "chair") == ["From a meeting: Speak to the family"]
    audit = create_group("Audit sub-group", by=SYSTEM)
    member("Aud It", "owner", "group", audit.key)
    minuted(GroupAction.objects.get().item, line="Ask the family — Audit sub-group — 12 July 2026")
    assert "family" not in WorkItem.objects.get(for_scope=f"group:{audit.key}").title


def test_who_left_is_not_asked_any_more_and_a_plan_asks_for_its_own(made: World) -> None:
    found = asked("Write to heads — Wealdshire Police — 12 July 2026", made)
    owner = made.person("owner")
    owner.is_active = False
    owner.save()
    assert refresh_work(now=timezone.now()) == 1
    assert titles(made, "unit") == ["From a meeting: Write to heads"]
    assert "Nobody here acts for Wealdshire Police" in WorkItem.objects.get().sentence
    minuted(found.item, line="Audit — Wealdshire Police — 12 July 2026", plan=make_plan(made.group))
    assert not WorkItem.objects.filter(subject_app="meetings").exclude(subject_id=str(found.pk)).exists()
