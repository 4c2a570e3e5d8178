"""What may not be seen does not exist, alone and in lists. That selectors equal permissions: tests/access."""

from __future__ import annotations

import pytest

from sightline.access.choices import ScopeKind
from sightline.access.scope import NOBODY, Held, Scope
from sightline.events.choices import Tier
from sightline.plans import selectors
from sightline.plans.models import Action, ExceptionReport, Plan, Source
from tests.plans.making import TODAY
from tests.plans.seen import records_of_each_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    records_of_each_tier()


def test_what_may_not_be_seen_does_not_exist(world: None) -> None:
    hidden = Action.objects.filter(tier=Tier.T2).order_by("pk").first()
    stranger = Scope(None, (Held("owner", ScopeKind.AGENCY, "a-nowhere"),))
    assert hidden
    with pytest.raises(Action.DoesNotExist):
        selectors.get_action(stranger, hidden.reference)
    unit = Scope(None, (Held("unit", ScopeKind.PARTNERSHIP),))
    assert selectors.get_action(unit, hidden.reference) == hidden
    plan = Plan.objects.filter(tier=Tier.T2).order_by("pk").first()
    assert plan
    with pytest.raises(Plan.DoesNotExist):
        selectors.get_plan(stranger, plan.key)
    assert selectors.get_plan(unit, plan.key) == plan
    source = Source.objects.get(tier=Tier.T2)
    with pytest.raises(Source.DoesNotExist):
        selectors.get_source(stranger, source.key)
    assert selectors.get_source(unit, source.key) == source
    report = ExceptionReport.objects.filter(tier=Tier.T2).order_by("pk").first()
    assert report
    with pytest.raises(ExceptionReport.DoesNotExist):
        selectors.get_report(stranger, report.pk)
    assert selectors.get_report(unit, report.pk) == report


def test_exceptions_hold_only_what_their_reader_may_see(world: None) -> None:
    stranger = Scope(None, (Held("chair", ScopeKind.GROUP, "g-elsewhere"),))
    unit = Scope(None, (Held("unit", ScopeKind.PARTNERSHIP),))
    assert {row.tier for row in selectors.exceptions_for(stranger, None, TODAY)} == {"T1"}
    assert {row.tier for row in selectors.exceptions_for(unit, None, TODAY)} == {"T1", "T2"}
    assert selectors.exceptions_for(NOBODY, None, TODAY) == []


def test_lists_hold_only_what_their_reader_may_see(world: None) -> None:
    assert not selectors.list_actions(NOBODY).exists()
    assert not selectors.plans_visible_to(NOBODY).exists()
    assert not selectors.sources_visible_to(NOBODY).exists()
    assert not selectors.reports_visible_to(NOBODY).exists()
