"""Addresses that name a past day say `as_at`, as every page does now, where they had said `on`."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db import migrations
from django.db.models import Q

PAGES = Q(address__startswith="/actions/?") | Q(address__startswith="/dashboard/")


def name_past_days(apps: Any, schema_editor: Any) -> None:
    """Rename the answer `on` of saved lists of actions and dashboards."""
    views = apps.get_model("saved", "SavedView").objects
    for view in views.filter(PAGES, address__contains="on="):
        parts = urlsplit(view.address)
        answers = [("as_at" if name == "on" else name, value) for name, value in parse_qsl(parts.query)]
        address = f"{parts.path}?{urlencode(answers)}"
        if address != view.address:
            views.filter(pk=view.pk).update(address=address)


class Migration(migrations.Migration):
    dependencies = [("saved", "0001_saved_views")]

    operations = [migrations.RunPython(name_past_days, migrations.RunPython.noop)]
