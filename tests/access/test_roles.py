"""Roles, permissions and scope as plain values."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline import definitions
from sightline.access import book
from sightline.access.choices import REFUSALS, Permission, ScopeKind, UnknownPermission, UnknownRole
from sightline.access.permissions import Refused, can_hold, can_manage_access, check_holds, pair, scope_of
from sightline.access.roles import permission, read_roles, role, roles
from sightline.access.scope import COMMAND_LINE_SCOPE, NOBODY, Held, Scope, scope_of_rows
from sightline.definitions import InvalidDefinition, checked

GROUP_CHAIR = Scope(3, (Held("chair", ScopeKind.GROUP, "neglect"),))
OWNER = Scope(4, (Held("owner", ScopeKind.AGENCY, "police"), Held("owner", ScopeKind.GROUP, "policy")))
UNIT = Scope(1, (Held("unit", ScopeKind.PARTNERSHIP),))
EXECUTIVE = Scope(5, (Held("executive", ScopeKind.PARTNERSHIP),))
SCRUTINEER = Scope(6, (Held("scrutineer", ScopeKind.PARTNERSHIP),))


def test_the_five_roles_are_defined() -> None:
    assert sorted(roles()) == ["chair", "executive", "owner", "scrutineer", "unit"]
    assert all(found.sentence and found.may_be_held_by for found in roles().values())


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
    assert (COMMAND_LINE_SCOPE.user_id, COMMAND_LINE_SCOPE.work_keys) == (None, ("unit",))


def test_a_scope_names_groups_agencies_roles_and_whose_work_it_sees() -> None:
    assert OWNER.agency_keys == {"police"}
    assert OWNER.group_keys == {"policy"}
    assert OWNER.role_labels == ("Action owner",)
    assert OWNER.role_keys == {"owner"}
    assert OWNER.work_keys == ("user:4", "group:policy", "agency:police")
    assert UNIT.work_keys == ("user:1", "unit")


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
