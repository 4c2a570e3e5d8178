"""A plan quarter by quarter: counted by the financial year, with what has no day apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.choices import Dimension, TimescaleKind
from sightline.plans.pages import quarters as pages
from sightline.plans.rules.quarters import Quarter, quarter_named, quarter_of
from sightline.plans.services import TimescaleGiven
from tests.plans.making import BY, complete_on_paper, make_agency, make_group, make_user
from tests.plans.viewing import DAY, THEN, many_actions, old_action, old_plan, signed_in, words


@pytest.mark.parametrize(
    ("day", "key", "label"),
    [
        (date(2026, 4, 1), "2026-1", "April to June 2026 (quarter 1 of 2026/27)"),
        (date(2026, 9, 30), "2026-2", "July to September 2026 (quarter 2 of 2026/27)"),
        (date(2026, 12, 31), "2026-3", "October to December 2026 (quarter 3 of 2026/27)"),
        (date(2027, 3, 31), "2026-4", "January to March 2027 (quarter 4 of 2026/27)"),
        (date(2099, 4, 1), "2099-1", "April to June 2099 (quarter 1 of 2099/00)"),
    ],
)
def test_a_day_lies_in_its_quarter_of_the_financial_year(day: date, key: str, label: str) -> None:
    assert (quarter_of(day).key, quarter_of(day).label) == (key, label)


@given(st.dates(date(2, 1, 1), date(9996, 12, 31)))
def test_every_day_lies_within_its_quarter_and_its_key_leads_back(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first_day <= day <= quarter.last_day
    if quarter.year >= 1_000:
        assert quarter_named(quarter.key) == quarter
    assert quarter < quarter.next


@pytest.mark.parametrize("key", ["", "2026", "2026-5", "26-1", "²026-1", "9999-1", "2026-1-1"])
def test_other_words_name_no_quarter(key: str) -> None:
    assert quarter_named(key) is None


@pytest.mark.django_db
class TestPage:
    def test_actions_are_counted_in_their_quarters_with_both_ratings(self) -> None:
        plan, client = old_plan(), signed_in(make_user("unit"))
        first, second = old_action(plan, due="2020-05-31"), old_action(plan, due="2020-06-30")
        third = old_action(plan, due="2021-01-31")
        services.rate(first, Dimension.DELIVERY, "red", as_at=DAY, reason="Late", by=BY, now=THEN)
        complete_on_paper(second, DAY, THEN)
        review = TimescaleGiven(TimescaleKind.REVIEW, ["2021-02-28"], raw="Review in February")
        old_action(plan, timescale=review)
        old_action(plan, timescale=TimescaleGiven(TimescaleKind.RECURRING, raw="Quarterly"))
        old_action(plan)
        page = client.get(f"/plans/{plan.key}/quarters/").context["page"]
        assert [(row.href, row.actions, row.open, row.complete) for row in page.rows] == [
            ("?quarter=2020-1", 2, 1, 1), ("?quarter=2020-4", 2, 2, 0), ("?quarter=recurring", 1, 1, 0),
            ("?quarter=undated", 1, 1, 0),
        ]  # fmt: skip
        assert ("red", 1, "?quarter=2020-1&delivery=red") in page.rows[0].delivery
        assert ("not_yet_known", 2, "?quarter=2020-1&impact=not_yet_known") in page.rows[0].impact
        for query, found in (
            ("?quarter=2020-1", [first, second]), ("?quarter=2020-1&delivery=red", [first]),
            ("?quarter=2020-1&state=open", [first]), ("?quarter=2020-4&sort=when", None),
        ):  # fmt: skip
            listed = client.get(f"/plans/{plan.key}/quarters/{query}").context["page"].listing.rows
            if found:
                assert [row.href for row in listed] == [f"/actions/{action.reference}/" for action in found]
        assert third.reference in words(client.get(f"/plans/{plan.key}/quarters/?quarter=2020-4"))
        assert client.get(f"/plans/{plan.key}/quarters/?quarter=never").status_code == 200

    @pytest.mark.parametrize("number", [1, 3, 300])
    def test_it_asks_no_more_for_more_actions(self, number: int, django_assert_max_num_queries: Any) -> None:
        plan, client = old_plan(), signed_in(make_user("unit"))
        many_actions(plan, number, make_group())
        with django_assert_max_num_queries(12) as asked:
            assert client.get(f"/plans/{plan.key}/quarters/").status_code == 200
        assert len(asked) == 7

    def test_closed_actions_are_not_counted(self) -> None:
        plan = old_plan()
        old_action(plan, make_agency(), due="2020-05-31", text="Sealed words", tier=Tier.T2)
        old_action(plan, due="2020-05-31")
        reader = signed_in(make_user("owner", "agency", make_agency().key))
        page = reader.get(f"/plans/{plan.key}/quarters/")
        assert [row.actions for row in page.context["page"].rows] == [1]
        assert "Sealed" not in words(page)

    def test_a_plan_too_long_to_count_offers_its_years(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plan = old_plan(starts_on=date(2020, 4, 1), ends_on=date(2020, 12, 31))
        offered = pages.to_choose(None, plan, date(2020, 6, 1))
        assert [key for key, _ in offered] == ["2020-1", "2020-2", "2020-3", "recurring", "undated"]
        monkeypatch.setattr("sightline.plans.selectors.quarters.MOST_COUNTED", 1)
        old_action(plan)
        old_action(plan)
        page = signed_in(make_user("unit")).get(f"/plans/{plan.key}/quarters/")
        assert (page.context["page"].rows, "too long to be counted" in words(page)) == (None, True)

    def test_an_empty_plan_says_so(self) -> None:
        page = signed_in(make_user("unit")).get(f"/plans/{old_plan().key}/quarters/")
        assert "This plan has no actions yet" in words(page)


def test_quarters_are_in_order() -> None:
    assert sorted([Quarter(2026, 1), Quarter(2025, 4)]) == [Quarter(2025, 4), Quarter(2026, 1)]
