"""Taking the name of somebody whose account is anonymised from beside what they did."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from sightline.events.disposing import FORMER_MEMBER

LABEL = "_by_label"


@transaction.atomic(savepoint=False)
def forget_in(models: Iterable[type[Model]], user_id: int, name: str) -> int:
    """Replace the name in every `…_by_label` of these models by a former member's; returns how many rows.

    Where the account stands beside the name, by the account; else by the name itself, which is empty where somebody
    else bears it too: then it stays.
    """
    done = 0
    for model in models:
        fields = {field.name for field in model._meta.concrete_fields}
        for label in sorted(field for field in fields if field.endswith(LABEL)):
            person = label.removesuffix("_label")
            if person not in fields and not name:
                continue
            asked = {f"{person}_id": user_id} if person in fields else {label: name}
            rows = model._base_manager.filter(**asked).exclude(**{label: FORMER_MEMBER})
            done += rows.update(**{label: FORMER_MEMBER})
    return done
