"""Imports: who sees them, their rows as corrected, and what a new version of a document would do to its plan."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.plans.choices import IN_THE_PLAN
from sightline.plans.models import Import, ImportedRow, Plan
from sightline.plans.rules import importing
from sightline.plans.rules.matching import LiveRow
from sightline.plans.rules.merging import Merge, Side, merge
from sightline.plans.selectors.printed import PrintedRow, printed_rows
from sightline.plans.selectors.visible import plans_visible_to, sources_visible_to
from sightline.reading.schema import Reading, RowRead

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

ANSWER = "row:"


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The rows of an import by their place on paper: as read, as corrected, and those a person set aside."""

    reading: Reading
    read: Mapping[int, RowRead]
    kept: Mapping[int, RowRead]
    set_aside: frozenset[int]


def imports_visible_to(user: Reader) -> QuerySet[Import]:
    """Imports this person may look at: into plans and sources they read; and what is neither yet."""
    if not scope_of(user).holds(Permission.PLANS_VIEW):
        return Import.objects.none()
    seen = Q(plan__isnull=True) | Q(plan__in=plans_visible_to(user))
    of_source = Q(source__isnull=True) | Q(source__in=sources_visible_to(user))
    # A paper that names a plan its reader may not know of is as closed as that plan.
    named = Plan.objects.exclude(pk__in=plans_visible_to(user).order_by().values("pk"))
    hidden = named.filter(Q(name__iexact=OuterRef("plan_name")) | Q(key=OuterRef("plan_name")))
    found = Import.objects.filter(seen, of_source).exclude(Q(plan=None) & Exists(hidden))
    return found.select_related("plan", "group", "source", "follows")


def get_import(user: Reader, pk: int) -> Import:
    """One import. Raises Import.DoesNotExist where it is not there or not for this person."""
    return imports_visible_to(user).get(pk=pk)


def reading_of(upload: Import) -> Reading:
    """What was read; an empty reading before the job has run."""
    return Reading.from_json(upload.reading) if upload.reading else Reading()


def rows_of(upload: Import) -> ReadRows:
    """The rows with every correction applied."""
    reading = reading_of(upload)
    read = dict(enumerate(reading.rows))
    changes = {int(index): cells for index, cells in upload.corrections.items()}
    legend = reading.document.legend
    corrected = {i: importing.corrected(row, changes.get(i, {}), legend) for i, row in read.items()}
    aside = frozenset(index for index, cells in changes.items() if importing.is_set_aside(cells))
    return ReadRows(reading, read, {i: row for i, row in corrected.items() if i not in aside}, aside)


def plan_meant(upload: Import) -> Plan | None:
    """The plan an import goes into: the one chosen, or one whose name or key was typed; None starts a new one."""
    if upload.plan_id or not upload.plan_name:
        return upload.plan
    named = Q(name__iexact=upload.plan_name.strip()) | Q(key=upload.plan_name.strip())
    return Plan.objects.filter(named).order_by("pk").first()


def plan_named(user: Reader, name: str) -> Plan | None:
    """The plan of this key or name that the person may read; None where there is none."""
    named = Q(key=name.strip()) | Q(name__iexact=name.strip())
    return plans_visible_to(user).filter(named).order_by("pk").first()


def last_import_of(plan: Plan) -> Import | None:
    """The last confirmed import of a plan: what a new version of its document is compared with."""
    confirmed = Import.objects.filter(plan=plan, state__in=IN_THE_PLAN)
    return confirmed.order_by("-confirmed_at", "-pk").first()


def merge_of(upload: Import, plan: Plan, rows: Mapping[int, RowRead]) -> Merge:
    """What the document proposes for the plan as it stands now, with what was decided about rows and cells."""
    return merge(live_rows(plan), importing.paper_rows(rows), answers_of(upload), choices_of(upload))


def live_rows(plan: Plan) -> list[LiveRow]:
    """The plan's actions as the merge compares them, each with its cells as last confirmed from paper."""
    bases = _bases(plan)
    return [_live(row, bases.get(row.action_id)) for row in printed_rows(plan)]


def _bases(plan: Plan) -> dict[int, ImportedRow]:
    """The last confirmed row of each action."""
    confirmed = ImportedRow.objects.filter(
        import_of__plan=plan, import_of__state__in=IN_THE_PLAN, action__isnull=False
    )
    ordered = confirmed.order_by("import_of__confirmed_at", "import_of_id", "index")
    return {row.action_id: row for row in ordered if row.action_id is not None}


def _live(row: PrintedRow, base: ImportedRow | None) -> LiveRow:
    kept = base.confirmed if base else {}
    return LiveRow(
        key=row.reference,
        cells=row.cells,
        numbers=frozenset(row.numbers),
        words=row.cells["action"],
        base=kept.get("cells") if base else None,
        base_numbers=frozenset(kept.get("numbers", ())),
        base_words=kept.get("cells", {}).get("action", ""),
        gone=row.gone_on is not None,
    )


def answers_of(upload: Import) -> dict[int, str]:
    """Which action each asked row is, as decided so far; an empty reference means a new action."""
    decided = upload.choices.items()
    return {int(key.removeprefix(ANSWER)): value for key, value in decided if key.startswith(ANSWER)}


def choices_of(upload: Import) -> dict[tuple[str, str], Side]:
    """Whose words stand, by action and cell, as decided so far."""
    decided = (
        (key.partition("/"), value) for key, value in upload.choices.items() if not key.startswith(ANSWER)
    )
    return {(reference, cell): Side(value) for (reference, _, cell), value in decided}


def fingerprint(found: Merge | None) -> str:
    """A mark of what confirming would do, so that nobody confirms what has changed since they looked."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]
