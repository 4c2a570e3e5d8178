"""Changing many actions on screen: ticked, said, looked at, done; and the hand-over page that leads there."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.jobs.worker import run_all
from sightline.plans import services
from sightline.plans.models import Action, BulkChange
from tests.plans.making import BY, complete_on_paper, make_agency, make_group, make_person, make_user
from tests.plans.test_views_planning import said, today
from tests.plans.viewing import DAY, THEN, many_actions, old_action, old_plan, priority_of, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Any:
    return signed_in(make_user("unit"))


def begin(client: Any, *actions: Action, kind: str = "owners", query: str = "", **more: Any) -> Any:
    return client.post(f"/changes/new/{query}", {"action": [a.pk for a in actions], "kind": kind, **more})


def test_a_leavers_actions_are_given_to_another_from_the_hand_over_page(client: Any) -> None:
    leaver, follower = make_person(make_agency()), make_person()
    mine, other = old_action(old_plan(), leaver), old_action(old_plan(name="Another"), leaver)
    old_action(old_plan(name="Not theirs"), follower)
    page = client.get(f"/owners/person/{leaver.pk}/").context["page"]
    assert (page.counts.open, [row.plan for row in page.listing.rows]) == (2, ["Another", "Children first"])
    listed = client.get(page.give).context["page"]
    assert {row.number for row in listed.listing.rows} == {mine.pk, other.pk}
    assert (listed.owner, listed.hand_over) == (leaver.name, f"/owners/person/{leaver.pk}/")
    begun = begin(client, mine, other)
    change = BulkChange.objects.get()
    assert begun["Location"] == f"/changes/{change.pk}/what/"
    form = client.get(begun["Location"]).context["form"]
    assert form.fields["old"].choices == [(f"person:{leaver.pk}", leaver.name)]
    answers = {
        "seen": "1", "old": f"person:{leaver.pk}", "to": f"person:{follower.pk}", "reason": "She leaves", **today(),
    }  # fmt: skip
    looked = client.post(begun["Location"], answers, follow=True)
    assert [(row.before, row.after) for row in looked.context["page"].listing.rows] == [
        (leaver.name, follower.name), (leaver.name, follower.name),
    ]  # fmt: skip
    assert "She leaves" in words(looked)
    client.post(f"/changes/{change.pk}/do/", {"version": looked.context["page"].change.version})
    assert "waiting for its turn" in words(client.get(f"/changes/{change.pk}/"))
    run_all()
    assert "It is done." in words(client.get(f"/changes/{change.pk}/"))
    assert [
        owner.person
        for action in Action.objects.filter(pk__in=[mine.pk, other.pk])
        for owner in action.owners.all()
    ] == [follower, follower]
    assert client.get(f"/owners/person/{leaver.pk}/").context["page"].counts.open == 0


@pytest.mark.parametrize(
    ("kind", "answers"),
    [("timescale", {"raw": "Quarterly"}), ("place", {"priority": "PRIORITY"}), ("group", {"group": "GROUP"})],
)
def test_every_kind_of_change_is_asked_for_and_done(client: Any, kind: str, answers: dict[str, str]) -> None:
    plan, group = old_plan(), make_group("Another group")
    priority = priority_of(plan)
    action = old_action(plan)
    begin(client, action, kind=kind)
    number = BulkChange.objects.get().pk
    values = {
        name: {"PRIORITY": priority.pk, "GROUP": group.pk}.get(value, value)
        for name, value in answers.items()
    }
    looked = client.post(
        f"/changes/{number}/what/", {"seen": "1", "reason": "So", **values, **today()}, follow=True
    )
    assert [row.is_change for row in looked.context["page"].listing.rows] == [True]
    client.post(f"/changes/{number}/do/", {"version": looked.context["page"].change.version})
    run_all()
    action = Action.objects.get()
    told = {
        "timescale": action.current_timescale_label, "place": str(action.priority), "group": str(action.plan.group),
    }  # fmt: skip
    assert told[kind] == {"timescale": "Quarterly", "place": str(priority), "group": "Another group"}[kind]


def test_everything_that_fits_the_filter_is_chosen_on_every_page(client: Any) -> None:
    plan = old_plan()
    many_actions(plan, 120, make_group())
    old_action(old_plan(name="Another"))
    begin(client, kind="timescale", query=f"?plan={plan.key}", every="on")
    assert BulkChange.objects.get().rows.count() == 120


def test_nothing_ticked_is_refused_and_so_is_a_missing_answer(client: Any) -> None:
    action = old_action(old_plan())
    refused = begin(client)
    assert (refused.status_code, "Choose at least one action." in words(refused)) == (422, True)
    assert begin(client, action, kind="").status_code == 422
    begin(client, action, kind="timescale")
    number = BulkChange.objects.get().pk
    refused = client.post(
        f"/changes/{number}/what/", {"seen": "1", "raw": "Quarterly", "reason": "", **today()}
    )
    assert refused.status_code == 422
    early = client.post(f"/changes/{number}/do/", {"version": 1}, follow=True)
    assert "Say first what is to change" in words(early)


def test_a_change_is_given_up(client: Any) -> None:
    begin(client, old_action(old_plan()), kind="timescale")
    number = BulkChange.objects.get().pk
    gone = client.post(f"/changes/{number}/give-up/", {"version": 1})
    assert (said(gone), BulkChange.objects.get().state) == (
        ["It was given up. Nothing was changed."],
        "given_up",
    )
    assert "It was given up." in words(client.get(f"/changes/{number}/"))
    stale = client.post(f"/changes/{number}/do/", {"version": 2}, follow=True)
    assert "given up already" in words(stale)
    assert client.get("/changes/99999/").status_code == 404


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_pages_ask_no_more_for_more_actions(
    client: Any, number: int, django_assert_max_num_queries: Any
) -> None:
    plan, group = old_plan(), make_group()
    many_actions(plan, number, group)
    begin(client, kind="owners", query=f"?plan={plan.key}", every="on")
    change = BulkChange.objects.get()
    answers = {"old": f"group:{group.pk}", "to": f"agency:{make_agency().pk}", "reason": "So", **today()}
    asked = []
    for address in (
        f"/changes/new/?owner=group:{group.pk}", f"/changes/{change.pk}/what/", f"/owners/group/{group.pk}/",
    ):  # fmt: skip
        with django_assert_max_num_queries(12) as seen:
            assert client.get(address).status_code == 200
        asked.append(len(seen))
    with django_assert_max_num_queries(12) as seen:
        assert client.post(f"/changes/{change.pk}/what/", {"seen": "1", **answers}).status_code == 302
    with django_assert_max_num_queries(12) as looked:
        assert client.get(f"/changes/{change.pk}/").status_code == 200
    with django_assert_max_num_queries(12) as finished:
        assert client.post(f"/changes/{change.pk}/do/", {"version": 2}).status_code == 302
    assert [*asked, len(looked)] == [6, 6, 8, 6], (len(seen), len(finished))


def test_the_hand_over_page_tells_dates_last_words_and_what_is_asked(client: Any) -> None:
    agency = make_agency("Health")
    plan = old_plan(name="Neglect plan")
    late = old_action(plan, agency, due="2020-04-01", text="Ask every child")
    services.record_update(late, "Two schools asked.", as_at=DAY, by=BY, now=THEN)
    done = old_action(plan, agency, text="Train staff")
    complete_on_paper(done, DAY, THEN)
    services.refresh_all(now=timezone.now())
    page = client.get(f"/owners/agency/{agency.pk}/").context["page"]
    assert (page.counts.open, page.counts.overdue, page.counts.not_embedded) == (1, 1, 1)
    first, second = page.listing.rows
    assert (first.text, first.update, first.waits) == (
        "Ask every child", "Two schools asked.", ("It was due on 1 April 2020.",),
    )  # fmt: skip
    assert (second.text, second.state) == ("Train staff", "Complete")
    for label, href in page.takes:
        taken = client.get(href)
        assert (taken.status_code, len(taken.content) > 1_000) == (200, True), label
    assert Entry.objects.filter(type="plans.hand_over_printed", subject_title="Health").count() == 3
    assert client.get(f"/owners/agency/{agency.pk}/take-away/odt/").status_code == 404
    assert client.get("/owners/nobody/1/").status_code == 404
    assert client.get("/owners/agency/99999/").status_code == 404


def test_a_closed_record_is_neither_listed_nor_counted_nor_taken_away_nor_chosen() -> None:
    owner, other = make_agency("Owner"), make_agency("Reader")
    plan = old_plan(make_group("Closed group"), name="Sealed plan", tier=Tier.T2)
    secret = old_action(plan, owner, text="Sealed words", tier=Tier.T2)
    reader = signed_in(make_user("owner", "agency", other.key))
    page = reader.get(f"/owners/agency/{owner.pk}/")
    assert (page.context["page"].counts.open, "Sealed" in words(page)) == (0, False)
    csv_like = reader.get(f"/owners/agency/{owner.pk}/take-away/xlsx/").content
    assert b"Sealed" not in csv_like
    assert (
        signed_in(make_user("owner", "agency", owner.key))
        .get(f"/owners/agency/{owner.pk}/")
        .context["page"]
        .counts.open
        == 1
    )
    assert reader.get("/changes/new/").status_code == 403
    assert secret.pk


def test_an_empty_page_says_so(client: Any) -> None:
    assert "There is nothing to hand over" in words(client.get(f"/owners/group/{make_group().pk}/"))
