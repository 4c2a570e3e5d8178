"""An item can be about any record that an app offers; what is decided stands on that record's own page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access.tabling import kinds, record_named, tabled
from sightline.events.choices import Tier
from sightline.meetings.models import Item
from tests.access.people import World, enter, world
from tests.challenges.making import make_challenge, make_risk, make_scrutiny
from tests.meetings.making import make_meeting, minuted
from tests.plans.making import make_action, make_plan
from tests.rhythm.making import make_return

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def records(made: World) -> dict[str, Any]:
    """One of each kind that has no page of its own among those of plans, by the words of its kind."""
    return {
        "Action": make_action(make_plan(made.group), made.agency),
        "Challenge": make_challenge(made.agency, made.group),
        "Return": make_return(made.group),
        "Risk": make_risk(made.agency),
        "Scrutiny entry": make_scrutiny(made.agency),
        "Terms of reference": made.group,
    }


def test_every_record_is_put_on_an_agenda_from_its_page_and_tells_there_what_was_decided(
    made: World,
) -> None:
    meeting = make_meeting(made.group, timezone.localdate())
    unit, owner = enter(Client(), made.person("unit")), enter(Client(), made.person("owner"))
    for label, record in records(made).items():
        found = tabled(record)
        assert found is not None, label
        assert found.label.startswith(label)
        asked = f"/meetings/raise/{found.app}/{found.model}/{found.id}/"
        assert asked in unit.get(found.url).content.decode(), label
        assert asked not in owner.get(found.url).content.decode(), label
        sent = {"meeting": meeting.pk, "title": f"About {label}", "tier": "T1"}
        assert unit.post(asked, sent).status_code == 302, label
        assert owner.get(asked).status_code == 403, label
        minuted(Item.objects.latest("pk"), decision=f"Decided of {label}.")
        assert f"Decided of {label}." in owner.get(found.url).content.decode(), label
    assert meeting.items.count() == 6


def test_what_is_typed_names_a_record_only_for_who_may_read_it_and_only_as_its_page_does(made: World) -> None:
    risk = make_risk(made.agency, tier=Tier.T2)
    action = make_action(make_plan(made.group), made.agency)
    unit, owner = made.person("unit"), made.person("member")
    for words in (f"risk {risk.pk}", f"/risks/{risk.pk}/", f"https://x.example/risks/{risk.pk}/?a=1"):
        found = record_named(unit, words)
        assert found is not None
        assert (found.label, found.tier) == (f"Risk {risk.pk}", Tier.T2)
        assert record_named(owner, words) is None
    assert record_named(unit, f"action {action.reference.lower()}") == record_named(unit, action.reference)
    # The number that is printed on a recommendation is not ours: no name leads there.
    for words in (
        "Recommendation 1",
        "Risk",
        "Risk x",
        "risk 999999999999999999999",
        "/risks/",
        "//",
        "return 1",
    ):
        assert record_named(unit, words) is None, words
    assert len({kind.label for kind in kinds()}) == len(kinds())
