"""Loose threads across the partnership: counted and listed for whom they may be seen, and equal to the rule."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import DeliveryState, Dimension, EvidenceQuarter, PlanState
from sightline.plans.models import Action, ActionNumber
from sightline.plans.selectors import facts_of
from sightline.plans.services import SourceGiven
from sightline.sight.choices import OF_ACTIONS, Loose
from sightline.sight.rules import loose_ends
from sightline.sight.selectors.loose import counts, loose
from tests.plans.making import complete_on_paper, make_user
from tests.plans.viewing import DAY, THEN, old_action, old_plan, signed_in, words
from tests.sight.world import WHO, Thread, make_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Thread:
    return make_thread()


def page_of(user: Any, asked: str = "") -> Any:
    return signed_in(user).get(f"/loose-threads/?{asked}").context["page"]


def numbers(page: Any) -> dict[str, str]:
    return {kind.label: kind.number for kind in page.kinds}


def test_every_kind_is_counted_and_leads_to_its_rows(told: Thread) -> None:
    services.add_outcome(told.priority, text="Children speak", **WHO)
    claimed = old_action(told.plan, text="Claimed", numbers=["1.3"])
    services.rate(claimed, Dimension.IMPACT, "amber", as_at=DAY, reason="I feel it", **WHO)
    page = page_of(told.unit)
    assert numbers(page) == {
        "Recommendations that no action answers": "0",
        "Actions that answer nothing": "1",
        "Outcomes without an action": "1",
        "Actions never updated": "2",
        "Complete without evidence": "0",
        "Impact claimed without evidence": "1",
        "Complete, and no impact known": "1",
    }
    for kind in page.kinds:
        assert str(len(page_of(told.unit, kind.href.lstrip("?")).listing.rows)) == kind.number
    assert page.title == "Actions that answer nothing"


def test_what_one_may_not_read_is_not_loose_for_them_nor_does_it_answer(told: Thread) -> None:
    page = page_of(told.outsider)
    assert numbers(page)["Recommendations that no action answers"] == "1"
    assert numbers(page)["Actions never updated"] == "0"
    assert [row.words for row in page.listing.rows] == ["Recommendation 12: Ask children"]
    everything = "".join(
        words(signed_in(told.outsider).get(f"/loose-threads/?kind={kind}")) for kind in Loose
    )
    assert "Speak with one family" not in everything
    assert "Review of a child" not in everything
    assert "Review of a child" in words(signed_in(told.unit).get("/loose-threads/"))


def test_an_action_that_answers_a_hidden_source_alone_answers_nothing_that_one_sees(told: Thread) -> None:
    old_action(
        told.plan, text="Only hidden", numbers=["1.4"], sources=[SourceGiven(source=told.secret_source)]
    )
    assert numbers(page_of(told.outsider))["Actions that answer nothing"] == "1"
    assert numbers(page_of(told.unit))["Actions that answer nothing"] == "0"


def test_plans_that_have_ended_have_no_loose_threads(told: Thread) -> None:
    for state in (PlanState.APPROVED, PlanState.IN_FORCE, PlanState.CLOSED):
        services.change_plan_state(
            told.plan, state, as_at=DAY, group=told.group, minute="4", reason="Ended", **WHO
        )
    found = numbers(page_of(told.unit))
    assert {label for label, number in found.items() if number != "0"} == set()


def test_the_list_is_narrowed_by_plan_and_source(told: Thread) -> None:
    other = old_plan(told.group, name="Other plan")
    old_action(other, text="Elsewhere")
    assert numbers(page_of(told.unit, f"plan={other.key}"))["Actions that answer nothing"] == "1"
    assert numbers(page_of(told.unit, f"plan={told.plan.key}"))["Actions that answer nothing"] == "0"
    of_source = numbers(page_of(told.outsider, f"source={told.source.key}"))
    assert of_source["Recommendations that no action answers"] == "1"
    assert of_source["Complete, and no impact known"] == "1"
    wrong = signed_in(told.outsider).get(f"/loose-threads/?source={told.secret_source.key}&kind=nonsense")
    assert wrong.status_code == 200


def test_the_query_says_what_the_rule_says(told: Thread) -> None:
    for number, state in enumerate(
        (None, DeliveryState.IN_PROGRESS, DeliveryState.COMPLETE, DeliveryState.SUPERSEDED)
    ):
        for evidence in (False, True):
            for impact in ("", "green", "red"):
                action = old_action(told.plan, text=f"Case {number}", numbers=["x"])
                if evidence:
                    services.record_evidence(action, EvidenceQuarter.AUDIT, "Seen", dated_on=DAY, **WHO)
                    services.record_update(action, "Seen", as_at=DAY, **WHO)
                if impact:
                    services.rate(action, Dimension.IMPACT, impact, as_at=DAY, reason="Said", **WHO)
                if state == DeliveryState.COMPLETE:
                    complete_on_paper(action, DAY, THEN)
                elif state:
                    services.change_state(action, state, as_at=DAY, reason="Said", **WHO)
    actions = list(Action.objects.all())
    facts = facts_of(actions, timezone.localdate())
    named = {told.done.pk, told.secret.pk}
    for kind in OF_ACTIONS:
        by_rule = {a.pk for a in actions if kind in loose_ends(facts[a.pk], answers=a.pk in named)}
        assert by_rule == set(loose(told.unit, kind).values_list("pk", flat=True)), kind
    counted = counts(told.unit)
    assert all(counted[kind] == loose(told.unit, kind).count() for kind in Loose)


@pytest.mark.parametrize("kind", ["", *(kind.value for kind in Loose)])
def test_the_page_asks_as_often_for_three_hundred_as_for_one(told: Thread, kind: str) -> None:
    counted = []
    for number in (1, 299):
        many_actions_more(told, number)
        client = signed_in(told.unit)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/loose-threads/?kind={kind}").status_code == 200
        counted.append(len(asked))
    assert max(counted) <= 12
    assert counted[0] == counted[1] or kind in ("unanswered", "outcome_without_action")


def many_actions_more(told: Thread, number: int) -> None:
    plan = old_plan(told.group, name=f"Plan of {number}")
    stamp = number * 1000
    rows = Action.objects.bulk_create(
        Action(plan=plan, reference=f"SL-{stamp + n:07d}", order=n, text=f"Action {n}", opened_on=DAY)
        for n in range(number)
    )
    ActionNumber.objects.bulk_create(ActionNumber(action=a, plan=plan, text="1", sort_key="1") for a in rows)


def test_they_are_taken_away_as_csv_as_far_as_one_may_read(told: Thread) -> None:
    old_action(told.plan, text="=1+1", numbers=["1.5"])
    answer = signed_in(told.outsider).get("/loose-threads/export/")
    assert "loose-threads-" in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["How it is loose"], row["Words"], row["Plan or source"]) for row in rows] == [
        ("Recommendations that no action answers", "Ask children", "Inspection of 2020"),
        ("Actions that answer nothing", "'=1+1", "Neglect plan"),
        ("Actions never updated", "'=1+1", "Neglect plan"),
        ("Complete, and no impact known", "Visit within a day", "Neglect plan"),
    ]
    assert Entry.objects.filter(type__endswith="loose_taken").count() == 1
    narrowed = signed_in(told.outsider).get("/loose-threads/export/?kind=never_updated")
    assert len(b"".join(narrowed.streaming_content).decode().splitlines()) == 2


def test_an_empty_partnership_says_how_to_begin() -> None:
    text = words(signed_in(make_user("unit")).get("/loose-threads/"))
    assert "Nothing is loose here" in text
