"""Lists by words: the index, and the look at one entry after the other, let exactly the same records through."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import OuterRef
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sightline.plans.models import Action
from sightline.plans.selectors import worded
from sightline.plans.selectors.lists import ActionFilter, actions_listed
from sightline.search.rules.query import beginnings, parse
from sightline.search.rules.snippets import fits
from sightline.search.selectors import entry_holding, records_found
from tests.plans.making import make_action, make_agency, make_plan
from tests.search.test_finding import UNIT

pytestmark = pytest.mark.django_db
TEXTS = (
    "Audit every re-referral where neglect was known",
    "Hold a strategy discussion in a day",
    "Agree the strategy for discussion",
    "Ask fathers and mothers; don’t wait",
    "Révise the café’s policy",
)
# What people type into the box, and what they should not have to be afraid of.
ASKED = (
    "neg", "audits", "re-ref", '"strategy discussion"', '"strategy discuss*"', "strat* -day", "1.1", "1.1c", "sl-0",
    "café", "dont", "the", "polic", "100%", "a_b", "-day", "''", "neglect OR 1=1", "“in a day”",
)  # fmt: skip


@pytest.fixture
def actions() -> list[Action]:
    plan, police = make_plan(), make_agency("Police")
    numbers = ("1.1", "1.1c", "1.10", "2", "11.1")
    return [
        make_action(plan, police, text=text, numbers=[number])
        for text, number in zip(TEXTS, numbers, strict=True)
    ]


def by_index(text: str) -> set[int]:
    return set(records_found("action", beginnings(text), 100))


def one_by_one(text: str) -> set[int]:
    query = beginnings(text)
    held = Action.objects.filter(entry_holding("action", query, OuterRef("pk"))) if query.needs else []
    return {action.pk for action in held}


@pytest.mark.parametrize("text", ASKED)
def test_the_index_and_the_walk_agree(actions: list[Action], text: str) -> None:
    assert by_index(text) == one_by_one(text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("aeglnstrdy dc1.'\"-*%_"), max_size=20))
@example('"-"')
def test_they_agree_whatever_is_typed(actions: list[Action], text: str) -> None:
    assert by_index(text) == one_by_one(text)


def test_the_beginning_of_a_word_is_enough_and_every_word_must_stand(actions: list[Action]) -> None:
    found = {
        text: {actions.index(a) for a in actions if a.pk in by_index(text)}
        for text in ("strat", "strat day", "police 1.1")
    }
    assert found == {"strat": {1, 2}, "strat day": {1}, "police 1.1": {0, 1, 2}}


def test_a_text_in_hand_fits_as_in_the_index(actions: list[Action]) -> None:
    assert fits("1.1 Audit every re-referral", beginnings("audit 1.1"))
    assert fits("Hold a strategy discussion", beginnings("strat -day"))
    assert not fits("Hold a strategy discussion in a day", beginnings("strat -day"))
    assert not fits("Anything", beginnings("&&"))
    assert fits("Agree a plan", parse("agreed", None))


@pytest.mark.parametrize("most", [0, 1, 100])
def test_a_list_is_the_same_whether_few_or_many_hold_the_words(
    actions: list[Action], most: int, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(worded, "MOST_SOUGHT", most)
    with django_assert_num_queries(2):
        found = list(actions_listed(UNIT, ActionFilter(words="discuss")))
    assert [action.text for action in found] == [TEXTS[1], TEXTS[2]]
    assert list(actions_listed(UNIT, ActionFilter(words="&&"))) == []
