"""Taking the name of somebody whose account is anonymised from beside what they did, and from what is told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from sightline.events.canonical import canonical_json
from sightline.events.disposing import FORMER_MEMBER, Doing
from sightline.events.models import Entry, PersonalValue
from sightline.events.services.shredding import shred

LABEL = "by_label"


@transaction.atomic(savepoint=False)
def forget_in(
    models: Iterable[type[Model]], user_id: int, name: str, also: Mapping[str, str] | None = None
) -> int:
    """Replace the name in every `by_label` and `…_by_label` of these models by a former member's; returns how many.

    Where the account stands beside the name, by the account; else by the name itself, which is empty where somebody
    else bears it too: then it stays. `also`: columns of names called otherwise, each with that of the account, or "";
    in them a name that was typed without an account goes by the name.
    """
    done, called = 0, also or {}
    for model in models:
        fields = {field.name for field in model._meta.concrete_fields}
        for label in sorted(field for field in fields if field.endswith(LABEL) or field in called):
            person = called.get(label, label.removesuffix("_label"))
            if person not in fields and not name:
                continue
            asked = Q(**{person: user_id}) if person in fields else Q(**{label: name})
            if label in called and person in fields and name:
                asked |= Q(**{person: None, label: name})
            rows = model._base_manager.filter(asked).exclude(**{label: FORMER_MEMBER})
            done += rows.update(**{label: FORMER_MEMBER})
    return done


def shred_named(app_label: str, name: str, doing: Doing, fields: Collection[str] = ()) -> int:
    """Shred the personal values that are this very name: of the entries about one app's records (of all, where it is
    empty), and of these fields, where any are given.

    Returns how many entries. Nothing is done for an empty name, which somebody else bears too.
    """
    values = (
        PersonalValue.objects.filter(value=canonical_json(name)) if name else PersonalValue.objects.none()
    )
    values = values.filter(entry__subject_app=app_label) if app_label else values
    values = values.filter(field__in=list(fields)) if fields else values
    found: dict[Entry, list[str]] = {}
    for value in values.select_related("entry").order_by("entry_id"):
        found.setdefault(value.entry, []).append(value.field)
    return sum(
        bool(shred(entry, by=doing.by, reason=doing.reason, only=only)) for entry, only in found.items()
    )


def shred_about(rows: QuerySet[Any], doing: Doing, only: Collection[str] = ()) -> int:
    """Shred the personal values of the journal's entries about these records. `only`: these values alone. Returns how
    many entries.
    """
    about = Entry.objects.filter(
        subject_app=rows.model._meta.app_label,
        subject_model=rows.model._meta.model_name,
        subject_id__in=[str(number) for number in rows.values_list("pk", flat=True)],
        personal_values__isnull=False,
    )
    return sum(bool(shred(entry, by=doing.by, reason=doing.reason, only=only)) for entry in about.distinct())
