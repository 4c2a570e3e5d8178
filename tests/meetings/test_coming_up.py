"""What comes up at a meeting by itself stands in its pack and on its page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier
from sightline.meetings.choices import How, MeetingDeed
from sightline.meetings.reports_of_packs import front
from sightline.meetings.selectors.coming_up import coming_up
from sightline.meetings.selectors.papers import pack_agenda
from sightline.meetings.services import DecisionGiven, take_decision
from sightline.rendering import write
from tests.access.people import World, enter, world
from tests.meetings.making import came, make_item, make_meeting, minuted, moved, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def test_minutes_decisions_and_actions_are_in_the_pack_of_those_who_may_read_them(made: World) -> None:
    today = timezone.localdate()
    before = make_meeting(made.group, today - timedelta(days=30))
    minuted(make_item(before, "Neglect"), "Twelve records were read.", line="Write to heads — 12 July 2030")
    minuted(
        make_item(before, "A case", tier=Tier.T2), "Cobalt was said.", line="Ring Vermilion — 12 July 2030"
    )
    came(before, seats={seat_of(made.group, made.agency, "Pol Ice"): "present"})
    before.refresh_from_db()
    moved(before, MeetingDeed.CHECK)
    given = DecisionGiven("Buy a day of scrutiny", How.CHAIR, today - timedelta(days=5))
    take_decision(made.group, given, by=SYSTEM, now=timezone.now())
    coming = make_meeting(made.group, today + timedelta(days=9))

    texts = {}
    for tier in (Tier.T1, Tier.T2):
        document = front(coming, pack_agenda(coming, tier), (), (), tier, coming_up(coming, tier))
        texts[tier] = write(document, "md").decode()
        for words in ("Twelve records were read.", "Write to heads", "Buy a day of scrutiny", "12 July 2030"):
            assert words in texts[tier]
    assert "1 confidential item left out." in texts[Tier.T1]
    assert not [words for words in ("Cobalt", "Vermilion", "A case") if words in texts[Tier.T1]]
    assert "Cobalt was said." in texts[Tier.T2]
    assert "Ring Vermilion" in texts[Tier.T2]

    page = enter(Client(), made.person("member")).get(f"/meetings/{coming.pk}/").content.decode()
    assert "they wait for this meeting’s approval" in page
    assert f'href="/meetings/{before.pk}/"' in page
    assert coming_up(before, Tier.T2).minutes == ()
