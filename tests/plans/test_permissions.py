"""Who may: owner their own, chair their group's, unit all, executive and scrutineer read. Refusals are sentences."""

from __future__ import annotations

import pytest

from sightline.access.choices import ScopeKind
from sightline.access.models import User
from sightline.access.permissions import Refused
from sightline.access.scope import COMMAND_LINE_SCOPE, NOBODY, Held, Scope
from sightline.events.choices import Tier
from sightline.partners.models import Agency, Group
from sightline.plans import permissions, services
from sightline.plans.choices import DeliveryState, Dimension, PlanState
from sightline.plans.models import Action, Plan
from tests.plans.making import (
    BY,
    NOW,
    TODAY,
    make_action,
    make_agency,
    make_group,
    make_person,
    make_plan,
    make_user,
)

pytestmark = pytest.mark.django_db


def scope(
    role: str, kind: ScopeKind = ScopeKind.PARTNERSHIP, key: str = "", user_id: int | None = None
) -> Scope:
    return Scope(user_id, (Held(role, kind, key),))


UNIT, EXECUTIVE, SCRUTINEER = scope("unit"), scope("executive"), scope("scrutineer")


@pytest.fixture
def group() -> Group:
    return make_group("Business group")


@pytest.fixture
def panel() -> Group:
    return make_group("Audit panel")


@pytest.fixture
def agency() -> Agency:
    return make_agency("Police")


@pytest.fixture
def plan(group: Group) -> Plan:
    return make_plan(group)


@pytest.fixture
def action(plan: Plan, panel: Group, agency: Agency) -> Action:
    return make_action(plan, panel, agency)


def chair_of(group: Group) -> Scope:
    return scope("chair", ScopeKind.GROUP, group.key)


def owner_for(agency: Agency) -> Scope:
    return scope("owner", ScopeKind.AGENCY, agency.key)


def member_of(group: Group) -> Scope:
    return scope("owner", ScopeKind.GROUP, group.key)


ACTS = {
    "view": permissions.can_view_action,
    "update": permissions.can_update_action,
    "delivery": permissions.can_rate_delivery,
    "impact": permissions.can_rate_impact,
    "edit": permissions.can_edit_action,
}


def acts(user: Scope | User, action: Action) -> set[str]:
    return {name for name, can in ACTS.items() if can(user, action)}


class TestActions:
    def test_the_unit_may_do_all(self, action: Action) -> None:
        assert acts(UNIT, action) == set(ACTS)
        assert acts(COMMAND_LINE_SCOPE, action) == set(ACTS)

    def test_executive_and_scrutineer_read(self, action: Action) -> None:
        assert acts(EXECUTIVE, action) == acts(SCRUTINEER, action) == {"view"}

    def test_an_owner_updates_and_rates_the_delivery_of_their_agencys_and_groups_actions(
        self, action: Action, agency: Agency, panel: Group
    ) -> None:
        own = {"view", "update", "delivery"}
        assert acts(owner_for(agency), action) == acts(member_of(panel), action) == own

    def test_an_owner_only_reads_what_others_own(self, action: Action, group: Group) -> None:
        assert acts(owner_for(make_agency("Health")), action) == {"view"}
        assert acts(member_of(group), action) == {"view"}

    def test_a_chair_also_rates_the_impact_of_what_their_group_owns(
        self, action: Action, panel: Group
    ) -> None:
        assert acts(chair_of(panel), action) == {"view", "update", "delivery", "impact"}

    def test_a_chair_reaches_their_groups_plan_whoever_owns_the_action(
        self, action: Action, group: Group
    ) -> None:
        assert acts(chair_of(group), action) == {"view", "update", "delivery", "impact"}

    def test_a_chair_of_another_group_only_reads(self, action: Action) -> None:
        assert acts(chair_of(make_group("Another")), action) == {"view"}

    def test_a_plan_without_a_group_has_no_chair(self, panel: Group) -> None:
        action = make_action(make_plan(None), make_agency("Health"))
        assert acts(chair_of(panel), action) == {"view"}

    def test_a_person_named_as_owner_acts_whatever_their_membership(self, plan: Plan) -> None:
        user = make_user("owner", "agency", make_agency("Another agency").key)
        action = make_action(plan, make_person(None, user))
        assert acts(user, action) == {"view", "update", "delivery"}
        assert acts(make_user("owner", "agency", "another-agency"), action) == {"view"}

    def test_the_agency_of_a_person_named_as_owner_acts_for_them(self, plan: Plan, agency: Agency) -> None:
        action = make_action(plan, make_person(agency))
        assert acts(owner_for(agency), action) == {"view", "update", "delivery"}

    def test_nobody_may_do_anything(self, action: Action, agency: Agency) -> None:
        assert acts(NOBODY, action) == set()
        former = make_user()
        assert acts(former, make_action(action.plan, make_person(agency, former))) == set()

    def test_either_rating_has_its_own_check(self, action: Action, agency: Agency) -> None:
        assert permissions.can_rate(owner_for(agency), action, Dimension.DELIVERY)
        assert not permissions.can_rate(owner_for(agency), action, Dimension.IMPACT)

    def test_refusals_are_sentences(self, action: Action) -> None:
        with pytest.raises(Refused) as refused:
            permissions.check_rate_impact(EXECUTIVE, action)
        assert refused.value.sentence == "Impact is rated by the group's chair and the business unit."


