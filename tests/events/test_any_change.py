"""Whatever column of whatever row of the journal is changed behind the application's back, it is found and located."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sightline.access.services import create_user, let_sign_in
from sightline.events.choices import SYSTEM
from sightline.events.models import Checkpoint, Entry, PersonalValue, RowAccount, RowChange, Seal, SealedEntry
from sightline.events.services import Break, make_checkpoint, record, seal, verify
from tests.events.kinds import Kind
from tests.events.tampering import tamper

pytestmark = pytest.mark.django_db
NOW = dt.datetime.now(dt.UTC)
MODELS: list[type[models.Model]] = [
    Entry,
    PersonalValue,
    Seal,
    SealedEntry,
    Checkpoint,
    RowChange,
    RowAccount,
]
# Numbers that only the database itself uses, and that say nothing.
OWN_NUMBERS = {(PersonalValue, "id"), (SealedEntry, "id"), (RowAccount, "id"), (Entry, "deed")}


@pytest.fixture
def journal() -> None:
    """Three seals, a checkpoint, personal values, changes under the net, and entries that are not sealed yet."""
    user = create_user("una@wealdshire.example", "Una Unit", by=SYSTEM)
    for number in range(3):
        record(
            Kind.ABOUT_PEOPLE, by=SYSTEM, before={"n": 1}, after={"n": number, "name": "Bea"}, reason="Why"
        )
        seal(NOW)
    make_checkpoint(by=SYSTEM, now=NOW)
    let_sign_in(user, False, version=1, reason="", by=user.actor)
    seal(NOW)
    record(Kind.PLAIN, by=user.actor, subject=user, reason="Not sealed yet")
    assert verify().is_sound


def other(value: Any, field: models.Field[Any, Any]) -> Any:
    """Another value that the column takes."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value + dt.timedelta(milliseconds=1))
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value + dt.timedelta(days=1))
    if isinstance(value, int) or (
        value is None and not isinstance(field, models.CharField | models.TextField)
    ):
        return (value or 0) + 1
    text = str(value or "")
    return f"{text[:-1]}~" if text else "~"


def is_unsealed(row: Any) -> bool:
    """Whether the row is an entry that no seal holds yet."""
    return isinstance(row, Entry) and not SealedEntry.objects.filter(entry_id=row.pk).exists()


def places(row: Any) -> set[tuple[str, object]]:
    """Where a break may say it is: at the entry, the seal, the checkpoint or the change that the row belongs to."""
    named = {
        "entry": {row.pk} if isinstance(row, Entry) else {getattr(row, "entry_id", None)},
        "seal": {getattr(row, "sequence", None), getattr(row, "seal_id", None)},
    }
    if isinstance(row, Entry):
        named["seal"] = set(SealedEntry.objects.filter(entry_id=row.pk).values_list("seal_id", flat=True))
    if isinstance(row, Checkpoint):
        named["seal"] = {row.seal}
    return {(kind, number) for kind, numbers in named.items() for number in numbers if number is not None}


def is_located(found: list[Break], row: Any) -> bool:
    """Whether one of the breaks says where."""
    told = {("entry", one.entry) for one in found} | {("seal", one.seal) for one in found}
    by_words = isinstance(row, Checkpoint | RowChange | RowAccount) and any(one.detail for one in found)
    return bool(told & places(row)) or by_words


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_any_row_is_found_and_located(journal: None, data: st.DataObject) -> None:
    model = data.draw(st.sampled_from(MODELS))
    fields = [field for field in model._meta.concrete_fields if (model, field.attname) not in OWN_NUMBERS]
    field = data.draw(st.sampled_from(fields))
    row = data.draw(st.sampled_from(list(model._default_manager.order_by("pk"))))
    # Before it is sealed, what is bound is all that an entry says, not its number.
    assume(not (is_unsealed(row) and field.primary_key))
    value = other(getattr(row, field.attname), field)
    key, table = model._meta.pk.column, model._meta.db_table  # type: ignore[union-attr]
    with transaction.atomic():
        try:
            with transaction.atomic():
                tamper(f'UPDATE {table} SET "{field.column}" = %s WHERE "{key}" = %s', [value, row.pk])  # noqa: S608
        except IntegrityError:
            assume(False)
        result = verify()
        transaction.set_rollback(True)
    assert not result.is_sound, f"{table}.{field.column} of {row.pk}"
    assert is_located(result.broken, row), f"{table}.{field.column}: {[str(one) for one in result.broken]}"


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_row_taken_away_is_found(journal: None, data: st.DataObject) -> None:
    model = data.draw(st.sampled_from(MODELS))
    row = data.draw(st.sampled_from(list(model._default_manager.order_by("pk"))))
    # The newest entry of all, not sealed yet, leaves no trace: sealing every minute is what closes that door.
    assume(not is_unsealed(row))
    key, table = model._meta.pk.column, model._meta.db_table  # type: ignore[union-attr]
    with transaction.atomic():
        if isinstance(row, Entry):
            tamper("DELETE FROM events_personalvalue WHERE entry_id = %s", [row.pk])
        tamper(f'DELETE FROM {table} WHERE "{key}" = %s', [row.pk])  # noqa: S608
        result = verify()
        transaction.set_rollback(True)
    assert not result.is_sound, f"{table} {row.pk}"
