"""Who may do what with plans and actions: `check_…` refuses with a sentence fit to show, `can_…` answers.

An owner acts on what they, their agency or their group own; a chair on what their group owns and on their group's
plans; the business unit on all; executive and scrutineer read. Source: `design.md` 4a and 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import REFUSALS, Permission
from sightline.access.permissions import Refused, check_holds, pair, scope_of
from sightline.plans.choices import Dimension
from sightline.plans.rules.states import moves_from, plan_moves_from
from sightline.plans.rules.tiers import EVERY_MEMBER

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.plans.choices import DeliveryState, PlanState
    from sightline.plans.models import (
        Action,
        ActionSource,
        Addressee,
        BulkChange,
        ExceptionReport,
        Plan,
        Recommendation,
        Source,
    )

    Reader = User | AnonymousUser | Scope

NOT_YOURS = "This record is read by those it concerns and by people who serve the whole partnership."


def reads_all_tiers(user: Reader) -> bool:
    """Whether somebody serves the whole partnership, and so reads T2 records that do not concern them."""
    return scope_of(user).reads_all_tiers


def is_person_of(user: Reader, action: Action) -> bool:
    """Whether the action names this very person as an owner."""
    number = scope_of(user).user_id
    if number is None:
        return False
    return any(owner.person.user_id == number for owner in action.owners.all() if owner.person)


def group_keys_of(action: Action) -> set[str]:
    """Keys of the groups that own the action."""
    return {owner.group.key for owner in action.owners.all() if owner.group}


def agency_keys_of(action: Action) -> set[str]:
    """Keys of the agencies that own the action, by themselves or through one of their people."""
    owners = action.owners.all()
    own = {owner.agency.key for owner in owners if owner.agency}
    return own | {owner.person.agency.key for owner in owners if owner.person and owner.person.agency}


def plan_keys_of(plan: Plan) -> set[str]:
    """The key of the group a plan belongs to."""
    return {plan.group.key} if plan.group else set()


def _concerns(user: Reader, groups: set[str], agencies: set[str]) -> bool:
    scope = scope_of(user)
    return bool(scope.group_keys & groups or scope.agency_keys & agencies)


def check_view_plan(user: Reader, plan: Plan) -> None:
    """Every member reads T1 plans; T2 plans are read by their group and by those who serve the partnership."""
    check_holds(user, Permission.PLANS_VIEW)
    if plan.tier in EVERY_MEMBER or reads_all_tiers(user) or _concerns(user, plan_keys_of(plan), set()):
        return
    raise Refused(NOT_YOURS)


def check_view_action(user: Reader, action: Action) -> None:
    """Every member reads T1 actions of T1 plans; others are read by owners, the plan's group, and the partnership's."""
    check_holds(user, Permission.PLANS_VIEW)
    if action.tier in EVERY_MEMBER and action.plan.tier in EVERY_MEMBER:
        return
    groups = group_keys_of(action) | plan_keys_of(action.plan)
    if reads_all_tiers(user) or _concerns(user, groups, agency_keys_of(action)) or is_person_of(user, action):
        return
    raise Refused(NOT_YOURS)


def check_view_source(user: Reader, source: Source) -> None:
    """Every member reads T0 and T1 sources; T2 sources are read by those who serve the partnership."""
    check_holds(user, Permission.PLANS_VIEW)
    if source.tier not in EVERY_MEMBER and not reads_all_tiers(user):
        raise Refused(NOT_YOURS)


def check_view_answered(user: Reader, answered: ActionSource) -> None:
    """What an action answers is read by whoever reads its source, and its words alone by whoever reads the action."""
    source = answered.recommendation.source if answered.recommendation else answered.source
    if source is not None:
        check_view_source(user, source)


def check_view_recommendation(user: Reader, recommendation: Recommendation) -> None:
    """A recommendation is read by whoever reads its source."""
    check_view_source(user, recommendation.source)


def check_view_addressee(user: Reader, addressee: Addressee) -> None:
    """What one party says to a recommendation is read by whoever reads its source."""
    check_view_source(user, addressee.recommendation.source)


def check_view_change(user: Reader, change: BulkChange) -> None:
    """A change of many actions is looked at by whoever began it and by those who serve the whole partnership.

    What `selectors.bulk` finds, said of one change: the selector is held to it.
    """
    check_holds(user, Permission.PLAN_WRITE)
    if not reads_all_tiers(user) and change.entered_by_id != scope_of(user).user_id:
        raise Refused(NOT_YOURS)


def check_view_report(user: Reader, report: ExceptionReport) -> None:
    """Reports are opened by those who may run them, a report of one plan by those of them who read the plan.

    Which rows of it they read goes by each row's action.
    """
    check_run_report(user)
    if report.plan:
        check_view_plan(user, report.plan)


def check_write_plan(user: Reader, plan: Plan | None = None) -> None:
    """Plans, priorities, outcomes and sources are written by the unit; a plan by whoever holds that over its group."""
    check_holds(user, Permission.PLAN_WRITE, groups=plan_keys_of(plan) if plan else ())


def check_ask_owners(user: Reader, plan: Plan) -> None:
    """Owners are asked by e-mail about plans that every member reads, by whoever writes them."""
    check_write_plan(user, plan)
    if plan.tier not in EVERY_MEMBER:
        raise Refused("This plan is not read by every member: nobody is asked about it by e-mail.")


def check_change_plan_state(user: Reader, plan: Plan, to: PlanState) -> None:
    """Each move of a plan asks for the permission its table names. Raises Refused, also where no move leads there."""
    wanted = {move.permission for move in plan_moves_from(plan.state_now) if move.to_state == to}
    for permission in wanted or {Permission.PLAN_WRITE}:
        check_holds(user, permission, groups=plan_keys_of(plan))


def _check_act(user: Reader, action: Action, permission: Permission, *, by_person: bool) -> None:
    check_view_action(user, action)
    if by_person and is_person_of(user, action):
        return
    if scope_of(user).holds(permission, groups=group_keys_of(action), agencies=agency_keys_of(action)):
        return
    # Only a group's chair holds the impact rating over the group: what the chair may do reaches their group's plans.
    if plan_keys_of(action.plan) & scope_of(user).groups_with(Permission.ACTION_RATE_IMPACT):
        check_holds(user, permission, groups=plan_keys_of(action.plan))
        return
    raise Refused(REFUSALS[permission])


def check_update_action(user: Reader, action: Action) -> None:
    """Updates, evidence and blocks are written by owners, the group's chair and the unit."""
    _check_act(user, action, Permission.ACTION_UPDATE, by_person=True)


