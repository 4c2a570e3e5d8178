"""How long a plan is kept, with all that belongs to it, and the way there."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.access.models import User
from sightline.events import disposing
from sightline.plans.models import Import
from sightline.retention.choices import HoldOver
from tests.access.people import member
from tests.plans.making import make_action, make_plan
from tests.retention.making import NOW, confirm, make_hold

pytestmark = pytest.mark.django_db


def test_a_plan_tells_its_rule_what_belongs_to_it_and_what_holds_it(dee: User, client: Client) -> None:
    plan, other = make_plan(name="Quiet plan"), make_plan(name="Another plan")
    confirm("evidence_files")
    make_hold(
        dee.actor, over=HoldOver.WHOLE, rule="", of=("plans", "plan"), number=plan.pk, reason="A court asks"
    )
    make_hold(dee.actor, over=HoldOver.WHOLE, rule="", of=("plans", "plan"), number=other.pk)
    make_hold(dee.actor, rule="evidence_files")
    make_hold(dee.actor, rule="accounts")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/retention/of/plans/plan/{plan.pk}/")
    assert len(asked) <= 12
    page = answer.context["page"]
    assert page.rule.key == "plans"
    assert {rule.key for rule in page.belonging} == {"imports_unconfirmed", "evidence_files"}
    assert sorted(row.what for row in page.holds) == [
        "All of: Evidence files of closed plans",
        "Everything of: Quiet plan",
    ]
    shown = answer.content.decode()
    assert "A court asks" in shown
    assert shown.count("Not yet confirmed") == 2, "the plan's own rule, and that of its papers"


def test_a_hold_on_a_single_record_is_neither_told_nor_denied(dee: User, client: Client) -> None:
    plan = make_plan()
    paper = Import.objects.create(file_name="a.txt", plan=plan, uploaded_at=NOW, uploaded_by_label="Una")
    make_hold(
        dee.actor, over=HoldOver.RECORD, rule="imports_unconfirmed", number=paper.pk, reason="A court asks"
    )
    shown = client.get(f"/retention/of/plans/plan/{plan.pk}/").content.decode()
    assert "None on all of it." in shown
    assert "may be held or kept longer by themselves" in shown
    assert "goes when its rule says so" not in shown
    assert "A court asks" not in shown


def test_what_the_reader_may_not_read_is_not_there(
    dee: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan(name="Closed plan")
    address = f"/retention/of/plans/plan/{plan.pk}/"
    assert client.get(address).status_code == 200
    for other in ("plans/plan/98765", "plans/action/1", "nothing/plan/1"):
        assert client.get(f"/retention/of/{other}/").status_code == 404
    shut = disposing.Gathering("plans", "plan", "plan", lambda reader: [])
    monkeypatch.setattr(disposing, "_gatherings", {"plans": (shut,)})
    assert client.get(address).status_code == 404


def test_plans_and_actions_lead_there_those_who_keep_retention_alone(dee: User, client: Client) -> None:
    plan = make_plan(name="Quiet plan")
    action = make_action(plan)
    there = f'href="/retention/of/plans/plan/{plan.pk}/"'
    paths = (f"/plans/{plan.key}/", f"/actions/{action.reference}/")
    assert [there in client.get(path).content.decode() for path in paths] == [True, True]
    asked = client.get("/retention/holds/new/", {"over": "whole", "whole": f"plans.plan.{plan.pk}"})
    assert f'<option value="plans.plan.{plan.pk}" selected>' in asked.content.decode()
    client.force_login(member("Sam Scrutineer", "scrutineer"))
    read = [client.get(path) for path in paths]
    assert [(answer.status_code, there in answer.content.decode()) for answer in read] == [(200, False)] * 2
