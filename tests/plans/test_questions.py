"""An update returned to its owner with a question: asked once, answered by a new update, kept in history."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from sightline.events.choices import Tier, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from sightline.plans import services
from sightline.plans.choices import DeliveryState
from sightline.plans.models import Action, Update
from sightline.plans.services.telling import Telling, tell_update
from tests.plans.making import BY, NOW, SECOND, TODAY, make_action, make_agency, make_group, make_user
from tests.plans.viewing import DAY, THEN, old_action, old_plan, signed_in, words

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}
THIRD: dict[str, Any] = {"by": SECOND, "now": NOW}
JUNE = date(2026, 6, 1)


def told(action: Action) -> Update:
    return services.record_update(action, "Most are trained", as_at=JUNE, **WHO)


def test_a_question_waits_on_the_owners_first_page_until_an_update_answers_it() -> None:
    action = make_action(None, make_agency("Police"))
    asked = services.return_update(told(action), " How many are not? ", as_at=TODAY, **THIRD)
    item = WorkItem.objects.get(kind="answer_wanted")
    assert item.for_scope == "agency:police"
    assert item.sentence == "A question of 15 June 2026 waits for an answer: How many are not?"
    answer = tell_update(action, Telling("Twelve of 240", TODAY, answers=True), by=BY, now=NOW)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_on, asked.answered_by_label) == (answer, TODAY, "A test")
    assert not WorkItem.objects.filter(kind="answer_wanted").exists()
    entry = Entry.objects.get(type="plans.question_answered")
    assert json.loads(entry.before) == {"question": "How many are not?"}


def test_an_update_that_answers_nothing_leaves_the_question_waiting() -> None:
    action = make_action()
    asked = services.return_update(told(action), "How many?", as_at=TODAY, **THIRD)
    tell_update(action, Telling("Another thing", TODAY), by=BY, now=NOW)
    asked.refresh_from_db()
    assert asked.answer is None


def test_two_questions_at_once_are_told() -> None:
    update = told(make_action())
    services.return_update(update, "How many?", as_at=TODAY, **THIRD)
    with pytest.raises(Unacceptable, match="A second person has asked already: “How many"):
        services.return_update(update, "Since when?", as_at=TODAY, **WHO)
    assert update.action.questions.count() == 1


def test_an_answer_to_nothing_an_empty_question_and_a_day_before_are_refused() -> None:
    action = make_action()
    with pytest.raises(Unacceptable, match="No question waits any more"):
        tell_update(action, Telling("Twelve", TODAY, answers=True), by=BY, now=NOW)
    update = told(action)
    with pytest.raises(Unacceptable, match="Write the question"):
        services.return_update(update, " ", as_at=TODAY, **THIRD)
    with pytest.raises(Unacceptable, match="The update is of 1 June 2026"):
        services.return_update(update, "How many?", as_at=date(2026, 5, 1), **THIRD)


def test_the_chair_asks_and_the_owner_answers_on_screen() -> None:
    action = old_action(old_plan(make_group("Neglect group")), make_agency("The constabulary"))
    update = services.record_update(action, "Most are trained", as_at=DAY, by=BY, now=THEN)
    chair = signed_in(make_user("chair", "group", "neglect-group"))
    owner = signed_in(make_user("owner", "agency", "the-constabulary"))
    at = f"/actions/{action.reference}/"
    assert "Ask about it" in words(chair.get(at))
    assert "Ask about it" not in words(owner.get(at))
    assert owner.get(f"{at}updates/{update.pk}/question/").status_code == 403
    asked = words(chair.post(f"{at}updates/{update.pk}/question/", {"text": "How many?"}, follow=True))
    assert "A question waits for the owner’s answer" in asked
    again = chair.post(f"{at}updates/{update.pk}/question/", {"text": "Since when?"})
    assert (again.status_code, "has asked already" in words(again)) == (422, True)
    page = owner.get(f"{at}update/")
    assert "Does this answer the question?" in words(page)
    day = {"dated_on-day": "3", "dated_on-month": "3", "dated_on-year": "2020"}
    answers = {
        "text": "Twelve",
        "said_by": "",
        "received_how": "screen",
        "blocked": "no",
        "answers": "yes",
        **day,
    }
    seen = page.context["form"]["seen"].value()
    sent = words(owner.post(f"{at}update/", {"seen": seen, **answers}, follow=True))
    assert "Question answered" in sent
    assert "A question waits for the owner’s answer" not in sent


def test_a_question_about_a_closer_action_is_not_there_for_others() -> None:
    action = make_action(None, make_agency("Hospital"), tier=Tier.T2)
    update = told(action)
    services.return_update(update, "Which child?", as_at=TODAY, **THIRD)
    other = signed_in(make_user("chair", "group", make_group().key))
    assert other.get(f"/actions/{action.reference}/updates/{update.pk}/question/").status_code == 404
    assert set(WorkItem.objects.values_list("tier", flat=True)) == {"T2"}


def test_a_question_about_an_action_that_ended_waits_for_nobody_and_says_why() -> None:
    action = make_action(None, make_agency("Police"))
    asked = services.return_update(told(action), "How many?", as_at=TODAY, **THIRD)
    closed = DeliveryState.CLOSED_OTHER
    services.change_state(action, closed, as_at=TODAY, reason="The team was dissolved", **WHO)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_on) == (None, TODAY)
    assert asked.closed_because == "The action became: closed without completion."
    assert not WorkItem.objects.filter(kind="answer_wanted").exists()
    again = services.record_update(action, "One more word", as_at=TODAY, **WHO)
    assert services.return_update(again, "And now?", as_at=TODAY, **THIRD).answered_on is None
