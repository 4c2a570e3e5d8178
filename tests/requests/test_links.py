"""A personal link opens one page for one person's actions, adds what they tell, and gives nothing away otherwise."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier
from sightline.events.models import Entry
from sightline.messages.models import OutgoingMail
from sightline.partners.services import create_person
from sightline.plans.choices import ReceivedHow
from sightline.plans.models import Action, Evidence, Rating, Update
from sightline.plans.selectors.rounds import KIND, new_dates_asked
from sightline.plans.services import revise_timescale
from sightline.plans.services.timescales import timescale_given
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.services import (
    AskedGiven,
    ask_more,
    close_round,
    end_link,
    links_named,
    note_all_answered,
    send_due,
    tell_whoever_told,
)
from sightline.requests.services.links import LinkOver
from tests.access.people import World, enter, world
from tests.plans.making import make_action, make_plan
from tests.requests.making import ADDRESS, BY_LINK, asked_about, link_in, make_round

pytestmark = pytest.mark.django_db
URL = "/update/secret/"


@pytest.fixture
def made() -> World:
    return world()


def sent(action: Action, **said: str) -> dict[str, str]:
    return {f"a{action.pk}-{name}": value for name, value in said.items()}


def everything() -> dict[str, int]:
    """How many rows every table has, and what was noted of the link."""
    counts = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return counts | {str(row): row["answers"] for row in Asked.objects.values()}


def body(response: Any) -> str:
    """A page without what differs each time it is shown."""
    return re.sub(r'value="\w{64}"', "", response.content.decode())


def test_what_is_told_by_link_is_kept_as_told_by_link_and_a_receipt_is_sent(made: World) -> None:
    asked, action = asked_about(made)
    assert "Audit every re-referral" in Client().get(URL).content.decode()
    words = {"happened": "Ten were audited", "delivery": "amber", "evidence": "Ten records", "quarter": "audit",
             "difference": "Fewer come back", "why": "Two left", "due_on-day": "1", "due_on-month": "2",
             "due_on-year": "2100"}  # fmt: skip
    answer = Client().post(URL, sent(action, **words))
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}?came=in")
    update = Update.objects.get()
    assert update.text.startswith("Ten were audited\n\nWhat it changed for children: Fewer come back")
    assert (update.entered_by_label, update.received_how) == (BY_LINK, ReceivedHow.LINK)
    assert update.said_by == f"whoever answers for {made.agency}"
    assert (Rating.objects.get().value, Evidence.objects.get().text) == ("amber", "Ten records")
    asked.refresh_from_db()
    action.refresh_from_db()
    assert (asked.answers, action.current_update_text, action.current_quarters) == (1, update.text, ",audit,")
    assert str(action.current_due_on) == "2020-01-01"  # another was asked for, not given
    assert OutgoingMail.objects.get(to=ADDRESS).subject == "What you told us came in"
    types = {"update_recorded", "delivery_rated", "evidence_recorded", "round_answered"}
    entries = Entry.objects.filter(type__in=[f"plans.{t}" for t in types] + [f"requests.{t}" for t in types])
    assert {entry.actor_label for entry in entries} == {BY_LINK}
    assert entries.count() == 4
    assert new_dates_asked(made.people["unit"], KIND, action.plan_id) == [update]
    given = {"reason": "Agreed", "as_at": timezone.localdate(), "by": SYSTEM, "now": timezone.now()}
    revise_timescale(action, action.version, timescale_given("By 1 March 2100"), **given)
    assert new_dates_asked(made.people["unit"], KIND, action.plan_id) == []


def test_each_time_adds_and_nothing_is_overwritten(made: World) -> None:
    _, action = asked_about(made)
    for words in ("First", "Second"):
        assert Client().post(URL, sent(action, happened=words)).status_code == 302
    assert list(Update.objects.order_by("pk").values_list("text", flat=True)) == ["First", "Second"]


def test_guessed_ended_closed_and_past_links_show_one_page_and_change_nothing(made: World) -> None:
    asked, action = asked_about(made)
    guessed = Client().get("/update/a-guess/")

    def over() -> None:
        stood = everything()
        for answer in (Client().get(URL), Client().post(URL, sent(action, happened="Too late"))):
            assert (answer.status_code, body(answer)) == (410, body(guessed))
            assert answer.headers["Cache-Control"] == guessed.headers["Cache-Control"]
        assert everything() == stood

    Client().post("/update/a-guess/", sent(action, happened="A guess"))
    assert not Update.objects.exists()
    end_link(asked, by=SYSTEM, now=timezone.now())
    over()
    Asked.objects.update(ended_at=None)
    RoundMail.objects.update(ended_at=timezone.now())
    over()
    RoundMail.objects.update(ended_at=None)
    yesterday = timezone.localdate() - timedelta(days=1)
    Round.objects.update(opens_on=yesterday, closes_on=yesterday)
    over()
    Round.objects.update(closes_on=timezone.localdate())
    assert Client().get(URL).status_code == 200
    close_round(asked.round, by=SYSTEM, now=timezone.now())
    over()


def test_a_scanner_that_opens_the_link_or_sends_the_empty_form_changes_nothing(made: World) -> None:
    _, action = asked_about(made)
    stood = everything()
    for method in ("get", "head", "get"):
        assert getattr(Client(), method)(URL).status_code == 200
    due = {"due_on-day": "1", "due_on-month": "1", "due_on-year": "2020"}
    answer = Client().post(URL, sent(action, delivery="", happened="", quarter="", **due))
    assert (answer.status_code, "Nothing is filled in yet" in answer.content.decode()) == (422, True)
    assert Client().post(URL).status_code == 422
    assert everything() == stood


def test_a_link_shows_t1_of_its_own_persons_actions_and_takes_nothing_else(made: World) -> None:
    _, action = asked_about(made)
    closed = make_action(action.plan, made.agency, text="Cobalt", tier=Tier.T2)
    others = make_action(action.plan, made.group, text="Vermilion")
    shown = Client().get(URL).content.decode()
    assert not re.search("Cobalt|Vermilion", shown)
    stood = everything()
    for each in (closed, others):
        answer = Client().post(URL, sent(each, happened="Mine") | sent(action, happened="Ours"))
        assert answer.status_code == 422
        assert "is not asked about any more" in answer.content.decode()
        assert not re.search("Cobalt|Vermilion", answer.content.decode())
    assert everything() == stood
    type(action.plan).objects.update(tier=Tier.T2)
    shown = Client().get(URL).content.decode()
    assert not re.search(f"Audit every re-referral|{action.plan.name}", shown)
    RoundMail.objects.all().delete()
    assert send_due(now=timezone.now()) == 0


def test_where_one_part_cannot_be_taken_nothing_is_kept_and_no_word_is_lost(made: World) -> None:
    _, action = asked_about(made)
    second = make_action(action.plan, made.agency, text="Ask children")
    stood = everything()
    answer = Client().post(URL, sent(action, delivery="green") | sent(second, happened="Twelve were asked"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing was sent yet" in text
    assert "Twelve were asked" in text
    assert f'href="#id_a{action.pk}-why"' in text
    assert everything() == stood


def test_a_link_that_ends_while_its_answer_is_taken_keeps_nothing(made: World) -> None:
    """Two at once: the page was let in, and the unit ended the link before it was saved."""
    asked, _ = asked_about(made)
    links = links_named(["plans.plan"], "secret", timezone.now())
    end_link(asked, by=SYSTEM, now=timezone.now())
    with pytest.raises(LinkOver):
        note_all_answered([asked], links, by=SYSTEM, now=timezone.now())
    assert not OutgoingMail.objects.filter(to=ADDRESS).exists()


def test_what_is_told_by_telephone_is_typed_by_the_unit_as_such(made: World) -> None:
    asked, action = asked_about(made)
    client = Client()
    enter(client, made.people["unit"])
    words = sent(action, happened="Half are done") | {"said_by": "Hana Head", "received_how": "telephone"}
    assert client.post(f"/rounds/told/{asked.pk}/", words).status_code == 302
    update = Update.objects.get()
    assert (update.said_by, update.received_how, update.entered_by_label) == (
        "Hana Head",
        "telephone",
        "Una Unit",
    )
    asked.refresh_from_db()
    assert asked.answers == 1
    assert not OutgoingMail.objects.filter(to=ADDRESS).exists()


def test_one_link_opens_all_rounds_that_ask_somebody_and_each_hears_of_its_own(made: World) -> None:
    hana = create_person("Hana Head", email=ADDRESS, agency=made.agency, by=SYSTEM)
    plans = [make_plan(made.group, name) for name in ("Neglect", "Early help")]
    actions = [make_action(plan, made.agency, text=f"Ask families about {plan.name}") for plan in plans]
    found = [make_round(plan, (hana, ("agency", made.agency.pk))) for plan in plans]
    assert send_due(now=timezone.now()) == 1
    mail = OutgoingMail.objects.get(to=ADDRESS)
    assert "your actions in “Neglect” and “Early help”" in mail.text
    url = link_in(mail.text)
    page = Client().get(url).content.decode()
    assert all(action.text in page for action in actions)
    assert Client().post(url, sent(actions[1], happened="Ten were asked")).status_code == 302
    assert [each.asked.get().answers for each in found] == [0, 1]
    # Closed, one of them is over; the link goes on serving the other, until it is ended anywhere.
    close_round(found[1], by=SYSTEM, now=timezone.now())
    page = Client().get(url).content.decode()
    assert (actions[0].text in page, actions[1].text in page) == (True, False)
    end_link(found[0].asked.get(), by=SYSTEM, now=timezone.now())
    assert Client().get(url).status_code == 410


@pytest.mark.parametrize("answer", ["agree", "decline"])
def test_a_new_date_is_agreed_or_declined_with_words_and_whoever_asked_is_told(
    made: World, answer: str
) -> None:
    _, action = asked_about(made)
    day = {"due_on-day": "1", "due_on-month": "2", "due_on-year": "2100"}
    Client().post(URL, sent(action, happened="Two left", why="Nobody is there", **day))
    update, unit = Update.objects.get(), Client()
    enter(unit, made.people["unit"])
    address = f"/actions/{action.reference}/dates/{update.pk}/"
    assert address in unit.get(f"/plans/{action.plan.key}/rounds/").content.decode()
    action.refresh_from_db()
    seen = str(action.version)
    assert unit.post(address, {"answer": "decline", "seen": seen}).status_code == 422
    said = {"answer": answer, "seen": seen, "words": "The board meets in March"}
    assert unit.post(address, said).status_code == 302
    action.refresh_from_db()
    due, mail = str(action.current_due_on), OutgoingMail.objects.filter(to=ADDRESS).latest("pk")
    if answer == "agree":
        assert (due, mail.subject) == ("2100-02-01", "The new date is agreed")
    else:
        assert (due, mail.subject) == ("2020-01-01", "The date stays as it is")
        assert "The date stays as it is: 1 January 2020." in mail.text
    assert "The board meets in March" in mail.text
    assert action.text not in mail.text
    page = unit.get(f"/actions/{action.reference}/").content.decode()
    assert f"New date {'agreed' if answer == 'agree' else 'not agreed'}: 1 February 2100" in page
    assert address not in unit.get(f"/plans/{action.plan.key}/rounds/").content.decode()
    assert "The board meets in March" in Client().get(URL).content.decode()
    # Said twice, it is refused: nothing of the first is overwritten.
    again = unit.post(address, said | {"seen": str(action.version)})
    assert (again.status_code, "answered this already" in again.content.decode()) == (422, True)


def test_where_several_addresses_look_alike_whoever_asked_alone_is_told_or_nobody(made: World) -> None:
    asked, action = asked_about(made)
    hal = create_person("Hal Hill", email="hal.hill@wealdshire.example", agency=made.agency, by=SYSTEM)
    own = ("person", hal.pk)
    ask_more(asked.round, [AskedGiven(hal, (own,))], by=SYSTEM, now=timezone.now())
    Asked.objects.update(answers=1, answered_at=timezone.now())

    def told(**owners: Any) -> list[str]:
        was = OutgoingMail.objects.count()
        tell_whoever_told({(KIND, action.plan_id)}, BY_LINK, "", "The new date", "Yes.", **owners, by=SYSTEM)
        return list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True)[was:])

    assert told() == []
    assert told(owners={own}) == [hal.email]
    assert told(owners={("agency", made.agency.pk)}) == [ADDRESS]
