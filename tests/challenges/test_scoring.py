"""How risks are scored, how a score moved, and when a risk is looked at again."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.challenges.choices import RISK_DEED_BUTTONS, RISK_DEED_QUESTIONS, RiskDeed, RiskState, Trend
from sightline.challenges.rules.scoring import (
    Score,
    asks_for_review,
    is_review_late,
    next_review,
    oddities,
    risk_deeds,
    scale,
    trend,
)
from sightline.rendering.charts import Field, heat_map

pytestmark = pytest.mark.library
DUE = date(2026, 9, 1)


def test_every_score_falls_into_one_band() -> None:
    found = scale()
    for likelihood in range(1, len(found.likelihood) + 1):
        for impact in range(1, len(found.impact) + 1):
            number = Score(likelihood, impact).number
            holds = [b for b in found.bands if b.least <= number and (b.most is None or number <= b.most)]
            assert holds == [found.band_of(number)]
    assert [found.band_of(n).key for n in (1, 4, 5, 9, 10, 15, 16, 25)] == [
        "low", "low", "moderate", "moderate", "high", "high", "severe", "severe",
    ]  # fmt: skip


def test_a_score_lies_on_its_scale() -> None:
    assert scale().holds(Score(1, 1))
    assert scale().holds(Score(5, 5))
    for odd in (Score(0, 3), Score(3, 0), Score(6, 1), Score(1, 6)):
        assert not scale().holds(odd)


def test_the_lower_the_better() -> None:
    assert [trend(before, 12) for before in (None, 9, 12, 16)] == [
        Trend.FIRST, Trend.WORSE, Trend.SAME, Trend.BETTER,
    ]  # fmt: skip


def test_a_review_comes_so_many_months_later_on_a_day_there_is() -> None:
    assert next_review(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert next_review(date(2026, 1, 15), 12) == date(2027, 1, 15)
    assert next_review(date(2026, 12, 31), 1) == date(2027, 1, 31)


def test_a_review_is_asked_for_before_it_is_late_and_never_of_a_closed_risk() -> None:
    assert not asks_for_review(RiskState.OPEN, DUE, date(2026, 8, 17), 14)
    assert asks_for_review(RiskState.OPEN, DUE, date(2026, 8, 18), 14)
    assert not asks_for_review(RiskState.CLOSED, DUE, DUE, 14)
    assert not is_review_late(RiskState.OPEN, DUE, DUE)
    assert is_review_late(RiskState.OPEN, DUE, date(2026, 9, 2))
    assert not is_review_late(RiskState.CLOSED, DUE, date(2027, 1, 1))


def test_what_can_be_done_follows_the_state_and_each_deed_has_its_words() -> None:
    assert risk_deeds(RiskState.CLOSED) == (RiskDeed.REOPEN,)
    assert set(risk_deeds(RiskState.OPEN)) == set(RiskDeed) - {RiskDeed.RAISE, RiskDeed.REOPEN}
    assert set(RISK_DEED_BUTTONS) == set(RISK_DEED_QUESTIONS) == set(RiskDeed) - {RiskDeed.RAISE}


def test_scores_that_do_not_fit_together_are_said() -> None:
    assert oddities(12, 8, 4) == ()
    assert len(oddities(6, 8, 12)) == 2


def test_the_heat_map_prints_every_number_and_every_band() -> None:
    fields = {(r, c): Field(r * c % 3, "Low & <slow>", "CCE2D8") for r in (1, 2) for c in (1, 2)}
    drawn = heat_map(
        "Risks", "Two by two", ("Likelihood", "Impact"), (["Rare", "Likely"], ["Slight", "Major"]), fields
    )
    assert drawn.count("Low &amp; &lt;slow&gt;") == 4
    assert (drawn.count(">2</text>"), drawn.count(">1</text>")) == (2, 2)
    assert "<a " not in drawn
    fields[1, 1] = Field(1, "Low", "CCE2D8", "/risks/?a=1&b=2")
    linked = heat_map("Risks", "", ("L", "I"), (["Rare", "Likely"], ["Slight", "Major"]), fields)
    assert 'href="/risks/?a=1&amp;b=2"' in linked
