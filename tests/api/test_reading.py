"""What programs read: what their person reads on pages, a page at a time, with few queries."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.api.serving import document
from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.plans.models import Action, ExceptionReport, Update
from sightline.plans.services import draft_exception_report, issue_exception_report, record_update
from tests.access.people import World, world
from tests.access.url_roles import URL_ROLES
from tests.api.programs import DRAWS, V1, program
from tests.plans.making import BY, NOW, TODAY, make_action, make_group, make_plan
from tests.walks.test_query_counts import grow

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def told(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(f"{V1}{address}")
    assert response.status_code == status, response.content
    return response.json()


def test_an_action_goes_out_with_all_that_its_page_says(made: World) -> None:
    plan = make_plan(made.group)
    action = make_action(plan, made.agency, due="2026-09-30")
    record_update(action, "Twenty were seen", as_at=TODAY, by=BY, now=NOW)
    client = program(made.people["owner"])
    one = told(client, f"/actions/{action.reference}")
    assert one["owners"] == [
        {"kind": "agency", "key": made.agency.key, "name": made.agency.name, "role": "lead"}
    ]
    assert (one["plan"], one["due_on"], one["last_update_on"]) == (plan.key, "2026-09-30", "2026-06-15")
    assert client.get(f"{V1}/actions/{action.reference}").headers["ETag"] == f'"{one["version"]}"'
    assert told(client, "/actions")["items"] == [one]
    assert client.get(f"{V1}/actions").headers["Protective-Marking"] == "OFFICIAL-SENSITIVE"
    assert [each["text"] for each in told(client, "/updates")["items"]] == ["Twenty were seen"]
    assert (
        told(client, f"/updates?action={action.reference}&recorded_from=2099-01-01T00:00:00")["items"] == []
    )
    assert told(client, f"/plans/{plan.key}")["group"] == made.group.key


def test_filters_of_the_list_of_actions_are_those_of_the_page(made: World) -> None:
    mine, other = make_action(make_plan(made.group), made.agency), make_action(make_plan(name="Other"))
    client = program(made.people["owner"])

    def listed(query: str) -> set[str]:
        return {each["reference"] for each in told(client, f"/actions?{query}")["items"]}

    assert listed("") == {mine.reference, other.reference}
    assert listed("mine=true") == {mine.reference}
    assert listed(f"plan={other.plan.key}") == {other.reference}
    assert listed(f"owner=agency:{made.agency.key}&state=open") == {mine.reference}
    assert listed("state=complete") == listed("priority=77") == listed("words=nothing") == set()
    assert listed("exception=any") == {a.reference for a in Action.objects.exclude(current_exceptions="")}
    assert listed("group=nobody") == listed("owner=agency:nobody") == set()
    told(client, "/actions?state=half", 422)
    told(client, "/actions?owner=anything:key", 422)
    told(client, "/actions?after=9223372036854775808", 422)
    told(client, "/actions?limit=101", 422)


def test_new_is_only_what_an_issued_report_that_one_may_open_did_not_hold(made: World) -> None:
    action = make_action(make_plan(made.group), due="2026-01-01")
    make_action(close := make_plan(make_group(), name="Close", tier=Tier.T2), due="2026-01-01")
    whole, hidden = (draft_exception_report(None, as_at=TODAY, plan=p, by=BY, now=NOW) for p in (None, close))
    chair = program(made.people["chair"])
    assert told(chair, f"/actions?since={whole.pk}", 422)["errors"][0]["field"] == "since"
    for report in (whole, hidden):
        issue_exception_report(report, as_drafted=True, by=BY, now=NOW)
    assert told(chair, f"/actions?since={whole.pk}")["items"] == []
    told(chair, f"/actions?since={hidden.pk}", 422)
    told(chair, "/actions?since=777", 422)
    assert [each["reference"] for each in told(chair, "/actions")["items"]] == [action.reference]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_out_of_reach_is_refused(moment: str, made: World) -> None:
    told(program(made.people["owner"]), f"/updates?recorded_from={moment}", 422)


def test_a_list_is_walked_by_its_next_also_while_it_grows(made: World) -> None:
    plan = make_plan(made.group)
    for _ in range(5):
        make_action(plan)
    client, met = program(made.people["owner"]), []
    address: str | None = f"{V1}/actions?limit=2&plan={plan.key}"
    while address:
        response = client.get(address)
        met += [each["reference"] for each in response.json()["items"]]
        address = response.json()["next"]
        assert (response.headers.get("Link") == f'<{address}>; rel="next"') is bool(address)
        if len(met) == 2:
            make_action(plan)
    assert met == list(Action.objects.order_by("pk").values_list("reference", flat=True))


def test_reports_go_out_as_their_reader_may_read_them(made: World) -> None:
    open_one = make_action(make_plan(made.group), due="2026-01-01")
    hidden = make_action(make_plan(make_group(), name="Close", tier=Tier.T2), due="2026-01-01")
    report = draft_exception_report(None, as_at=TODAY, by=BY, now=NOW)
    chair, unit = program(made.people["chair"]), program(made.people["unit"])
    whole, part = (told(each, f"/reports/{report.pk}") for each in (unit, chair))
    assert (whole["rows"], whole["left_out"], part["rows"], part["left_out"]) == (2, 0, 1, 1)
    rows = {each["reference"] for each in told(unit, f"/reports/{report.pk}/rows")["items"]}
    assert rows == {open_one.reference, hidden.reference}
    first = told(unit, f"/reports/{report.pk}/rows?limit=1")
    assert len(first["items"]) == 1
    assert first["next"].endswith("limit=1&after=1")
    assert [each["number"] for each in told(chair, "/reports")["items"]] == [report.pk]
    told(program(made.people["owner"]), "/reports", 403)
    assert ExceptionReport.objects.count() == 1


def test_what_may_not_be_known_is_not_there(made: World) -> None:
    hidden = make_action(make_plan(make_group(), name="Close", tier=Tier.T2))
    client = program(made.people["owner"])
    assert told(client, f"/actions/{hidden.reference}", 404) == told(client, "/actions/SL-9999", 404)
    assert told(client, f"/plans/{hidden.plan.key}", 404)["status"] == 404
    assert told(client, "/actions")["items"] == told(client, "/plans")["items"] == []
    assert told(program(made.people["unit"]), "/plans")["items"][0]["tier"] == "T2"


def test_a_refusal_says_what_the_page_says_and_is_journalled_under_the_token(made: World) -> None:
    client = program(made.person("practitioner"))
    refused = told(client, "/plans", 403)
    page = Client()
    page.force_login(made.person("practitioner"))
    assert refused["detail"] in page.get("/plans/").content.decode().replace("&#x27;", "'")
    entry = Entry.objects.filter(type="access.refused").order_by("pk")[0]
    assert re.fullmatch(r".+ by token \d+", entry.actor_label)
    few = program(made.people["unit"], ["groups:read"])
    assert "actions:read" in told(few, "/actions", 403)["detail"]


READS = [name for name, row in sorted(URL_ROLES.items()) if row.by_token and row.method == "get"]


@pytest.mark.parametrize("name", READS)
def test_reading_asks_few_times_and_no_more_for_more_rows(
    name: str, made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DRAWS, lambda *_: 60)
    address = reverse(name, args=URL_ROLES[name].args(made))
    client, asked = program(made.people["unit"]), []
    for more in (1, 2, 40):
        grow(made, more)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code in {200, 405}
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 8, [query["sql"] for query in queries.captured_queries]
    assert Update.objects.exists() or Action.objects.count() == 0


def test_the_document_is_kept_and_served_to_anybody() -> None:
    response = Client().get(f"{V1}/openapi.json")
    kept = Path(__file__).parents[2] / "docs" / "generated" / "openapi.json"
    # To make it anew: curl -s http://127.0.0.1:8000/api/v1/openapi.json > docs/generated/openapi.json
    assert response.content.decode() == document() == kept.read_text(encoding="utf-8")
    assert json.loads(document())["openapi"].startswith("3.")
