"""What the night finds: what it proposes, what it clears itself, and what it leaves for people to see first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.access.models import User
from sightline.events import disposing
from sightline.events.choices import SYSTEM, StaleRecord, Way
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.services import queue_mail
from sightline.plans.models import Import
from sightline.retention import jobs, services
from sightline.retention.choices import Action, HoldOver, NotPossible
from sightline.retention.models import Disposal, DisposalItem, Hold
from sightline.retention.rules import definitions
from sightline.retention.rules.periods import Period, Unit
from sightline.retention.selectors import held_among, holds_on, rules_in_force, standing_holds
from tests.plans.making import make_plan
from tests.retention.making import (
    NOW,
    closed_account,
    confirm,
    find,
    make_approved,
    make_hold,
    make_proposed,
    nothing,
)

pytestmark = pytest.mark.django_db


def change(key: str, by: User, **changed: Any) -> None:
    services.bring_up_to_date(now=NOW)
    version, rules = rules_in_force()
    rule = rules[key]
    given = {"basis": rule.basis, "authority": rule.authority, "period": rule.period, "action": rule.action}
    services.change_rule(key, **(given | changed), reason="Agreed", seen=version, by=by.actor, now=NOW)


def rows_of(disposal: Disposal) -> list[tuple[int, str]]:
    return list(disposal.items.order_by("number", "pk").values_list("number", "state"))


def test_what_is_to_be_looked_at_is_never_cleared(dee: User, una: User, client: Client) -> None:
    mail = queue_mail("somebody@wealdshire.example", "Old", "Something waits.", by=SYSTEM)
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", created_at=NOW - dt.timedelta(days=400))
    change("mail", dee, action=Action.REVIEW)
    confirm("mail")
    assert "Two people, with a certificate" in client.get("/retention/rules/mail/").content.decode()
    assert find() == 1
    assert OutgoingMail.objects.filter(pk=mail.pk).exists()
    [made] = Disposal.objects.all()
    services.approve(made, Way.DELETE, reason="Old", version=1, by=dee.actor, now=NOW)
    services.order(made, version=2, by=una.actor, now=NOW)
    services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert not OutgoingMail.objects.filter(pk=mail.pk).exists()


def test_nobody_approves_what_was_added_after_they_looked(dee: User) -> None:
    made = make_proposed(1)
    closed_account()
    with CaptureQueriesContext(connection) as queries:
        assert find() == 1
    locks = [q for q in queries if "FOR UPDATE" in q["sql"] and 'FROM "retention_disposal"' in q["sql"]]
    assert bool(locks) == connection.features.has_select_for_update
    with pytest.raises(StaleRecord):
        services.approve(made, Way.ANONYMISE, reason="Left", version=1, by=dee.actor, now=NOW)
    assert services.approve(made, Way.ANONYMISE, reason="Left", version=2, by=dee.actor, now=NOW).version == 3


def test_a_record_stands_once_in_a_proposal_and_an_empty_one_goes(dee: User) -> None:
    made = make_proposed(2)
    first, second = made.items.order_by("number").values_list("number", flat=True)
    hold = make_hold(dee.actor, over=HoldOver.RECORD, number=first)
    services.end_hold(hold, reason="Over", by=dee.actor, now=NOW)
    find()
    assert rows_of(made) == [(first, "waiting"), (second, "waiting")]
    hold = make_hold(dee.actor)
    find()
    assert not Disposal.objects.exists()
    assert not WorkItem.objects.filter(kind="disposal").exists()
    services.end_hold(hold, reason="Over", by=dee.actor, now=NOW)
    assert find() == 2


def test_what_was_found_since_an_approval_is_joined_to_it_once(dee: User) -> None:
    made = make_approved(dee.actor)
    first, second = made.items.order_by("number").values_list("number", flat=True)
    hold = make_hold(dee.actor, over=HoldOver.RECORD, number=first)
    services.end_hold(hold, reason="Over", by=dee.actor, now=NOW)
    assert find() == 1
    services.send_back(made, version=2, by=dee.actor, now=NOW)
    assert rows_of(made) == [(first, "waiting"), (second, "waiting")]


def test_where_fewer_go_than_were_to_go_none_does_and_somebody_is_told(
    dee: User, una: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_approved(dee.actor)
    services.order(made, version=2, by=una.actor, now=NOW)
    kind = disposing.kinds()["accounts"]
    whole = kind.ways[Way.ANONYMISE]
    with monkeypatch.context() as fewer:
        fewer.setitem(kind.ways, Way.ANONYMISE, lambda numbers, doing: whole(numbers[:1], doing))
        with (
            CaptureQueriesContext(connection) as queries,
            pytest.raises(NotPossible, match="2 records were to go and 1 went") as refused,
        ):
            services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    locks = [q for q in queries if "FOR UPDATE" in q["sql"] and 'FROM "retention_disposalitem"' in q["sql"]]
    assert bool(locks) == connection.features.has_select_for_update
    assert set(DisposalItem.objects.values_list("state", flat=True)) == {"waiting"}
    assert not User.objects.filter(name=disposing.FORMER_MEMBER).exists()
    jobs.stopped({"disposal": made.pk}, una.actor, refused.value.sentence)
    assert WorkItem.objects.get(kind="disposal").sentence.startswith("2 records")
    services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert not WorkItem.objects.filter(kind="disposal").exists()


def test_many_holds_on_plans_are_asked_about_at_once(dee: User, django_assert_num_queries: Any) -> None:
    plans = [make_plan(name=f"Plan {n}") for n in range(3)]
    papers = [
        Import.objects.create(file_name="a.txt", plan=plan, uploaded_at=NOW, uploaded_by_label="Una")
        for plan in (*plans[:2], None)
    ]
    for plan in plans:
        make_hold(dee.actor, over=HoldOver.WHOLE, rule="", of=("plans", "plan"), number=plan.pk)
    single = make_hold(dee.actor, over=HoldOver.RECORD, rule="imports_unconfirmed", number=papers[2].pk)
    kind = disposing.kinds()["imports_unconfirmed"]
    standing = standing_holds(kind)
    with django_assert_num_queries(1):
        found = held_among(kind, [paper.pk for paper in papers], standing)
    assert found == {paper.pk for paper in papers}
    with django_assert_num_queries(2):
        assert [hold.number for hold in holds_on(kind, papers[0].pk)] == [plans[0].pk]
    assert holds_on(kind, papers[2].pk) == [single]
    whole = Hold.objects.create(over="rule", rule=kind.rule, reason="All", placed_at=NOW)
    assert whole in holds_on(kind, papers[0].pk)


def test_a_disposal_shows_the_rule_it_was_approved_by_on_days_of_the_local_clock(
    dee: User, client: Client
) -> None:
    made = make_approved(dee.actor)
    Disposal.objects.filter(pk=made.pk).update(approved_at=dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC))
    change("accounts", dee, period=Period(9, Unit.YEARS))
    text = client.get(f"/retention/disposals/{made.pk}/").content.decode()
    assert "6 years after" in text
    assert "9 years after" not in text
    assert "1 July 2026" in text


def test_a_rule_that_is_no_more_breaks_no_page(
    dee: User, una: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_approved(dee.actor)
    other = Disposal.objects.create(rule="accounts", state="proposed", found_at=NOW)
    left = {key: rule for key, rule in definitions.shipped().items() if key != "accounts"}
    monkeypatch.setattr(definitions, "shipped", lambda: left)
    monkeypatch.setitem(disposing._kinds, "access", ())
    assert client.get("/retention/disposals/").status_code == 200
    assert client.get(f"/retention/disposals/{made.pk}/").status_code == 200
    assert client.get(f"/retention/disposals/{other.pk}/").status_code == 404
    assert client.post(f"/retention/disposals/{other.pk}/approve/", {"version": 1}).status_code == 404
    with pytest.raises(NotPossible, match="changed after this was approved"):
        services.order(made, version=2, by=una.actor, now=NOW)
    assert services.send_back(made, version=2, by=una.actor, now=NOW).state == "proposed"


def test_pages_say_that_a_rule_waits_only_where_it_does(dee: User, client: Client) -> None:
    waits = "Nothing goes by this rule until"
    for key, expected in (("accounts", True), ("mail", True), ("sessions", False), ("plans", False)):
        assert (waits in client.get(f"/retention/rules/{key}/").content.decode()) == expected
        changing = client.get(f"/retention/rules/{key}/change/").content.decode()
        assert ("until then nothing goes by it" in changing) == expected
        version = rules_in_force()[0]
        path = f"/retention/rules/{key}/confirm/"
        done = client.post(path, {"version": version, "who": "The board"}, follow=True).content.decode()
        assert ("found tonight" in done) == expected