class TestStates:
    def test_an_owner_does_not_complete_by_themselves_and_does_not_close(
        self, action: Action, agency: Agency
    ) -> None:
        owner = owner_for(agency)
        assert permissions.can_change_state(owner, action, DeliveryState.IN_PROGRESS)
        assert not permissions.can_change_state(owner, action, DeliveryState.COMPLETE)
        assert not permissions.can_confirm_completion(owner, action)
        assert permissions.can_confirm_completion(UNIT, action)
        assert not permissions.can_change_state(owner, action, DeliveryState.SUPERSEDED)
        assert permissions.can_change_state(UNIT, action, DeliveryState.SUPERSEDED)

    def test_a_person_named_as_owner_completes_but_does_not_close(self, plan: Plan) -> None:
        user = make_user("owner", "agency", make_agency("Another agency").key)
        action = make_action(plan, make_person(None, user))
        assert permissions.can_change_state(user, action, DeliveryState.IN_PROGRESS)
        assert not permissions.can_change_state(user, action, DeliveryState.CLOSED_OTHER)

    def test_where_no_move_leads_only_the_unit_is_let_on_to_the_rule(
        self, action: Action, agency: Agency
    ) -> None:
        assert not permissions.can_change_state(owner_for(agency), action, DeliveryState.NOT_STARTED)
        assert permissions.can_change_state(UNIT, action, DeliveryState.NOT_STARTED)

    def test_the_executive_approves_a_plan_and_changes_nothing_else(self, plan: Plan) -> None:
        assert permissions.can_change_plan_state(EXECUTIVE, plan, PlanState.APPROVED)
        assert not permissions.can_change_plan_state(EXECUTIVE, plan, PlanState.CLOSED)
        assert permissions.can_change_plan_state(UNIT, plan, PlanState.CLOSED)
        assert not permissions.can_change_plan_state(SCRUTINEER, plan, PlanState.APPROVED)


class TestPlans:
    def test_every_member_reads_plans_and_takes_them_away(
        self, plan: Plan, agency: Agency, panel: Group
    ) -> None:
        for reader in (UNIT, EXECUTIVE, SCRUTINEER, chair_of(panel), owner_for(agency)):
            assert permissions.can_view_plan(reader, plan)
            assert permissions.can_export_plan(reader, plan)
        assert not permissions.can_view_plan(NOBODY, plan)
        assert not permissions.can_export_plan(NOBODY, plan)

    def test_only_the_unit_writes_plans_and_runs_imports(
        self, plan: Plan, group: Group, agency: Agency
    ) -> None:
        for user in (EXECUTIVE, SCRUTINEER, chair_of(group), owner_for(agency), NOBODY):
            assert not permissions.can_write_plan(user, plan)
            assert not permissions.can_write_plan(user)
            assert not permissions.can_run_import(user)
        assert permissions.can_write_plan(UNIT, plan)
        assert permissions.can_write_plan(UNIT)
        assert permissions.can_run_import(UNIT)


class TestReports:
    def test_reports_are_run_by_unit_executive_chairs_and_scrutineer(
        self, group: Group, agency: Agency
    ) -> None:
        for user in (UNIT, EXECUTIVE, SCRUTINEER, chair_of(group)):
            assert permissions.can_run_report(user)
        assert not permissions.can_run_report(owner_for(agency))

    def test_reports_are_issued_by_the_unit(self, group: Group) -> None:
        assert permissions.can_issue_report(UNIT)
        for user in (EXECUTIVE, SCRUTINEER, chair_of(group), NOBODY):
            assert not permissions.can_issue_report(user)

    def test_a_report_is_opened_by_whoever_runs_reports_one_of_a_plan_by_its_readers(
        self, plan: Plan, group: Group, panel: Group
    ) -> None:
        make_action(plan, panel, due="2026-01-31", tier=Tier.T2)
        report = services.draft_exception_report(group, as_at=TODAY, by=BY, now=NOW)
        assert report.tier == Tier.T2
        for user in (chair_of(group), chair_of(panel), EXECUTIVE):
            assert permissions.can_view_report(user, report)
        hidden = make_plan(group, "A hidden plan", tier=Tier.T2)
        of_plan = services.draft_exception_report(None, plan=hidden, as_at=TODAY, by=BY, now=NOW)
        assert permissions.can_view_report(chair_of(group), of_plan)
        assert permissions.can_view_report(SCRUTINEER, of_plan)
        assert not permissions.can_view_report(chair_of(panel), of_plan)
