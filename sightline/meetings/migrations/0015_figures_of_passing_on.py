from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import migrations, models


def count_told(apps: Any, schema_editor: Any) -> None:
    """How often it was told, and checked in samples, how each meeting was passed on."""
    found: Counter[int] = Counter()
    for model, way in (("PassedOn", "meeting"), ("PassedOnCheck", "passed_on__meeting")):
        found.update(apps.get_model("meetings", model).objects.order_by().values_list(way, flat=True))
    for meeting, number in found.items():
        apps.get_model("meetings", "Meeting").objects.filter(pk=meeting).update(current_told=number)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0014_public_minutes")]

    operations = [
        migrations.AddField(
            model_name="countedyear", name="cascade", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="meeting", name="current_told", field=models.PositiveIntegerField(default=0)
        ),
        migrations.RunPython(count_told, migrations.RunPython.noop),
    ]
