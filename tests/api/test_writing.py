"""What programs write: by the services of the pages, once, knowingly, over nobody's words, journalled as theirs."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from sightline.access.models import Token
from sightline.api.models import KeptAnswer
from sightline.api.services import KEPT_FOR, forget_answers
from sightline.events.models import Entry
from sightline.partners.models import Agency
from sightline.plans.choices import SourceKind
from sightline.plans.models import Action, LedgerLine, Update
from sightline.plans.services import create_recommendation, create_source, edit_action
from tests.access.people import World, world
from tests.api.programs import program, send
from tests.plans.making import BY, NOW, make_action, make_plan

CHILD = "Spoke to Mia (7), NHS number 943 476 5919"


@pytest.fixture
def made() -> World:
    return world()


def ok(response: Any, status: int = 201) -> Any:
    assert response.status_code == status, response.content
    return response.json()


@pytest.mark.django_db
def test_an_update_is_recorded_as_by_the_page_under_the_token(made: World) -> None:
    action = make_action(make_plan(made.group), made.agency)
    client = program(made.people["owner"])
    body = {"text": "Twenty were seen", "delivery": "amber", "reason": "Staff are away"}
    told = ok(send(client, f"/actions/{action.reference}/updates", body))
    found = Update.objects.get()
    assert (told["id"], found.text, found.entered_by) == (found.pk, body["text"], made.people["owner"])
    assert told["dated_on"] == timezone.localdate().isoformat()
    action.refresh_from_db()
    assert action.current_delivery_rating == "amber"
    entry = Entry.objects.get(type="plans.update_recorded")
    assert entry.actor_label == f"Ola Owner by token {Token.objects.get().pk}"
    assert entry.actor_user_id == made.people["owner"].pk


@pytest.mark.django_db
def test_who_may_not_on_the_page_may_not_here(made: World) -> None:
    action = make_action(make_plan(made.group))
    body = {"text": "Seen"}
    for role in ("owner", "executive", "scrutineer"):
        assert (
            send(program(made.people[role]), f"/actions/{action.reference}/updates", body).status_code == 403
        )
    reads = program(made.people["unit"], ["actions:read", "updates:read"])
    assert send(reads, f"/actions/{action.reference}/updates", body).status_code == 403
    assert not Update.objects.exists()
    empty = send(program(made.people["unit"]), f"/actions/{action.reference}/updates", {"text": "  "})
    assert empty.json()["errors"] == [{"field": "text", "detail": "Write what has happened."}]
    ahead = {"text": "x", "dated_on": "2150-01-01"}
    assert (
        send(program(made.people["unit"]), f"/actions/{action.reference}/updates", ahead).status_code == 422
    )


@pytest.mark.django_db
def test_words_that_tell_of_a_child_are_asked_about_and_kept_knowingly(made: World) -> None:
    action = make_action(make_plan(made.group), made.agency)
    client, address = program(made.people["owner"]), f"/actions/{action.reference}/updates"
    asked = send(client, address, {"text": CHILD}, Idempotency_Key="a")
    assert asked.status_code == 422
    assert asked.json()["type"] == "/api/#told-of-a-child"
    assert {each["words"] for each in asked.json()["found"]} >= {"943 476 5919"}
    assert not Update.objects.exists()
    ok(send(client, address, {"text": CHILD, "because": "The number of a leaflet"}, Idempotency_Key="a"))
    entry = Entry.objects.get(type="plans.kept_knowingly")
    assert "leaflet" in f"{entry.reason}{entry.after}{list(entry.personal_values.values())}"
    assert "943" not in entry.after


@pytest.mark.django_db
def test_what_is_sent_again_is_answered_and_not_done_twice(made: World) -> None:
    action = make_action(make_plan(made.group), made.agency)
    client, address = program(made.people["owner"]), f"/actions/{action.reference}/updates"
    first = ok(send(client, address, {"text": "Seen"}, Idempotency_Key="k-1"))
    assert ok(send(client, address, {"text": "Seen"}, Idempotency_Key="k-1")) == first
    assert Update.objects.count() == 1
    other = send(client, address, {"text": "Seen again"}, Idempotency_Key="k-1")
    assert (other.status_code, other.json()["type"]) == (422, "/api/#key-used")
    ok(send(client, address, {"text": "Seen"}, Idempotency_Key="k-2"))
    ok(send(client, address, {"text": "Seen"}))
    ok(send(program(made.people["unit"]), address, {"text": "Seen"}, Idempotency_Key="k-1"))
    assert Update.objects.count() == 4
    assert send(client, address, {"text": "x"}, Idempotency_Key="a b").status_code == 422
    assert forget_answers(timezone.now()) == 0
    assert forget_answers(timezone.now() + KEPT_FOR) == 3
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_done_and_both_are_answered(made: World) -> None:
    action = make_action(make_plan(made.group), made.agency)
    header = program(made.people["owner"]).defaults
    told: list[Any] = []

    def one() -> None:
        client = Client(**header)
        told.append(
            send(client, f"/actions/{action.reference}/updates", {"text": "Seen"}, Idempotency_Key="k")
        )
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [each.status_code for each in told] == [201] * 4, [each.content for each in told]
    assert len({each.json()["id"] for each in told}) == Update.objects.count() == 1


@pytest.mark.django_db
def test_an_action_is_added_and_changed_by_whoever_saw_its_version(made: World) -> None:
    plan = make_plan(made.group)
    client = program(made.people["unit"])
    body = {
        "text": "Ask twenty",
        "numbers": ["4.2"],
        "due_on": "2027-03-05",
        "owners": [{"agency": made.agency.key}],
    }
    made_one = ok(send(client, f"/plans/{plan.key}/actions", body, Idempotency_Key="a"))
    found = Action.objects.get(reference=made_one["reference"])
    assert (made_one["numbers"], made_one["due_on"]) == (["4.2"], "2027-03-05")
    assert made_one["timescale"] == "By 5 March 2027"
    address, tag = f"/actions/{found.reference}", f'"{found.version}"'
    changed = send(client, address, {"text": "Ask thirty"}, "patch", If_Match=tag)
    assert ok(changed, 200)["text"] == "Ask thirty"
    assert changed.headers["ETag"] != tag
    assert changed.json()["numbers"] == ["4.2"]
    assert send(client, address, {"text": "Ask forty"}, "patch", If_Match=tag).status_code == 412
    for wrong in ({"priority": 99}, {"owners": [{"agency": "nobody"}]}, {"owners": [{}]}):
        assert send(client, f"/plans/{plan.key}/actions", {"text": "x"} | wrong).status_code == 422
    chair = program(made.people["chair"])
    assert send(chair, address, {"text": "x"}, "patch", If_Match='"1"').status_code == 403
    assert send(chair, f"/plans/{plan.key}/actions", {"text": "x"}).status_code == 403


@pytest.mark.django_db
def test_of_what_stood_there_before_nobody_is_asked_again(made: World) -> None:
    action = make_action(make_plan(made.group))
    edit_action(action, action.version, {"text": CHILD, "items": [CHILD]}, by=BY, now=NOW)
    client, address = program(made.people["unit"]), f"/actions/{action.reference}"
    tag = client.get(f"/api/v1{address}").headers["ETag"]
    body = {"text": CHILD, "items": [CHILD, "Ask"], "numbers": [" 4.2 "]}
    assert send(client, address, body | {"numbers": [CHILD]}, "patch", If_Match=tag).status_code == 422
    assert ok(send(client, address, body, "patch", If_Match=tag), 200)["numbers"] == ["4.2"]
    assert not Entry.objects.filter(type="plans.kept_knowingly").exists()


@pytest.mark.django_db
def test_a_recommendation_is_answered_by_those_it_is_addressed_to(made: World) -> None:
    source = create_source("Inspection", SourceKind.INSPECTION, by=BY, now=NOW)
    asked = create_recommendation(
        source, number="1", text="Meet fathers", addressed_to=[made.agency.name, "Nobody"], by=BY, now=NOW
    )
    client = program(made.people["owner"])
    whole = ok(client.get(f"/api/v1/recommendations/{asked.pk}"), 200)
    own, other = (each["id"] for each in whole["addressed_to"])
    address = f"/recommendations/{asked.pk}/responses"
    first = ok(send(client, address, {"addressee": own, "public": ["We do."]}))
    second = ok(send(client, address, {"addressee": own, "public": ["We did."], "replaces": first["id"]}))
    assert second["replaces"] == first["id"]
    again = send(client, address, {"addressee": own, "public": ["Late."], "replaces": first["id"]})
    assert again.status_code == 409
    assert send(client, address, {"addressee": other, "public": ["Ours?"]}).status_code == 403
    assert send(client, address, {"addressee": own}).status_code == 422
    assert LedgerLine.objects.count() == 2
    listed = ok(client.get(f"/api/v1/recommendations?agency={made.agency.key}&kind=inspection"), 200)
    assert [each["id"] for each in listed["items"]] == [asked.pk]


@pytest.mark.django_db
def test_groups_and_agencies_are_changed_by_the_unit(made: World) -> None:
    client, agency = program(made.people["unit"]), made.agency
    told = client.get(f"/api/v1/agencies/{agency.key}")
    address, tag = f"/agencies/{agency.key}", told.headers["ETag"]
    changed = ok(send(client, address, {"short_name": "Police"}, "patch", If_Match=tag), 200)
    assert (changed["short_name"], changed["name"]) == ("Police", agency.name)
    assert send(client, address, {"short_name": "P"}, "patch", If_Match=tag).status_code == 412
    assert Agency.objects.get(pk=agency.pk).short_name == "Police"
    group = client.get(f"/api/v1/groups/{made.group.key}")
    ok(
        send(
            client, f"/groups/{made.group.key}", {"name": "Neglect"}, "patch", If_Match=group.headers["ETag"]
        ),
        200,
    )
    owner = program(made.people["owner"])
    assert send(owner, address, {"name": "x"}, "patch", If_Match=tag).status_code == 403
