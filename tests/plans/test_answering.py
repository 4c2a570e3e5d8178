"""An action, a recommendation or a plan answers a challenge or scrutiny entry, or treats a risk; it ends, and stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import Tier, Unacceptable
from sightline.events.models import Entry
from sightline.plans.models import Action, Answering
from sightline.plans.services import end_answer, name_answer
from sightline.sight.choices import Loose, StartKind
from sightline.sight.reports.threads import tier_of
from sightline.sight.selectors.starts import actions_of, find_start
from sightline.sight.selectors.threads import thread
from tests.access.people import World, enter, world
from tests.challenges.making import make_challenge, make_risk, make_scrutiny
from tests.plans.ledger.asking import ask_for
from tests.plans.making import BY, NOW, TODAY, make_action, make_plan

pytestmark = pytest.mark.django_db
DAY = {"as_at-day": "1", "as_at-month": "6", "as_at-year": "2026"}


@pytest.fixture
def made() -> World:
    return world()


def named(
    logged: Any, answer: Any, reason: str = "It trains the night team", as_at: date = TODAY
) -> Answering:
    return name_answer(logged, answer, reason=reason, as_at=as_at, by=BY, now=NOW)


def test_a_plans_page_shows_what_it_answers_as_far_as_its_reader_may_read_it(
    client: Client, made: World
) -> None:
    plan = make_plan(made.group)
    named(make_risk(made.agency, title="Open to all"), plan)
    named(make_risk(made.agency, title="Confidential", tier=Tier.T2), plan)
    for who, reads in (("unit", True), ("member", False)):
        enter(client, made.person(who))
        page = client.get(f"/plans/{plan.key}/").content.decode()
        assert ("Open to all" in page, "Confidential" in page) == (True, reads)


def test_each_kind_is_named_once_and_ends_with_a_reason(made: World) -> None:
    plan = make_plan(made.group)
    action = make_action(plan, made.agency)
    recommendation = ask_for()
    logged = (make_challenge(made.agency, made.group), make_risk(made.agency), make_scrutiny(made.agency))
    for each in logged:
        for answer in filter(None, (action, recommendation, plan)):
            row = named(each, answer)
            assert (row.logged, row.named) == (each, answer)
    with pytest.raises(Unacceptable, match="named already"):
        named(logged[0], action)
    first = Answering.objects.order_by("pk")[0]
    with pytest.raises(Unacceptable, match="no more"):
        end_answer(first, reason=" ", as_at=TODAY, by=BY, now=NOW)
    with pytest.raises(Unacceptable, match="or a later one"):
        end_answer(first, reason="Closed", as_at=TODAY - timedelta(days=1), by=BY, now=NOW)
    ended = end_answer(first, reason="The action was closed", as_at=TODAY, by=BY, now=NOW)
    assert (ended.ended_on, ended.end_reason) == (TODAY, "The action was closed")
    with pytest.raises(Unacceptable, match="ended this already"):
        end_answer(first, reason="Again", as_at=TODAY, by=BY, now=NOW)
    # It may be named anew, and what had ended stays beside it.
    named(logged[0], action)
    assert Answering.objects.filter(challenge=logged[0], action=action).count() == 2
    assert Entry.objects.filter(type="plans.answer_ended").count() == 1


def test_it_stands_on_both_pages_and_is_walked_both_ways(client: Client, made: World) -> None:
    action = make_action(make_plan(made.group), made.agency)
    risk = make_risk(made.agency)
    enter(client, made.people["owner"])
    sent = {"action": action.reference.lower(), "reason": "It fills the posts", **DAY}
    assert client.post(f"/answers/risk/{risk.pk}/", sent).status_code == 302
    there = client.get(f"/risks/{risk.pk}/").text
    assert f"/actions/{action.reference}/" in there
    assert f"/line-of-sight/action/{action.reference}/" in there
    for address in (f"/actions/{action.reference}/", f"/line-of-sight/action/{action.reference}/"):
        back = client.get(address).text
        assert f"/risks/{risk.pk}/" in back
        assert "It fills the posts" in back
    row = Answering.objects.get()
    assert client.post(f"/answers/{row.pk}/end/", {"reason": "All are filled", **DAY}).status_code == 302
    assert "All are filled" in client.get(f"/risks/{risk.pk}/").text
    assert f"/risks/{risk.pk}/" not in client.get(f"/actions/{action.reference}/").text
    assert client.get(f"/answers/{row.pk}/end/").status_code == 404


def test_whoever_may_not_read_one_end_is_not_told_of_it(client: Client, made: World) -> None:
    secret = make_risk(made.agency, title="Only for those it concerns", tier=Tier.T2)
    action = make_action(make_plan(made.group), made.agency)
    hidden = make_action(make_plan(made.group, name="Hidden"), made.agency, text="Hidden words", tier=Tier.T2)
    open_one = make_risk(made.agency)
    named(secret, action)
    named(open_one, hidden)
    stranger = made.person("analyst")
    enter(client, made.people["chair"])
    assert secret.title not in client.get(f"/actions/{action.reference}/").text
    assert secret.title not in client.get(f"/line-of-sight/action/{action.reference}/").text
    enter(client, stranger)
    shown = "Hidden words" in client.get(f"/risks/{open_one.pk}/").text
    assert shown == (client.get(f"/actions/{hidden.reference}/").status_code == 200)


def test_what_answers_a_challenge_answers_something(made: World) -> None:
    action = make_action(make_plan(made.group), made.agency)
    reader, today = made.people["unit"], timezone.localdate()

    def told() -> Any:
        start = find_start(reader, StartKind.ACTION, action.reference)
        return thread(reader, start, list(actions_of(reader, start)), today)

    assert Loose.ANSWERS_NOTHING in told().came[action.pk].loose
    row = named(make_challenge(made.agency, made.group, tier=Tier.T2), action)
    assert Loose.ANSWERS_NOTHING not in told().came[action.pk].loose
    # Taken away, the thread is marked as the most confidential of what stands in it.
    assert tier_of(told()) == Tier.T2
    end_answer(row, reason="Closed", as_at=TODAY, by=BY, now=NOW)
    assert Loose.ANSWERS_NOTHING in told().came[action.pk].loose
    assert tier_of(told()) == Tier.T1


def test_who_names_and_what_is_refused(client: Client, made: World) -> None:
    action = make_action(make_plan(made.group), made.agency)
    found = make_scrutiny(made.agency)
    home = f"/answers/scrutiny/{found.pk}/"
    sent = {"action": action.reference, "reason": "So it does", **DAY}
    for role, status in (("chair", 403), ("executive", 403), ("scrutineer", 302)):
        enter(client, made.people[role])
        assert client.post(home, sent).status_code == status, role
    assert client.post(home, {**sent, "action": "A-9999"}).status_code == 422
    assert client.post(home, {**sent, "plan": action.plan.pk}).status_code == 422
    assert client.post(home, {**sent, "reason": " "}).status_code == 422
    assert client.get("/answers/plan/1/").status_code == 404
    assert client.get("/answers/risk/99/").status_code == 404
    assert Answering.objects.count() == 1
    assert Action.objects.get() == action
