"""What a person may see as a query equals what the permission says of each record, whoever they are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.access.choices import ScopeKind
from sightline.access.models import User
from sightline.access.scope import NOBODY, Held, Scope
from sightline.events.choices import Tier
from sightline.plans import permissions, selectors, services
from sightline.plans.choices import SourceKind
from sightline.plans.models import Action, ExceptionReport, Plan, Source
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_person, make_plan

pytestmark = pytest.mark.django_db
GROUPS, AGENCIES, USERS = ["g-one", "g-two"], ["a-one", "a-two"], [9001, 9002]


@pytest.fixture
def world() -> None:
    """Records of each tier, owned in each way, in plans of each tier with and without a group."""
    groups = [make_group(key) for key in GROUPS]
    agencies = [make_agency(key) for key in AGENCIES]
    users = [User.objects.create(pk=pk, email=f"u{pk}@example.org", name=f"U {pk}") for pk in USERS]
    people = [make_person(agencies[0], users[0]), make_person(None, users[1])]
    owners = [(), (groups[0],), (agencies[0], groups[1]), (people[0],), (people[1], agencies[1])]
    for tier in (Tier.T1, Tier.T2):
        services.create_source(f"Source {tier}", SourceKind.AUDIT, tier=tier, by=BY, now=NOW)
        for group in (None, *groups):
            plan = make_plan(group, f"Plan {tier} {group}", tier=tier)
            for own_tier in (Tier.T1, Tier.T2):
                for parties in owners:
                    make_action(plan, *parties, tier=own_tier, due="2026-01-31", refresh=False)
    for group in (None, *groups):
        services.draft_exception_report(group, as_at=TODAY, by=BY, now=NOW)
    for plan in Plan.objects.all():
        services.draft_exception_report(None, plan=plan, as_at=TODAY, by=BY, now=NOW)
    services.create_source("Public", SourceKind.LAW, tier=Tier.T0, by=BY, now=NOW)


held = st.one_of(
    st.builds(Held, st.sampled_from(["unit", "executive", "scrutineer"]), st.just(ScopeKind.PARTNERSHIP)),
    st.builds(Held, st.sampled_from(["chair", "owner"]), st.just(ScopeKind.GROUP), st.sampled_from(GROUPS)),
    st.builds(Held, st.just("owner"), st.just(ScopeKind.AGENCY), st.sampled_from([*AGENCIES, "a-nowhere"])),
)
scopes = st.builds(Scope, st.sampled_from([None, *USERS]), st.lists(held, max_size=2).map(tuple))


@given(scope=scopes)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_can_view_equals_in_visible_to(world: None, scope: Scope) -> None:
    actions = selectors.with_parties(Action.objects.select_related("plan__group"))
    assert set(selectors.actions_visible_to(scope)) == {
        action for action in actions if permissions.can_view_action(scope, action)
    }
    plans = Plan.objects.select_related("group")
    assert set(selectors.plans_visible_to(scope)) == {
        plan for plan in plans if permissions.can_view_plan(scope, plan)
    }
    assert set(selectors.sources_visible_to(scope)) == {
        source for source in Source.objects.all() if permissions.can_view_source(scope, source)
    }
    reports = ExceptionReport.objects.select_related("group", "plan__group")
    assert set(selectors.reports_visible_to(scope)) == {
        report for report in reports if permissions.can_view_report(scope, report)
    }


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
