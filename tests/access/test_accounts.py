"""Accounts and memberships: what is written, journalled and refused."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.access import selectors, services
from sightline.access.choices import NobodyLeft, NotTogether, ScopeKind, UnknownRole
from sightline.access.models import Membership, SignInFailure, User, is_current
from sightline.access.permissions import Refused
from sightline.access.scope import NOBODY
from sightline.events.choices import COMMAND_LINE, SYSTEM, StaleRecord
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from tests.access.people import LONG_AGO, PASSWORD, member, person, today

pytestmark = pytest.mark.django_db


def types() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("type", flat=True))


def test_an_account_is_opened_and_journalled_without_its_name_in_the_open() -> None:
    user = services.create_user("  Una@Wealdshire.Example ", " Una Unit ", PASSWORD, by=SYSTEM)
    user = User.objects.get(pk=user.pk)
    assert (user.email, user.name, str(user)) == ("una@wealdshire.example", "Una Unit", "Una Unit")
    assert user.check_password(PASSWORD)
    [entry] = Entry.objects.all()
    assert (entry.type, entry.subject_title, entry.after) == ("access.user_created", "", "")
    assert personal_values(entry)["after.email"] == "una@wealdshire.example"
    assert personal_values(entry)["subject"] == "Una Unit"


def test_without_a_password_nobody_can_sign_in() -> None:
    assert not person("Ann Other").has_usable_password()


@pytest.mark.parametrize("password", ["short", "password1234", "una.unit@wealdshire.example"])
def test_a_weak_password_is_refused_and_nothing_is_kept(password: str) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        services.create_user("una.unit@wealdshire.example", "Una Unit", password, by=SYSTEM)
    assert (User.objects.count(), types()) == (0, [])


def test_an_address_has_one_account() -> None:
    person("Una Unit")
    with pytest.raises(IntegrityError), transaction.atomic():
        services.create_user("UNA.UNIT@wealdshire.example", "Another", by=SYSTEM)


def test_the_database_refuses_capitals_in_an_address() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Una@wealdshire.example", name="Una")


def test_a_password_is_set() -> None:
    user = person("Una Unit")
    services.set_password(user, PASSWORD, by=user.actor)
    assert User.objects.get().check_password(PASSWORD)
    assert types() == ["access.user_created", "access.password_set"]
    with pytest.raises(ValidationError):
        services.set_password(user, "short", by=user.actor)


def test_an_account_is_changed_by_whoever_read_it_last() -> None:
    user = person("Una Unit")
    changed = services.let_sign_in(user, False, version=1, reason="Has left", by=SYSTEM)
    assert (changed.is_active, changed.version) == (False, 2)
    with pytest.raises(StaleRecord):
        services.let_sign_in(user, True, version=1, reason="", by=SYSTEM)
    entry = Entry.objects.get(type="access.user_changed")
    assert (entry.before_values, entry.after_values) == ({"is_active": True}, {"is_active": False})
    assert (entry.reason, personal_values(entry)["subject"]) == ("Has left", "Una Unit")


def test_a_membership_is_given_and_journalled() -> None:
    user = person("Cy Chair")
    membership = services.grant(
        user, "chair", "group", "neglect", LONG_AGO, by=SYSTEM, ends_on=today(), reason="Elected in May"
    )
    assert str(membership) == "Cy Chair: Group chair over neglect"
    entry = Entry.objects.get(type="access.membership_granted")
    assert entry.reason == "Elected in May"
    assert entry.after_values == {
        "user_id": user.pk,
        "role": "chair",
        "scope_kind": "group",
        "scope_key": "neglect",
        "starts_on": "2020-01-01",
        "ends_on": today().isoformat(),
    }
    assert str(services.grant(user, "unit", "partnership", "", LONG_AGO, by=SYSTEM)).endswith(
        "over the partnership"
    )


def test_a_membership_that_makes_no_sense_is_refused() -> None:
    user = person("Cy Chair")
    with pytest.raises(UnknownRole):
        services.grant(user, "mayor", "partnership", "", LONG_AGO, by=SYSTEM)
    with pytest.raises(ValueError, match="Business manager cannot be held over: a group"):
        services.grant(user, "unit", ScopeKind.GROUP, "neglect", LONG_AGO, by=SYSTEM)
    for kind, key, role in (("partnership", "x", "unit"), ("group", "", "chair")):
        with pytest.raises(IntegrityError), transaction.atomic():
            services.grant(user, role, kind, key, LONG_AGO, by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        services.grant(user, "chair", "group", "a", LONG_AGO, ends_on=dt.date(2019, 1, 1), by=SYSTEM)
    assert Membership.objects.count() == 0


def test_the_same_membership_is_given_once() -> None:
    user = member("Cy Chair", "chair", "group", "a")
    with pytest.raises(IntegrityError), transaction.atomic():
        services.grant(user, "chair", "group", "a", LONG_AGO, by=SYSTEM)


def test_a_membership_ends_with_its_last_day() -> None:
    user = member("Cy Chair", "chair", "group", "a")
    [membership] = user.memberships.all()
    ended = services.end_membership(membership, today(), version=1, by=SYSTEM, reason="Left")
    assert (ended.ends_on, ended.version) == (today(), 2)
    assert User.objects.get(pk=user.pk).scope.is_member
    with pytest.raises(StaleRecord):
        services.end_membership(membership, today(), version=1, by=SYSTEM)
    services.end_membership(membership, today() - dt.timedelta(days=1), version=2, by=SYSTEM)
    assert not User.objects.get(pk=user.pk).scope.is_member
    assert types()[-2:] == ["access.membership_ended"] * 2


def test_somebody_is_always_left_who_gives_roles() -> None:
    una, ann = member("Una Unit", "unit"), member("Ann Unit", "unit")
    [first], [second] = una.memberships.all(), ann.memberships.all()
    services.end_membership(first, today(), version=1, by=SYSTEM)
    with pytest.raises(NobodyLeft, match="Nobody would be left"):
        services.end_membership(second, today(), version=1, by=SYSTEM)
    with pytest.raises(NobodyLeft):
        services.let_sign_in(ann, False, version=1, reason="", by=SYSTEM)
    services.let_sign_in(ann, True, version=1, reason="", by=SYSTEM)
    assert ann.memberships.get().ends_on is None


def test_a_last_manager_who_cannot_give_every_role_is_not_enough() -> None:
    una = member("Una Unit", "unit")
    member("Ada Administrator", "administrator")
    with pytest.raises(NobodyLeft):
        services.end_membership(una.memberships.get(), today(), version=1, by=SYSTEM)
    member("Sid System", "system_administrator")
    services.end_membership(una.memberships.get(), today(), version=1, by=SYSTEM)


def test_a_service_gives_nothing_that_its_doer_may_not_give() -> None:
    una, cy = member("Una Unit", "unit"), member("Cy Chair", "chair", "group", "a")
    with pytest.raises(Refused, match="Nobody gives a role to themselves"):
        services.grant(una, "owner", "agency", "police", today(), by=una.actor)
    with pytest.raises(Refused, match="looked after by the business unit"):
        services.grant(una, "owner", "agency", "police", today(), by=cy.actor)
    with pytest.raises(Refused):
        services.end_membership(una.memberships.get(), today(), version=1, by=cy.actor)
    services.end_membership(cy.memberships.get(), today(), version=1, by=cy.actor)
    assert una.memberships.count() == 1


def test_two_roles_that_are_kept_apart_may_follow_each_other() -> None:
    sue, day = member("Sue Scrutineer", "scrutineer"), today()
    services.end_membership(sue.memberships.get(), day, version=1, by=SYSTEM)
    with pytest.raises(
        NotTogether, match="Group chair and Independent scrutineer are not held by one person"
    ):
        services.grant(sue, "chair", "group", "a", day, by=SYSTEM)
    services.grant(sue, "chair", "group", "a", day + dt.timedelta(days=1), by=SYSTEM)
    before = LONG_AGO - dt.timedelta(days=9)
    services.grant(sue, "owner", "group", "a", before, ends_on=LONG_AGO - dt.timedelta(days=1), by=SYSTEM)


def test_a_scope_takes_one_query(django_assert_num_queries) -> None:
    user = member("Cy Chair", "chair", "group", "a")
    services.grant(user, "owner", "agency", "police", today() + dt.timedelta(days=1), by=SYSTEM)
    fresh = User.objects.get(pk=user.pk)
    with django_assert_num_queries(1):
        assert (fresh.scope.group_keys, fresh.scope.agency_keys) == ({"a"}, frozenset())
        assert fresh.actor.role == "Group chair"
    assert (fresh.actor.kind, fresh.actor.id, fresh.actor.label) == ("user", str(user.pk), "Cy Chair")


def test_an_account_that_may_not_sign_in_holds_nothing() -> None:
    user = member("Cy Chair", "chair", "group", "a")
    services.let_sign_in(user, False, version=1, reason="", by=SYSTEM)
    assert User.objects.get(pk=user.pk).scope.held == NOBODY.held
    assert selectors.user_by_email(user.email) is None


def test_people_are_found_by_address_and_by_role() -> None:
    user = member("Cy Chair", "chair", "group", "a")
    member("Di Chair", "chair", "group", "b")
    assert selectors.user_by_email(" CY.chair@wealdshire.example ") == user
    assert selectors.user_by_email("nobody@wealdshire.example") is None
    assert list(selectors.holders("chair", "group", "a", today())) == [user]
    assert list(selectors.holders("chair", "group", "a", dt.date(2019, 1, 1))) == []
    assert User.objects.get_by_natural_key("CY.Chair@Wealdshire.example") == user


def test_the_command_line_acts_as_itself() -> None:
    found = selectors.command_line_user()
    assert (found.actor, found.is_authenticated, found.pk) == (COMMAND_LINE, True, None)


def test_old_failures_are_forgotten() -> None:
    now = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
    for hours in (1, 25):
        SignInFailure.objects.create(account="a", address="b", moment=now - dt.timedelta(hours=hours))
    assert services.forget_old_failures(now) == 1
    assert str(SignInFailure.objects.get()) == "failed sign-in at 2026-11-22 08:00"


@pytest.mark.parametrize(
    ("begin", "end", "left", "holds"),
    [
        (0, None, None, True),
        (0, 0, None, True),
        (1, None, None, False),
        (-2, -1, None, False),
        (0, 0, 60, True),
        (0, 0, 0, False),
    ],
)
def test_a_membership_is_current_from_its_first_day_until_its_last_or_its_moment(
    begin: int, end: int | None, left: int | None, holds: bool
) -> None:
    day, moment = dt.timedelta(days=1), timezone.now()
    Membership.objects.create(
        user=person("Una Unit"),
        role="unit",
        scope_kind="partnership",
        starts_on=today() + begin * day,
        ends_on=None if end is None else today() + end * day,
        until=None if left is None else moment + dt.timedelta(seconds=left),
    )
    assert Membership.objects.filter(is_current(today())).exists() == holds


def test_a_role_that_ended_is_not_prolonged_by_ending_it() -> None:
    user = member("Cy Chair", "chair", "group", "a")
    services.end_membership(user.memberships.get(), LONG_AGO, version=1, by=SYSTEM)
    before = len(types())
    again = services.end_membership(user.memberships.get(), today(), version=2, by=SYSTEM)
    assert (again.ends_on, again.version, len(types())) == (LONG_AGO, 2, before)


class TestWhoseRoleOneCouldNotEnd:
    """Whoever could not end what somebody holds neither closes, reopens nor unlocks their account."""

    @pytest.mark.parametrize("role", ["unit", "data_protection", "scrutineer"])
    def test_an_administrator_leaves_the_account_alone(self, role: str) -> None:
        ada, other = member("Ada Administrator", "administrator"), member("Oli Other", role)
        member("Una Unit", "unit")
        self.refused(ada, other)
        closed = services.let_sign_in(other, False, version=1, reason="", by=SYSTEM)
        with pytest.raises(Refused):
            services.let_sign_in(closed, True, version=2, reason="", by=ada.actor)

    def test_a_role_that_is_to_come_counts(self) -> None:
        ada, other = member("Ada Administrator", "administrator"), person("Oli Other")
        services.grant(other, "scrutineer", "partnership", "", today() + dt.timedelta(days=9), by=SYSTEM)
        self.refused(ada, other)

    def test_whose_role_they_give_and_whose_has_ended_they_may(self) -> None:
        ada, cy = member("Ada Administrator", "administrator"), member("Cy Chair", "chair", "group", "a")
        sue = member("Sue Scrutineer", "scrutineer")
        services.end_membership(sue.memberships.get(), LONG_AGO, version=1, by=SYSTEM)
        for other in (cy, sue):
            assert services.forget_factors(other, by=ada.actor) == 0
            assert not services.let_sign_in(other, False, version=1, reason="", by=ada.actor).is_active

    def refused(self, by: User, other: User) -> None:
        with pytest.raises(Refused):
            services.let_sign_in(other, False, version=1, reason="", by=by.actor)
        with pytest.raises(Refused):
            services.forget_factors(other, by=by.actor)
        with pytest.raises(Refused):
            services.forget_identities(other, "New there", by=by.actor)
