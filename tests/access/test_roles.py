"""Roles, permissions and scope as plain values."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline import definitions
from sightline.access import book
from sightline.access.choices import (
    REFUSALS,
    Permission,
    ScopeKind,
    UnknownPermission,
    UnknownRole,
)
from sightline.access.permissions import (
    Refused,
    can_give,
    can_hold,
    can_manage_access,
    can_take_away,
    can_view_access,
    check_give,
    check_holds,
    pair,
    roles_given_by,
    scope_of,
)
from sightline.access.roles import apart_from, permission, read_roles, role, roles
from sightline.access.scope import COMMAND_LINE_SCOPE, NOBODY, Held, Scope, scope_of_rows
from sightline.definitions import InvalidDefinition, checked
from sightline.events.choices import Tier

GROUP_CHAIR = Scope(3, (Held("chair", ScopeKind.GROUP, "neglect"),))
OWNER = Scope(4, (Held("owner", ScopeKind.AGENCY, "police"), Held("owner", ScopeKind.GROUP, "policy")))
UNIT = Scope(1, (Held("unit", ScopeKind.PARTNERSHIP),))
EXECUTIVE = Scope(5, (Held("executive", ScopeKind.PARTNERSHIP),))
SCRUTINEER = Scope(6, (Held("scrutineer", ScopeKind.PARTNERSHIP),))


def test_every_role_of_a_partnership_is_defined() -> None:
    assert sorted(roles()) == [
        "administrator",
        "agency_lead",
        "analyst",
        "case_review_officer",
        "cdop_coordinator",
        "chair",
        "data_protection",
        "executive",
        "lay_member",
        "lead_partner",
        "member",
        "owner",
        "policy_officer",
        "practitioner",
        "qa_officer",
        "school_lead",
        "scrutineer",
        "system_administrator",
        "training_officer",
        "unit",
    ]
    assert all(found.sentence and found.may_be_held_by for found in roles().values())


def data_with(key: str, **said: Any) -> Any:
    """The definitions with something else said of one role."""
    data = definitions.load("roles")
    next(item for item in data["roles"] if item["key"] == key).update(said)
    return data


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (data_with("owner", granted_by=["mayor"]), "Role owner: there is no role mayor"),
        (data_with("owner", apart_from=["mayor"]), "Role owner: there is no role mayor"),
        (data_with("owner", granted_by=["chair"]), "chair gives no roles, for it does not manage access"),
        (data_with("unit", may_be_lent=True), "Role unit: what manages access or opens T3 and T4"),
        (data_with("cdop_coordinator", may_be_lent=True), "Role cdop_coordinator: what manages access"),
        (data_with("data_protection", reads="T1"), "the journal tells of T2 records"),
    ],
)
def test_roles_that_do_not_fit_together_are_refused(data: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_roles(data)


def scope_as(key: str, user: int = 1) -> Scope:
    """Somebody with one role, over whatever it can be held over."""
    kind = sorted(role(key).scopes)[0]
    return Scope(user, (Held(key, kind, "" if kind == ScopeKind.PARTNERSHIP else "k"),))


def test_who_looks_after_accounts_or_is_outside_reads_nothing_confidential() -> None:
    outside = {"system_administrator", "lay_member", "practitioner"}
    assert {key for key in outside if scope_as(key).reads_all_tiers} == set()
    assert {key for key in outside if scope_as(key).needs_second_step} == {"system_administrator"}
    assert not scope_as("system_administrator").holds_anywhere(Permission.PLANS_VIEW)
    assert not scope_as("practitioner").holds_anywhere(Permission.PLANS_VIEW)
    assert scope_as("lay_member").holds(Permission.PLANS_VIEW)


def test_only_a_role_over_the_partnership_reads_what_is_confidential_to_others() -> None:
    assert {key for key in roles() if scope_as(key).reads_all_tiers} == {
        key
        for key, found in roles().items()
        if found.reads >= Tier.T2 and found.scopes == {ScopeKind.PARTNERSHIP}
    }


def test_a_practitioner_answers_for_nothing_of_their_agency() -> None:
    mixed = Scope(7, (Held("practitioner", ScopeKind.AGENCY, "police"), Held("member", ScopeKind.GROUP, "g")))
    assert (mixed.agency_keys, mixed.group_keys, mixed.work_keys) == (frozenset(), {"g"}, ("user:7",))


@pytest.mark.parametrize("key", ["unit", "qa_officer"])
def test_what_waits_for_the_unit_waits_for_those_who_do_its_work(key: str) -> None:
    assert scope_as(key).work_keys[:2] == ("user:1", "unit")


def test_who_gives_which_role() -> None:
    given = {giver: {found.key for found in roles_given_by(scope_as(giver))} for giver in roles()}
    assert {giver for giver, keys in given.items() if keys} == {
        "unit",
        "administrator",
        "system_administrator",
    }
    assert given["unit"] == set(roles())
    assert given["system_administrator"] == {"unit", "data_protection", "system_administrator"}
    assert given["administrator"] == {
        "chair",
        "member",
        "owner",
        "agency_lead",
        "school_lead",
        "lay_member",
        "practitioner",
    }


@pytest.mark.parametrize("key", sorted(roles()))
def test_nobody_gives_a_role_to_themselves(key: str) -> None:
    with pytest.raises(Refused, match="Nobody gives a role to themselves"):
        check_give(UNIT, key, 1)
    assert can_give(UNIT, key, 2)


def test_a_role_that_may_not_be_given_says_who_gives_it() -> None:
    with pytest.raises(Refused, match="CDOP co-ordinator is a role that is given by: Business manager"):
        check_give(scope_as("administrator"), "cdop_coordinator", 9)
    with pytest.raises(Refused, match="looked after by the business unit"):
        check_give(EXECUTIVE, "owner", 9)


def test_a_role_is_ended_by_whoever_gives_it_and_by_its_own_person() -> None:
    assert can_take_away(scope_as("administrator"), "chair", 9)
    assert not can_take_away(scope_as("administrator"), "data_protection", 9)
    assert can_take_away(scope_as("administrator"), "administrator", 1)


def test_who_looks_is_not_who_does() -> None:
    assert "chair" in apart_from("scrutineer")
    assert apart_from("chair") == {"scrutineer"}
    assert apart_from("unit") == {"scrutineer", "data_protection", "system_administrator"}


def test_the_last_who_keeps_access_gives_every_role_in_the_end() -> None:
    assert {key for key, found in roles().items() if found.keeps_access} == {"unit", "system_administrator"}


def test_an_unknown_role_raises() -> None:
    with pytest.raises(UnknownRole, match="'mayor'"):
        role("mayor")


def test_an_unknown_permission_raises() -> None:
    with pytest.raises(UnknownPermission, match="'fly'"):
        permission("fly")
    data = definitions.load("roles")
    data["roles"][0]["permissions"].append("fly")
    with pytest.raises(UnknownPermission, match="Role unit: There is no permission 'fly'"):
        read_roles(data)


def test_a_role_defined_twice_raises() -> None:
    data = definitions.load("roles")
    data["roles"].append(data["roles"][0])
    with pytest.raises(ValueError, match="'unit' stands twice"):
        read_roles(data)


@pytest.mark.parametrize(
    ("text", "told"),
    [("a: [", "x.yaml cannot be read"), ("- 1", r"x.yaml: \$: \[1\] is not of type 'object'")],
)
def test_a_definition_that_breaks_its_schema_raises(text: str, told: str) -> None:
    with pytest.raises(InvalidDefinition, match=told):
        checked("x", text, {"type": "object"})


def test_every_permission_has_a_sentence_of_refusal() -> None:
    assert set(REFUSALS) == set(Permission)


def test_the_unit_holds_its_permissions_over_everything() -> None:
    assert UNIT.holds(Permission.PLAN_WRITE)
    assert UNIT.holds(Permission.ACTION_RATE_IMPACT, groups=["anything"])
    assert not UNIT.holds(Permission.SCRUTINY_WRITE)


def test_a_chair_writes_over_their_group_alone() -> None:
    assert GROUP_CHAIR.holds(Permission.ACTION_RATE_IMPACT, groups=["neglect", "other"])
    assert not GROUP_CHAIR.holds(Permission.ACTION_RATE_IMPACT, groups=["other"])
    assert not GROUP_CHAIR.holds(Permission.ACTION_RATE_IMPACT)
    assert not GROUP_CHAIR.holds(Permission.ACTION_RATE_IMPACT, agencies=["neglect"])


def test_an_owner_writes_over_their_agency_or_group() -> None:
    assert OWNER.holds(Permission.ACTION_UPDATE, agencies=["police"])
    assert OWNER.holds(Permission.ACTION_UPDATE, groups=["policy"])
    assert not OWNER.holds(Permission.ACTION_UPDATE, agencies=["policy"])
    assert not OWNER.holds(Permission.ACTION_RATE_IMPACT, agencies=["police"])


@pytest.mark.parametrize("scope", [UNIT, EXECUTIVE, SCRUTINEER, GROUP_CHAIR, OWNER])
def test_every_member_reads_plans_and_partners_whole(scope: Scope) -> None:
    assert scope.holds(Permission.PLANS_VIEW)
    assert scope.holds(Permission.PARTNERS_VIEW)


@pytest.mark.parametrize("scope", [EXECUTIVE, SCRUTINEER, GROUP_CHAIR, OWNER])
def test_only_the_unit_runs_the_machinery(scope: Scope) -> None:
    for wanted in (
        Permission.PLAN_WRITE,
        Permission.PARTNERS_WRITE,
        Permission.JOBS_VIEW,
        Permission.ACCESS_MANAGE,
    ):
        assert not scope.holds_anywhere(wanted)


def test_nobody_holds_nothing() -> None:
    assert not any(NOBODY.holds_anywhere(wanted) for wanted in Permission)
    assert (NOBODY.is_member, NOBODY.work_keys, NOBODY.role_labels) == (False, (), ())


def test_the_command_line_is_the_unit_and_no_person() -> None:
    assert COMMAND_LINE_SCOPE.holds(Permission.IMPORT_RUN)
    assert (COMMAND_LINE_SCOPE.user_id, COMMAND_LINE_SCOPE.work_keys) == (
        None,
        ("unit", "may:access_manage", "may:glass_review"),
    )


def test_a_scope_names_groups_agencies_roles_and_whose_work_it_sees() -> None:
    assert OWNER.agency_keys == {"police"}
    assert OWNER.group_keys == {"policy"}
    assert OWNER.role_labels == ("Action owner",)
    assert OWNER.role_keys == {"owner"}
    assert OWNER.work_keys == ("user:4", "group:policy", "agency:police")
    assert UNIT.work_keys == ("user:1", "unit", "may:access_manage", "may:glass_review")


def test_keys_by_permission() -> None:
    both = scope_of_rows(9, [("chair", "group", "a"), ("owner", "group", "b"), ("owner", "agency", "c")])
    assert both.groups_with(Permission.ACTION_RATE_IMPACT) == {"a"}
    assert both.groups_with(Permission.ACTION_UPDATE) == {"a", "b"}
    assert both.agencies_with(Permission.ACTION_UPDATE) == {"c"}


def test_a_refusal_carries_its_sentence() -> None:
    with pytest.raises(Refused) as refused:
        check_holds(EXECUTIVE, Permission.PARTNERS_WRITE)
    assert refused.value.sentence == "Agencies, groups and people are kept by the business unit."
    with pytest.raises(Refused, match="no current membership"):
        check_holds(NOBODY, Permission.PARTNERS_VIEW)


def test_a_pair_answers_and_lets_other_errors_pass() -> None:
    def check_even(number: int) -> None:
        if number < 0:
            raise ZeroDivisionError
        if number % 2:
            raise Refused("Odd.")

    can_be_even = pair(check_even)
    assert (can_be_even(2), can_be_even(3)) == (True, False)
    with pytest.raises(ZeroDivisionError):
        can_be_even(-1)


def test_pairs_of_access() -> None:
    assert can_manage_access(UNIT)
    assert not can_manage_access(OWNER)
    assert [key for key in roles() if can_view_access(scope_as(key))] == [
        "unit",
        "administrator",
        "data_protection",
        "system_administrator",
    ]
    assert scope_of(OWNER) is OWNER
    assert scope_of(object()) is NOBODY  # type: ignore[arg-type]


KEYS = st.sampled_from(["a", "b", "c"])
HELD = st.builds(
    Held, st.sampled_from(sorted(roles())), st.sampled_from([ScopeKind.GROUP, ScopeKind.AGENCY]), KEYS
) | st.builds(Held, st.sampled_from(sorted(roles())), st.just(ScopeKind.PARTNERSHIP))


@given(
    st.lists(HELD, max_size=4),
    st.sampled_from(list(Permission)),
    st.sets(KEYS, max_size=2),
    st.sets(KEYS, max_size=2),
)
def test_holding_over_a_record_implies_holding_anywhere(
    held: list[Held], wanted: Permission, groups: set[str], agencies: set[str]
) -> None:
    scope = Scope(1, tuple(held))
    allowed = scope.holds(wanted, groups=groups, agencies=agencies)
    assert allowed == can_hold(scope, wanted, groups=groups, agencies=agencies)
    assert not allowed or scope.holds_anywhere(wanted)
    by_key = scope.groups_with(wanted) & groups or scope.agencies_with(wanted) & agencies
    assert allowed == (scope.holds(wanted) or bool(by_key))


def test_the_page_of_roles_is_current() -> None:
    kept = Path(__file__).resolve().parents[2] / "docs" / "generated" / "roles.md"
    assert kept.read_text(encoding="utf-8") == book.page()
