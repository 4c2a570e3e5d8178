"""Print what the database holds, as JSON: run after a kill, as `python -m tests.resilience.state [HEAD]`."""

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from sightline.events.entries import declaration_of  # noqa: E402
from sightline.events.models import Entry  # noqa: E402
from sightline.events.services import seal, verify  # noqa: E402
from sightline.plans.choices import ImportState  # noqa: E402
from sightline.plans.entries import PlanEntry  # noqa: E402
from sightline.plans.models import Action, Import, ImportedRow, Plan, Update  # noqa: E402


def entries(kind: PlanEntry) -> int:
    """How many entries of the type the journal holds."""
    return Entry.objects.filter(type=declaration_of(kind).name).count()


def imports() -> list[dict[str, object]]:
    """Each import with what it brought into being."""
    return [
        {
            "plan": one.plan_name,
            "state": one.state,
            "actions": Action.objects.filter(import_of=one).count(),
            "rows": ImportedRow.objects.filter(import_of=one, action__isnull=False).count(),
        }
        for one in Import.objects.order_by("pk")
    ]


def sound() -> list[str]:
    """What SQLite finds wrong with its own file; nothing on PostgreSQL."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        return [word for word in found if word != "ok"] + [str(row) for row in cursor.fetchall()]


head = sys.argv[1] if len(sys.argv) > 1 else ""
checked = verify(head=head or None)
while seal(timezone.now()):
    pass
sys.stdout.write(
    json.dumps(
        {
            "damage": sound(),
            "broken": [str(one) for one in checked.broken],
            "rolled_back": checked.rolled_back,
            "head": verify().head,
            "imports": imports(),
            "confirmed": ImportState.CONFIRMED,
            "plans": sorted(Plan.objects.values_list("name", flat=True)),
            "updates": sorted(Update.objects.values_list("text", flat=True)),
            "update_entries": entries(PlanEntry.UPDATE_RECORDED),
            "confirmed_entries": entries(PlanEntry.IMPORT_CONFIRMED),
        }
    )
)