def check_rate_delivery(user: Reader, action: Action) -> None:
    """Delivery is asserted by the owner; the chair and the unit may assert it as well."""
    _check_act(user, action, Permission.ACTION_RATE_DELIVERY, by_person=True)


def check_rate_impact(user: Reader, action: Action) -> None:
    """Impact is asserted by the group's chair; the unit may assert it as well. Owners may not."""
    _check_act(user, action, Permission.ACTION_RATE_IMPACT, by_person=False)


def check_rate(user: Reader, action: Action, dimension: Dimension) -> None:
    """The check of either rating."""
    (check_rate_impact if dimension == Dimension.IMPACT else check_rate_delivery)(user, action)


def check_confirm_completion(user: Reader, action: Action) -> None:
    """That an action is done is confirmed by the chair of its group or its plan's, or by the unit; owners may not.

    That nobody confirms their own word is for `rules.completing` to say: it goes by the claim.
    """
    _check_act(user, action, Permission.ACTION_CONFIRM, by_person=False)


def check_return_update(user: Reader, action: Action) -> None:
    """An update is returned with a question by whoever may confirm."""
    _check_act(user, action, Permission.ACTION_CONFIRM, by_person=False)


def check_edit_action(user: Reader, action: Action) -> None:
    """What is promised (words, owners, timescale, embedding test) is changed by the unit."""
    _check_act(user, action, Permission.PLAN_WRITE, by_person=False)


def check_change_state(user: Reader, action: Action, to: DeliveryState) -> None:
    """Each move asks for the permission the table of states names; where no move leads there, for the unit's."""
    wanted = {move.permission for move in moves_from(action.state_now) if move.to_state == to}
    for permission in wanted or {Permission.PLAN_WRITE}:
        _check_act(user, action, permission, by_person=permission == Permission.ACTION_UPDATE)


ANSWERED_BY = "A recommendation is answered by those it is addressed to and by the business unit."


def check_answer_recommendation(user: Reader, addressee: Addressee) -> None:
    """Acceptance, responses, progress and the ladder: for the agency or group addressed, and for the unit."""
    check_view_addressee(user, addressee)
    groups = {addressee.group.key} if addressee.group else set()
    agencies = {addressee.agency.key} if addressee.agency else set()
    if not scope_of(user).holds(Permission.ACTION_UPDATE, groups=groups, agencies=agencies):
        raise Refused(ANSWERED_BY)


def check_export_source(user: Reader, source: Source) -> None:
    """Whoever reads a source may take its ledger away on paper, if exports are allowed to them at all."""
    check_view_source(user, source)
    check_holds(user, Permission.EXPORT)


def check_run_import(user: Reader) -> None:
    """Documents are uploaded, corrected, confirmed and withdrawn by the unit."""
    check_holds(user, Permission.IMPORT_RUN)


def check_export_plan(user: Reader, plan: Plan) -> None:
    """Whoever reads a plan may take it away on paper, if exports are allowed to them at all."""
    check_view_plan(user, plan)
    check_holds(user, Permission.EXPORT)


def check_export(user: Reader) -> None:
    """Lists are taken away by whoever reads them, if exports are allowed to them at all."""
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.EXPORT)


def check_run_report(user: Reader) -> None:
    """Exception reports are run by the unit, the executive, chairs and the scrutineer."""
    check_holds(user, Permission.REPORT_RUN)


def check_issue_report(user: Reader) -> None:
    """Exception reports are issued by the unit."""
    check_holds(user, Permission.REPORT_ISSUE)


can_view_plan = pair(check_view_plan)
can_view_action = pair(check_view_action)
can_view_source = pair(check_view_source)
can_view_answered = pair(check_view_answered)
can_view_recommendation = pair(check_view_recommendation)
can_view_addressee = pair(check_view_addressee)
can_view_change = pair(check_view_change)
can_view_report = pair(check_view_report)
can_write_plan = pair(check_write_plan)
can_ask_owners = pair(check_ask_owners)
can_change_plan_state = pair(check_change_plan_state)
can_update_action = pair(check_update_action)
can_rate_delivery = pair(check_rate_delivery)
can_rate_impact = pair(check_rate_impact)
can_rate = pair(check_rate)
can_confirm_completion = pair(check_confirm_completion)
can_return_update = pair(check_return_update)
can_edit_action = pair(check_edit_action)
can_change_state = pair(check_change_state)
can_answer_recommendation = pair(check_answer_recommendation)
can_export_source = pair(check_export_source)
can_run_import = pair(check_run_import)
can_export_plan = pair(check_export_plan)
can_export = pair(check_export)
can_run_report = pair(check_run_report)
can_issue_report = pair(check_issue_report)
