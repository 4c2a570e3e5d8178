"""Every model says how sensitive it is at least, and no row lies below: checks fail before a mistake is served."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.test.utils import isolate_apps

from sightline.access.checks import check_floors
from sightline.documents.models import Document
from sightline.events.choices import HANDLING, Tier
from sightline.events.floors import MACHINERY, at_least, floor_of, tiers_allowed
from sightline.plans.models import ExceptionReport
from tests.restricted.models import CaseNote


def test_every_model_of_sightline_says_its_floor() -> None:
    assert check_floors() == []
    # The list of machinery names apps that are there, so that no misspelt one lets another through.
    assert {app.label for app in apps.get_app_configs()} >= MACHINERY


def model(
    *constraints: models.CheckConstraint, parent: type[models.Model] = models.Model, **said: Any
) -> Any:
    """A model of the restricted app, as an app of child-level records might write it."""
    meta = type("Meta", (), {"app_label": "restricted", "constraints": list(constraints)})
    return type("Kept", (parent,), {"__module__": __name__, "Meta": meta, **said})


def errors_of(found: Any) -> list[tuple[str | None, str]]:
    errors = check_floors([found._meta.apps.get_app_config("restricted")])
    assert {error.obj for error in errors} <= {found}
    return [(error.id, error.msg) for error in errors]


@isolate_apps("tests.restricted")
def test_a_model_that_says_none_fails_and_a_parents_word_is_not_its_own() -> None:
    abstract = type("Meta", (), {"app_label": "restricted", "abstract": True})
    told = type("Told", (models.Model,), {"__module__": __name__, "Meta": abstract, "LOWEST_TIER": Tier.T3})
    silent = model(parent=told)
    assert floor_of(silent) is None
    assert errors_of(silent) == [("access.E004", "The model does not say its lowest tier.")]


@isolate_apps("tests.restricted")
@pytest.mark.parametrize(
    "constraints",
    [
        [],
        [models.CheckConstraint(condition=Q(tier__in=["T2", "T3", "T4"]), name="too_low")],
        [models.CheckConstraint(condition=~Q(tier__in=["T3", "T4"]), name="turned_round")],
        [models.CheckConstraint(condition=Q(tier__in=["T3"]) | Q(pk__gt=0), name="one_of_two")],
    ],
)
def test_a_model_whose_rows_could_lie_below_its_floor_fails(
    constraints: list[models.CheckConstraint],
) -> None:
    loose = model(*constraints, LOWEST_TIER=Tier.T3, tier=models.CharField(max_length=2))
    assert errors_of(loose) == [("access.E005", "A row could lie below T3.")]


@isolate_apps("tests.restricted")
def test_a_model_that_is_held_to_its_floor_passes() -> None:
    held = model(at_least(Tier.T3, "held"), LOWEST_TIER=Tier.T3, tier=models.CharField(max_length=2))
    assert tiers_allowed(held) == {"T3", "T4"}
    assert errors_of(held) == []


@pytest.mark.django_db
@pytest.mark.parametrize("tier", ["T0", "T1", "T2", "T3", "", "T9"])
def test_the_database_refuses_a_row_below_the_floor(tier: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseNote.objects.create(title="A case", tier=tier)


def test_reports_and_stored_files_have_tiers_they_may_have() -> None:
    assert tiers_allowed(ExceptionReport) == {"T1", "T2"}
    assert tiers_allowed(Document) == set(Tier)


def test_only_what_is_restricted_says_how_it_is_handled() -> None:
    assert [tier.handling for tier in Tier] == ["", "", "", "", HANDLING]
