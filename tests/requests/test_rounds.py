"""Rounds: whom they ask, what goes out by itself and how often, to whom silence climbs, and how they close."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access.services import grant
from sightline.events.choices import SYSTEM, Tier, Unacceptable
from sightline.messages.models import Bounce, OutgoingMail
from sightline.partners.models import Person
from sightline.partners.services import create_agency, create_person
from sightline.plans.models import Plan
from sightline.plans.selectors.rounds import about_plan, owners_to_ask
from sightline.requests.jobs import remind
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.services import (
    close_past,
    end_link,
    forget_old_rounds,
    note_answered,
    send_again,
    send_due,
)
from sightline.retention.rules.definitions import over_by
from tests.access.people import LONG_AGO, World, enter, world
from tests.plans.making import make_action, make_plan
from tests.requests.making import ADDRESS, asked_about, link_in, make_round

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made() -> World:
    return world()


def mails() -> list[tuple[str, str]]:
    """To whom e-mails of rounds went and why, and none of them twice."""
    return list(RoundMail.objects.order_by("pk").values_list("email", "what"))


def person(name: str, agency: Any) -> Any:
    return create_person(name, email=f"{name.split()[0].lower()}@example.org", agency=agency, by=SYSTEM)


def test_everybody_is_asked_once_and_reminded_once_a_week_until_they_answer(made: World) -> None:
    plan, other, now = make_plan(made.group), make_plan(made.group), timezone.now()
    hana, ben = person("Hana Head", made.agency), person("Ben Bell", made.agency)
    found = make_round(plan, (hana, ("agency", made.agency.pk)), (ben, ("person", 1)), (hana, ("group", 2)))
    assert found.asked.get(email="hana@example.org").answers_for == [["agency", made.agency.pk], ["group", 2]]
    assert send_due(now=now) == 2
    make_round(other, (hana, ("person", hana.pk)))
    assert send_due(now=now) == send_due(now=now + 6 * DAY) == 0
    note_answered(found.asked.get(email="ben@example.org"), None, by=SYSTEM, now=now)
    assert send_due(now=now + 7 * DAY) == 1
    # One e-mail for both rounds: the first of the one, a reminder of the other.
    assert mails() == [
        ("ben@example.org", "asked"),
        ("hana@example.org", "asked"),
        ("hana@example.org", "reminded"),
        ("hana@example.org", "asked"),
    ]
    assert send_due(now=now + 14 * DAY) == 1
    assert mails()[4:] == [("hana@example.org", "reminded"), ("hana@example.org", "reminded")]
    assert OutgoingMail.objects.filter(to="hana@example.org").count() == 3
    text = OutgoingMail.objects.get(to="hana@example.org", subject__startswith="Not heard").text
    asked = OutgoingMail.objects.filter(to="hana@example.org", subject="How do your actions stand?")
    first = asked.earliest("pk").text
    for each in (first, text):
        assert Client().get(link_in(each)).status_code == 200


def test_silence_climbs_to_the_lead_and_the_chair_as_counts_alone(made: World) -> None:
    now, lead = timezone.now(), made.people["executive"]
    grant(lead, "agency_lead", "agency", made.agency.key, LONG_AGO, by=SYSTEM)
    found = make_round(make_plan(made.group), (person("Hana Head", made.agency), ("person", 1)))
    for week in range(4):
        send_due(now=now + 7 * week * DAY)
    told = [each for each in mails() if each[1] in ("lead", "chair")]
    assert told == [(lead.email, "lead"), (lead.email, "lead"), (made.people["chair"].email, "chair")]
    text = OutgoingMail.objects.get(to=made.people["chair"].email).text
    assert "1 person has not answered in all agencies" in text
    assert "Hana" not in text
    end_link(found.asked.get(), by=SYSTEM, now=now)
    assert send_due(now=now + 29 * DAY) == 0


def test_silence_in_two_rounds_climbs_in_one_e_mail_that_tells_of_both(made: World) -> None:
    now, lead = timezone.now(), made.people["executive"]
    grant(lead, "school_lead", "agency", made.agency.key, LONG_AGO, by=SYSTEM)
    first, second = make_plan(made.group), make_plan(made.group, "Early help")
    make_round(first, (person("Hana Head", made.agency), ("person", 1)), days=60)
    make_round(second, (person("Ben Head", made.agency), ("person", 2)), days=60)
    for day in range(60):
        send_due(now=now + day * DAY)
    told = RoundMail.objects.filter(what="lead").order_by("pk").values_list("round__record", "sent_at")
    assert {record for record, _ in told} == {first.pk, second.pk}
    assert len({moment for _, moment in told}) == OutgoingMail.objects.filter(to=lead.email).count()
    moments = sorted({moment for _, moment in told})
    assert all(later - earlier >= 7 * DAY for earlier, later in itertools.pairwise(moments))
    text = OutgoingMail.objects.filter(to=lead.email).latest("pk").text
    assert f"“{first.name}”: 1 person has not answered" in text
    assert f"“{second.name}”: 1 person has not answered" in text


def test_whoever_has_left_is_asked_no_more_and_their_link_opens_nothing(made: World) -> None:
    asked, _ = asked_about(made)
    now = timezone.now()
    assert Client().get("/update/secret/").status_code == 200
    Person.objects.filter(pk=asked.person_id).update(ends_on=timezone.localdate() - DAY)
    assert Client().get("/update/secret/").status_code == 410
    assert send_due(now=now + 8 * DAY) == 0
    enter(client := Client(), made.people["unit"])
    assert "Has left" in client.get(f"/rounds/{asked.round_id}/").content.decode()


@pytest.mark.parametrize(("hour", "sent"), [(3, 0), (11, 1)])
def test_nobody_is_reminded_in_quiet_hours(made: World, monkeypatch: Any, hour: int, sent: int) -> None:
    make_round(make_plan(made.group), (person("Hana Head", made.agency), ("person", 1)))
    monday = timezone.localtime().replace(hour=hour, minute=30) + 7 * DAY
    monday -= monday.weekday() * DAY
    monkeypatch.setattr(timezone, "now", lambda: monday)
    remind(SimpleNamespace())
    assert RoundMail.objects.count() == sent


def test_a_link_is_sent_again_to_an_address_that_had_no_mail_within_the_week(made: World) -> None:
    asked, _ = asked_about(made)
    assert Client().get("/update/secret/").status_code == 200
    with pytest.raises(Unacceptable) as refused:
        send_again(asked, ADDRESS, by=SYSTEM, now=timezone.now())
    assert "never more than one a week" in refused.value.problems["email"]
    to = send_again(asked, "Hana@New.example", by=SYSTEM, now=timezone.now())
    assert (to, Client().get("/update/secret/").status_code) == ("hana@new.example", 410)


def test_what_cannot_be_opened_is_refused_with_a_sentence(made: World) -> None:
    plan, hana = make_plan(made.group), person("Hana Head", made.agency)
    for days, field in ((0, "closes_on"), (93, "closes_on")):
        with pytest.raises(Unacceptable) as refused:
            make_round(plan, (hana, ("person", 1)), days=days)
        assert set(refused.value.problems) == {field}
    with pytest.raises(Unacceptable):
        make_round(plan)
    make_round(plan, (hana, ("person", 1)))
    with pytest.raises(Unacceptable) as refused:
        make_round(plan, (hana, ("person", 1)))
    assert "open already" in refused.value.problems[""]
    assert Round.objects.count() == 1


def test_a_round_closes_after_its_last_day_and_goes_two_years_later(made: World) -> None:
    asked, _ = asked_about(made)
    now = timezone.now()
    assert close_past(now=now + 30 * DAY) == 0
    assert close_past(now=now + 31 * DAY) == 1
    with pytest.raises(Unacceptable):
        note_answered(asked, None, by=SYSTEM, now=now)
    with pytest.raises(LookupError):
        over_by("meetings", now.date())
    assert forget_old_rounds(now=now + 700 * DAY) == 0
    assert forget_old_rounds(now=now + 800 * DAY) == 1
    assert not Asked.objects.exists()


def test_the_unit_opens_a_round_for_the_owners_it_chooses_and_sees_who_is_silent(made: World) -> None:
    plan = make_plan(made.group)
    hana, nobody = person("Hana Head", made.agency), create_agency("Nobody known", by=SYSTEM)
    make_action(plan, made.agency, nobody)
    make_action(plan, create_agency("Hidden", by=SYSTEM), tier=Tier.T2)
    owners = {owner.name: owner for owner in owners_to_ask(about_plan(plan), timezone.localdate())}
    assert set(owners) == {made.agency.name, nobody.name}
    client, until = Client(), timezone.localdate() + 9 * DAY
    enter(client, made.people["unit"])
    assert (
        "No e-mail address is known for: Nobody known"
        in client.get(f"/plans/{plan.key}/rounds/").content.decode()
    )
    sent = {"title": "Spring", "closes_on-day": until.day, "closes_on-month": until.month, "closes_on-year": until.year,
            f"agency_{made.agency.pk}": str(hana.pk)}  # fmt: skip
    assert client.post(f"/plans/{plan.key}/rounds/", sent).status_code == 302
    found = Round.objects.get()
    page = client.get(f"/rounds/{found.pk}/").content.decode()
    assert "1 person asked, 0 answered." in page
    assert "E-mail still to be sent" in page
    send_due(now=timezone.now())
    assert "Hana Head" in client.get(f"/rounds/{found.pk}/?state=silent").content.decode()
    assert "Hana Head" not in client.get(f"/rounds/{found.pk}/?state=answered").content.decode()
    rows = client.get(f"/rounds/{found.pk}/rows/csv/?state=silent").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith(f"Hana Head,hana@example.org,{made.agency.name},Silent,")
    assert client.get(f"/rounds/{found.pk}/rows/exe/").status_code == 404
    assert client.post(f"/rounds/{found.pk}/close/").status_code == 302
    # The next round proposes whom the last one asked.
    assert (
        next(each for each in owners_to_ask(about_plan(plan), timezone.localdate()) if each.people).usual
        == hana
    )
    Plan.objects.update(tier=Tier.T2)
    assert "is not read by every member" in client.get(f"/plans/{plan.key}/rounds/").content.decode()
    assert client.post(f"/plans/{plan.key}/rounds/", sent).status_code == 403


def test_a_round_of_a_group_asks_each_person_once_about_all_its_plans(made: World) -> None:
    hana, agency = person("Hana Head", made.agency), made.agency
    for name in ("Neglect", "Early help"):
        make_action(make_plan(made.group, name), agency, text=f"Ask families about {name}")
    make_action(make_plan(made.group, "Cobalt", tier=Tier.T2), agency, text="Cobalt")
    make_action(make_plan(None, "Elsewhere"), agency, text="Elsewhere")
    client, until = Client(), timezone.localdate() + 9 * DAY
    enter(client, made.people["unit"])
    sent = {"title": "Spring", "closes_on-day": until.day, "closes_on-month": until.month, "closes_on-year": until.year,
            f"agency_{agency.pk}": str(hana.pk)}  # fmt: skip
    assert client.post(f"/groups/{made.group.key}/rounds/", sent).status_code == 302
    assert send_due(now=timezone.now()) == 1
    text = OutgoingMail.objects.get(to="hana@example.org").text
    page = Client().get(link_in(text)).content.decode()
    assert "Ask families about Neglect" in page
    assert "Ask families about Early help" in page
    assert not re.search("Cobalt|Elsewhere", page)


def test_whose_e_mails_come_back_is_not_silent_and_is_shown_with_what_to_do(made: World) -> None:
    now, lead = timezone.now(), made.people["executive"]
    grant(lead, "agency_lead", "agency", made.agency.key, LONG_AGO, by=SYSTEM)
    found = make_round(make_plan(made.group), (person("Hana Head", made.agency), ("person", 1)))
    assert send_due(now=now) == 1
    Bounce.objects.create(
        address="hana@example.org", message_id="<1@x>", said="No such mailbox", is_hard=True, came_at=now
    )
    assert sum(send_due(now=now + 7 * week * DAY) for week in (1, 2, 3)) == 0
    client, asked = Client(), found.asked.get()
    enter(client, made.people["unit"])
    page = client.get(f"/rounds/{found.pk}/?state=returned").content.decode()
    assert "E-mails to this address come back: No such mailbox" in page
    assert "Hana Head" not in client.get(f"/rounds/{found.pk}/?state=silent").content.decode()
    assert "Ask for another address" in client.get(f"/rounds/{found.pk}/asked/{asked.pk}/").content.decode()
    with pytest.raises(Unacceptable) as refused:
        send_again(asked, "hana@example.org", by=SYSTEM, now=now + 9 * DAY)
    assert "come back" in refused.value.problems["email"]
    assert send_again(asked, "hana@new.example", by=SYSTEM, now=now) == "hana@new.example"
    assert "Silent" in client.get(f"/rounds/{found.pk}/?state=silent").content.decode()
