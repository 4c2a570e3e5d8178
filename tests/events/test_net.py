"""The net under accounts and memberships: what a deed tells of is accounted for, and nothing else."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.test import Client

from sightline.access import services
from sightline.access.models import Membership, User
from sightline.events import net
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry, RowAccount, RowChange
from sightline.events.services import record, seal, verify
from tests.access.people import PASSWORD, member, person
from tests.events.kinds import Kind
from tests.events.tampering import tamper

# Each deed is a transaction of its own, as in real life.
pytestmark = pytest.mark.django_db(transaction=True)


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def told() -> list[str]:
    return [found.detail for found in verify().broken]


def test_everything_that_services_do_is_accounted_for(client: Client) -> None:
    una = member("Una Unit", "unit", password=PASSWORD)
    other = member("Ola Owner", "owner", "agency", "police")
    services.let_sign_in(other, False, version=1, reason="", by=una.actor)
    held = Membership.objects.get(user=other)
    services.end_membership(held, dt.date(2026, 1, 1), version=1, by=una.actor)
    services.set_password(una, "another battery horse", by=SYSTEM)
    client.post("/sign-in/", {"email": una.email, "password": "another battery horse"})
    changes = RowChange.objects.order_by("pk")
    assert [(change.operation, change.table, change.named.strip()) for change in changes] == [
        ("insert", "access_user", ""),
        ("insert", "access_membership", ""),
        ("insert", "access_user", ""),
        ("insert", "access_membership", ""),
        ("update", "access_user", ""),
        ("update", "access_membership", ""),
        ("update", "access_user", "password"),
    ]
    assert verify().is_sound
    assert RowAccount.objects.count() == 0
    seal(dt.datetime.now(dt.UTC))
    assert RowAccount.objects.count() == 7
    assert verify().is_sound
    noted = "".join(change.before + change.after for change in changes)
    assert not any(word in noted for word in ("Una", "Oak", "wealdshire", "$"))


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE access_membership SET role = 'unit'", "update of access_membership"),
        ("UPDATE access_user SET is_active = NOT is_active", "update of access_user"),
        ("UPDATE access_user SET email = 'x@wealdshire.example'", "email"),
        ("UPDATE access_user SET password = 'x'", "password"),
        ("DELETE FROM access_membership", "delete of access_membership"),
        (
            "INSERT INTO access_membership (user_id, role, scope_kind, scope_key, starts_on, version) "
            "SELECT id, 'unit', 'partnership', '', '2020-01-01', 1 FROM access_user",
            "insert of access_membership",
        ),
    ],
)
def test_a_change_behind_the_applications_back_is_told(sql: str, words: str) -> None:
    member("Ola Owner", "owner", "agency", "police")
    assert told() == []
    raw(sql)
    (found,) = told()
    assert words in found
    # What a deed does to the same row afterwards excuses nothing.
    user = User.objects.get()
    services.set_password(user, PASSWORD, by=SYSTEM)
    assert told() == [found]
    seal(dt.datetime.now(dt.UTC))
    assert told() == [found]


def test_what_nobody_may_see_changed_is_no_change() -> None:
    member("Ola Owner", "owner", "agency", "police")
    raw("UPDATE access_user SET last_login = NULL, email = email, version = version + 1")
    assert told() == []


def test_a_deed_that_tells_of_another_record_accounts_for_nothing() -> None:
    user, other = person("Una Unit"), person("Ola Owner")

    @services.accounts.deed
    def sly() -> None:
        User.objects.filter(pk=user.pk).update(is_active=False)
        record(Kind.PLAIN, by=SYSTEM, subject=other)

    sly()
    assert len(told()) == 1


def test_an_entry_outside_a_deed_accounts_for_nothing() -> None:
    user = person("Una Unit")
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False)
        record(Kind.PLAIN, by=SYSTEM, subject=user)
    assert len(told()) == 1


def test_the_net_itself_cannot_be_changed_unseen() -> None:
    person("Una Unit")
    seal(dt.datetime.now(dt.UTC))
    for table in ("events_rowchange", "events_rowaccount"):
        with pytest.raises(IntegrityError, match="insert-only"):
            raw(f"DELETE FROM {table}")  # noqa: S608 - our own words
    raw("UPDATE access_user SET is_active = NOT is_active")
    change = RowChange.objects.latest("pk")
    entry = Entry.objects.get()
    RowAccount.objects.create(change=change, entry=entry, digest=entry.digest, mac="x" * 64)
    assert len(told()) == 1
    tamper("DELETE FROM events_rowchange WHERE operation = 'insert'")
    assert {found.kind.value for found in verify().broken} == {
        "row changed without an entry",
        "note of a change gone",
    }


def test_another_program_cannot_write_to_these_tables_on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL numbers its transactions, whoever begins them")
    person("Una Unit")
    script = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('UPDATE access_user SET is_active = 0')"
    )
    database = str(Path(connection.settings_dict["NAME"]))
    done = subprocess.run(
        [sys.executable, "-c", script, database], capture_output=True, text=True, check=False
    )
    assert "no such function: sightline_deed" in done.stderr


def test_a_password_kept_with_less_strength_is_renewed_by_signing_in(client: Client, settings) -> None:
    user = person("Una Unit")
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    old = make_password(PASSWORD, hasher="md5")
    services.set_password(user, PASSWORD, by=SYSTEM)
    User.objects.filter(pk=user.pk).update(password=old)
    assert user.check_password(PASSWORD)
    assert User.objects.get().password == old or User.objects.get().password.startswith("md5")
    client.post("/sign-in/", {"email": user.email, "password": PASSWORD})
    assert User.objects.get().password.startswith("pbkdf2")
    assert Entry.objects.filter(type="access.password_renewed").count() == 1


def test_each_database_gets_its_own_net() -> None:
    sqlite = list(net.triggers("sqlite"))
    postgres = list(net.triggers("postgresql"))
    assert (len(sqlite), len(postgres)) == (3 * len(net.covered()), 2 * len(net.covered()))
    assert "TRUNCATE" in postgres[1][2]
