"""The line of sight from challenges, risks and scrutiny, and through them, as far as a person may read both ends."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.challenges.choices import From
from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.models import ActionSource, Answering
from sightline.plans.services import name_answer
from tests.challenges.making import make_challenge, make_risk, make_scrutiny
from tests.plans.making import make_agency
from tests.plans.viewing import DAY, many_actions, old_action, old_plan, signed_in, words
from tests.sight.test_threads import get, page_of, step
from tests.sight.world import WHO, Thread, make_thread

pytestmark = pytest.mark.django_db
EARLY = {"raised_on": DAY}
# What one number of records asked for, the others must ask for too.
QUERIES: dict[str, set[int]] = {}


@pytest.fixture
def told() -> Thread:
    return make_thread()


def named(logged: Any, answer: Any) -> Answering:
    return name_answer(logged, answer, reason=f"By {answer}", as_at=DAY, **WHO)


def test_a_challenge_leads_to_what_answers_it_and_on_to_the_evidence(told: Thread) -> None:
    challenge = make_challenge(make_agency("Police"), **EARLY)
    named(challenge, told.done)
    named(challenge, told.unanswered)
    named(challenge, old_plan(told.group, name="Whole plan"))
    page = page_of(told.outsider, "challenge", challenge.pk)
    assert page.title == challenge.title
    assert page.back == "To the challenge"
    assert step(page, "sources") == [f"Challenge: {challenge.title}", "Inspection of 2020"]
    assert step(page, "asked") == ["Recommendation 12: Ask children"]
    assert step(page, "aims") == ["Children are seen sooner", "Plan: Whole plan"]
    assert step(page, "promised") == ["1.1 Visit within a day"]
    assert ("Recommendation 12: Ask children", "") in page.loose[0].records
    assert f"By {told.done}" in page.steps[0].items[0].details
    up = page_of(told.outsider, "challenge", challenge.pk, "why/")
    assert [each.key for each in up.steps] == ["sources"]
    assert "/line-of-sight/action/" in page.steps[3].items[0].thread_href
    # An action that answers the recommendation came of the challenge, too.
    old_action(
        told.plan, text="Ask each child", sources=[services.SourceGiven(recommendation=told.unanswered)]
    )
    page = page_of(told.outsider, "challenge", challenge.pk)
    assert "Ask each child" in " ".join(step(page, "promised"))
    assert "No action that you can see answers it." not in [end.sentence for end in page.loose]


@pytest.mark.parametrize("kind", ["source", "recommendation", "priority", "outcome", "action"])
def test_every_thread_passes_through_the_challenge_and_the_risk_that_it_answers(
    told: Thread, kind: str
) -> None:
    challenge, risk = make_challenge(make_agency("Police"), **EARLY), make_risk(told.group, **EARLY)
    named(challenge, told.asked)
    named(risk, told.done)
    start = {"source": told.source.key, "action": told.done.reference}.get(kind) or {
        "recommendation": told.asked, "priority": told.priority, "outcome": told.outcome}[kind].pk  # fmt: skip
    page = page_of(told.chair, kind, start)
    found = step(page, "sources")
    assert f"Challenge: {challenge.title}" in found
    # A recommendation's own thread begins with what it answers itself.
    assert (f"Risk: {risk.title}" in found) == (kind != "recommendation")
    (promised,) = (item for item in page.steps[3].items if "Visit" in item.words)
    assert risk.title in promised.details[0]
    assert f"/line-of-sight/challenge/{challenge.pk}/" in str(page.steps[0].items)


def test_scrutiny_leads_to_the_challenge_it_led_to_and_what_answers_that(told: Thread) -> None:
    entry = make_scrutiny(make_agency("Police"), seen_on=DAY)
    challenge = make_challenge(told.group, kind=From.SCRUTINEER, scrutiny=entry, **EARLY)
    secret = make_challenge(told.group, title="Secret words", scrutiny=entry, tier=Tier.T2, **EARLY)
    named(challenge, told.done)
    named(secret, old_action(told.plan, text="For the secret one", numbers=["3"]))
    page = page_of(told.outsider, "scrutiny", entry.pk)
    assert step(page, "sources") == [f"Scrutiny entry: {entry.title}", f"Challenge: {challenge.title}"]
    assert step(page, "promised") == ["1.1 Visit within a day"]
    back = page_of(told.outsider, "challenge", challenge.pk)
    assert f"Scrutiny entry: {entry.title}" in step(back, "sources")
    assert "Secret words" not in words(get(told.outsider, "scrutiny", entry.pk))
    assert "For the secret one" not in words(get(told.outsider, "scrutiny", entry.pk))
    assert page_of(told.unit, "scrutiny", entry.pk).tier == "T2"


def test_what_one_may_not_read_is_a_gap_without_words(told: Thread) -> None:
    risk, secret = (
        make_risk(told.group, **EARLY),
        make_risk(told.group, title="Secret words", tier=Tier.T2, **EARLY),
    )
    named(risk, told.secret)
    named(secret, told.done)
    page = page_of(told.outsider, "risk", risk.pk)
    assert (step(page, "promised"), page.tier) == ([], "T1")
    assert told.secret.text not in words(get(told.outsider, "risk", risk.pk))
    assert get(told.outsider, "risk", secret.pk).status_code == 404
    assert "Secret words" not in words(get(told.outsider, "action", told.done.reference))
    assert step(page_of(told.unit, "risk", risk.pk), "promised") == ["1.2 Speak with one family"]
    for key in ("0", "x", "9" * 30):
        assert get(told.unit, "challenge", key).status_code == 404


@pytest.mark.parametrize("number", [1, 3, 300])
def test_it_asks_as_often_for_one_record_as_for_three_hundred(told: Thread, number: int) -> None:
    entry = make_scrutiny(make_agency("Police"), seen_on=DAY)
    challenge, risk = make_challenge(told.group, scrutiny=entry, **EARLY), make_risk(told.group, **EARLY)
    plan = old_plan(told.group, name="Long plan")
    many_actions(plan, number, told.group)
    actions = list(plan.actions.all())
    ActionSource.objects.bulk_create(ActionSource(action=each, recommendation=told.asked) for each in actions)
    stamp = {"as_at": DAY, "recorded_at": WHO["now"], "entered_by_label": "A test", "reason": "So"}
    for end in ({"challenge": challenge}, {"risk": risk}, {"scrutiny": entry}):
        Answering.objects.bulk_create(Answering(action=each, **end, **stamp) for each in actions)
        Answering.objects.create(recommendation=told.asked, **end, **stamp)
    client, counted = signed_in(told.unit), []
    places = (("challenge", challenge.pk), ("risk", risk.pk), ("scrutiny", entry.pk), ("source", told.source.key),
              ("priority", plan.priorities.get().pk), ("action", actions[0].reference))  # fmt: skip
    for kind, key in places:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/line-of-sight/{kind}/{key}/").status_code == 200
        counted.append((kind, len(asked)))
    assert max(number for _, number in counted) <= 12, counted
    assert QUERIES.setdefault("logs", set(counted)) == set(counted)


def test_the_thread_of_a_risk_is_taken_away_as_a_file(told: Thread) -> None:
    risk = make_risk(told.group, tier=Tier.T2, **EARLY)
    named(risk, told.done)
    found = signed_in(told.unit).get(f"/line-of-sight/risk/{risk.pk}/download/html/").content.decode()
    assert "Visit within a day" in found
    assert risk.title in found
    assert "OFFICIAL-SENSITIVE" in found
    assert f"/line-of-sight/risk/{risk.pk}/" in words(signed_in(told.unit).get(f"/risks/{risk.pk}/"))
