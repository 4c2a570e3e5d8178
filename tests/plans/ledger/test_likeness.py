""" "We have asked for this before": like ones are found whatever their wording, and only among what one may read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from benchmarks.likeness import by_rule, halves, labelled, quality
from sightline.access.scope import COMMAND_LINE_SCOPE
from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.models import Action, LikeWord
from sightline.plans.rules import themes
from sightline.plans.rules.likeness import (
    AGREED,
    Candidate,
    index_words,
    meanings,
    ranked,
    rarity,
    search_words,
)
from sightline.plans.rules.stems import stem
from sightline.plans.selectors.likeness import Asker, like_ones
from sightline.plans.services.likeness import gather_words
from tests.plans.ledger.asking import ask_for, make_source
from tests.plans.making import BY, NOW, make_action, make_plan, make_user

SCOPE = COMMAND_LINE_SCOPE


@pytest.mark.parametrize(
    "words",
    [
        ("training", "trained", "trains"),
        ("assess", "assessments"),
        ("policy", "policies"),
        ("fathers", "father"),
    ],
)
def test_endings_are_no_difference(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def test_what_every_recommendation_says_is_no_word_of_it() -> None:
    assert index_words("The partnership should ensure that a GP is told. A GP!") == ("gp", "told")


def test_other_words_for_the_same_are_looked_under_after_its_own() -> None:
    words = search_words("MASH decisions", 48)
    assert words[:2] == ("mash", stem("decisions"))
    assert {"front", "door"} <= set(words)
    assert len(search_words("MASH decisions", 3)) == 3


def test_an_expression_counts_as_its_meaning_and_word_by_word() -> None:
    found = meanings("Child sexual exploitation")
    assert {"=cse", stem("sexual"), "@exploitation"} <= set(found)


def test_like_ones_stand_first_and_others_are_not_shown() -> None:
    texts = [
        Candidate("other", "Agree a funding formula for the executive"),
        Candidate("like", "Meet dads before a birth"),
        Candidate("liker", "Fathers should be met before the birth"),
    ]
    assert [each.key for each in ranked("Fathers are to be met before birth", texts)] == ["liker", "like"]
    assert ranked("", texts) == []


def test_the_labelled_set_is_found_as_well_as_it_was() -> None:
    found = quality(labelled(), by_rule(labelled()))
    assert found.queries >= 60
    assert found.precision >= 0.40
    assert found.shown >= 0.41
    assert found.first >= 0.62


def test_what_was_weighed_on_one_half_of_the_set_holds_on_the_other() -> None:
    wordings = labelled()
    chosen, unseen = (quality(wordings, by_rule(wordings), half) for half in halves(wordings))
    assert chosen.queries + unseen.queries == quality(wordings, by_rule(wordings)).queries
    assert unseen.precision >= chosen.precision - 0.03
    assert unseen.first >= 0.6


def test_an_agreed_meaning_weighs_more_than_a_word_as_rare() -> None:
    weights = rarity([{"=cse": 1, "panel": 1}, {"other": 1}])
    assert weights["=cse"] == AGREED * weights["panel"]


def test_themes_that_stand_twice_are_refused() -> None:
    theme = {"key": "a", "name": "A", "sentence": "A.", "words": []}
    with pytest.raises(ValueError, match="twice"):
        themes.themes_from({"themes": [theme, theme]})
    assert themes.name_of("gone") == "gone"
    assert themes.suggested("Meet dads", [themes.Theme("x", "X", "X.", ("father",))]) == ("x",)


@pytest.mark.django_db
class TestAmongRecords:
    def test_recommendations_and_actions_of_before_are_found(self) -> None:
        older = ask_for(make_source("Old", published_on=date(2020, 1, 1)), text="Dads are met before a birth")
        action = make_action(make_plan(name="Old plan"), text="Meet fathers before birth")
        make_action(make_plan(name="Other"), text="Agree a funding formula")
        gather_words()
        found = like_ones(SCOPE, "Fathers should be met before birth")
        assert {like.record for like in found} == {older, action}
        assert {like.on for like in found} == {date(2020, 1, 1), action.opened_on}

    def test_its_own_source_and_plan_later_ones_and_those_tied_to_it_are_left_out(self) -> None:
        text = "Fathers should be met before birth"
        own = ask_for(make_source(published_on=date(2024, 1, 1)), text=text)
        later = ask_for(make_source("Later", published_on=date(2025, 1, 1)), text=text)
        action = make_action(text=text)
        gather_words()
        asker = Asker(source=own.source_id, before=date(2024, 6, 1))
        assert like_ones(SCOPE, text, asker) == []
        assert [
            x.record for x in like_ones(SCOPE, text, Asker(source=own.source_id, plan=action.plan_id))
        ] == [later]
        tied = Asker(actions=frozenset({action.pk}), recommendations=frozenset({own.pk, later.pk}))
        assert like_ones(SCOPE, text, tied) == []

    def test_what_one_may_not_read_is_not_among_them(self) -> None:
        text = "Fathers should be met before birth"
        ask_for(make_source(tier=Tier.T2), text=text)
        make_action(make_plan(tier=Tier.T2), text=text)
        gather_words()
        assert like_ones(make_user("owner", "agency", "police"), text) == []
        assert len(like_ones(SCOPE, text)) == 2

    def test_words_follow_the_record_within_the_minute(self) -> None:
        action, recommendation = make_action(text="Meet fathers"), ask_for(text="Ask schools", title="Homes")
        assert not LikeWord.objects.exists()
        assert gather_words() == 2
        services.edit_action(action, 1, {"text": "See babies"}, by=BY, now=NOW)
        services.edit_recommendation(recommendation, 1, {"title": "Houses"}, by=BY, now=NOW)
        assert gather_words() == 2
        services.edit_action(action, 2, {"items": ["One"]}, by=BY, now=NOW)
        assert gather_words() == 0
        found = set(LikeWord.objects.values_list("word", "action", "recommendation"))
        assert found == {
            *((word, action.pk, None) for word in index_words("See babies")),
            *((word, None, recommendation.pk) for word in index_words("Ask schools Houses")),
        }
        recommendation.delete()
        assert not LikeWord.objects.exclude(recommendation=None).exists()

    def test_no_words_find_nothing(self, django_assert_num_queries: Callable[..., Any]) -> None:
        with django_assert_num_queries(0):
            assert like_ones(SCOPE, "the of and") == []

    @pytest.mark.parametrize("number", [1, 3, 300])
    def test_it_asks_no_more_for_more(
        self, number: int, django_assert_num_queries: Callable[..., Any]
    ) -> None:
        plan = make_plan()
        Action.objects.bulk_create(
            Action(plan=plan, reference=f"LK-{n}", text=f"Meet fathers {n}", opened_on=date(2020, 1, 1))
            for n in range(number)
        )
        ask_for(text="Meet fathers at home")
        gather_words()
        with django_assert_num_queries(4):
            assert len(like_ones(SCOPE, "Fathers are met at home")) == min(number + 1, 5)
