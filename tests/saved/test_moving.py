"""Saved addresses follow where a page's answers got another name."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from sightline.saved.models import SavedView
from tests.plans.making import make_user

name_past_days = import_module("sightline.saved.migrations.0002_past_days").name_past_days


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kept", "now"),
    [
        ("/actions/?on=2026-03-31&state=open", "/actions/?as_at=2026-03-31&state=open"),
        ("/dashboard/plans/early-help/?on=2026-03-31", "/dashboard/plans/early-help/?as_at=2026-03-31"),
        ("/actions/?as_at=2026-03-31", "/actions/?as_at=2026-03-31"),
        ("/actions/?action=1&words=on%3D5", "/actions/?action=1&words=on%3D5"),
        ("/plans/?on=2026-03-31", "/plans/?on=2026-03-31"),
    ],
)
def test_a_past_day_is_found_under_its_new_name(kept: str, now: str) -> None:
    view = SavedView.objects.create(
        owner=make_user("unit"), name="Then", address=kept, saved_at=timezone.now()
    )
    name_past_days(apps, connection.schema_editor())
    view.refresh_from_db()
    assert view.address == now
