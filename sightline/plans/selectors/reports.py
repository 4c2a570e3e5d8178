"""Reports as somebody may read them: the frozen rows, without those that person may not see.

A report holds every exception there was. Whoever serves the whole partnership reads it as issued; anybody else reads
the rows of actions they may read today, and is told how many are left out, and nothing else of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sightline.events.choices import Tier
from sightline.partners.models import Group
from sightline.plans.choices import ExceptionKind, ReportState
from sightline.plans.models import Action, ExceptionReport, Plan
from sightline.plans.permissions import reads_all_tiers
from sightline.plans.rules import addresses
from sightline.plans.rules.became import ELSEWHERE, GONE, PLAN_ENDED, became
from sightline.plans.rules.exceptions import exceptions
from sightline.plans.rules.history import Moment
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.exceptions import ExceptionRow, ended_plans, looked_at, rows_and_number
from sightline.plans.selectors.history import facts_of
from sightline.plans.selectors.visible import actions_visible_to, sources_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

# SQLite counts the marks in a statement.
MOST_ASKED = 20_000


@dataclass(frozen=True, slots=True)
class ReportRead:
    """A report as one person reads it. `former` are the rows of the last issued one; `left_out` counts both lists'."""

    report: ExceptionReport
    rows: tuple[ExceptionRow, ...]
    resolved: tuple[ExceptionRow, ...]
    former: tuple[ExceptionRow, ...]
    left_out: int

    @property
    def tier(self) -> Tier:
        """As sensitive as the most sensitive row that is shown."""
        return highest(row.tier for row in (*self.rows, *self.resolved))


def read_report(user: Reader, report: ExceptionReport) -> ReportRead:
    """The report as this person reads it, today's permissions deciding; four queries at most."""
    rows, resolved = _rows(report.rows), _rows(report.resolved)
    former = _rows(report.previous.rows) if report.previous else []
    if reads_all_tiers(user):
        return ReportRead(report, tuple(rows), tuple(resolved), tuple(former), 0)
    readable = _readable(user, {row.reference for row in (*rows, *resolved, *former)})
    shown, gone, before = (_only(part, *readable) for part in (rows, resolved, former))
    left_out = len(rows) + len(resolved) - len(shown) - len(gone)
    return ReportRead(report, shown, gone, before, left_out)


def _rows(data: Iterable[Mapping[str, Any]]) -> list[ExceptionRow]:
    return [ExceptionRow.from_json(row) for row in data]


def _readable(user: Reader, references: set[str]) -> tuple[set[str], set[str]]:
    """Which of these actions the person may read, and the addresses of all sources they may read."""
    asked = sorted(references)
    actions: set[str] = set()
    for start in range(0, len(asked), MOST_ASKED):
        found = actions_visible_to(user).filter(reference__in=asked[start : start + MOST_ASKED])
        actions.update(found.order_by().values_list("reference", flat=True))
    return actions, {
        addresses.of_source(key) for key in sources_visible_to(user).values_list("key", flat=True)
    }


def _only(rows: Sequence[ExceptionRow], actions: set[str], sources: set[str]) -> tuple[ExceptionRow, ...]:
    return tuple(
        replace(row, sources=tuple(link for link in row.sources if not link.href or link.href in sources))
        for row in rows
        if row.reference in actions
    )


def made(group: Group | None, plan: Plan | None, moment: Moment) -> tuple[list[ExceptionRow], int]:
    """Every exception there is for a group or plan as at a day, and how many actions were looked at."""
    every_action = Action.objects.select_related("plan__group", "priority")
    actions = looked_at(every_action, group, moment, plan)
    return rows_and_number(actions, moment)


def last_issued(
    group: Group | None, plan: Plan | None, before: ExceptionReport | None = None
) -> ExceptionReport | None:
    """The last report issued for this group and plan: what "since the last report" means (`design.md` 4a)."""
    issued = ExceptionReport.objects.filter(group=group, plan=plan, state=ReportState.ISSUED)
    if before:
        issued = issued.exclude(pk=before.pk)
    return issued.order_by("issued_at", "pk").last()


def since(
    rows: Sequence[ExceptionRow], previous: ExceptionReport | None
) -> tuple[list[ExceptionRow], list[ExceptionRow]]:
    """The rows with what is new and what is gone marked, and the former rows that are exceptions no more.

    Nothing is new at first.
    """
    if previous is None:
        return list(rows), []
    former = {row.reference: row for row in _rows(previous.rows)}
    marked = [_marked(row, former.get(row.reference)) for row in rows]
    now = {row.reference for row in rows}
    # What they were new, gone or become for is said of the last report, not of this one.
    left = [replace(row, new_kinds=(), gone_kinds=(), became="") for row in former.values()]
    return marked, [row for row in left if row.reference not in now]


def _marked(row: ExceptionRow, former: ExceptionRow | None) -> ExceptionRow:
    known = former.kinds if former else ()
    return replace(
        row,
        new_kinds=tuple(kind for kind in row.kinds if kind not in known),
        gone_kinds=tuple(kind for kind in known if kind not in row.kinds),
    )


def with_what_became(resolved: Sequence[ExceptionRow], moment: Moment) -> list[ExceptionRow]:
    """The former rows, each with what became of it by the day; where there are none nothing is asked."""
    if not resolved:
        return []
    actions = {
        a.reference: a for a in Action.objects.filter(reference__in=[row.reference for row in resolved])
    }
    facts, ended = facts_of(actions.values(), moment.on, moment.known_by), set(ended_plans(moment))
    told = []
    for row in resolved:
        action = actions.get(row.reference)
        if action is None:
            sentence = GONE
        elif action.plan_id in ended:
            sentence = PLAN_ENDED
        elif exceptions(facts[action.pk], moment.on):
            sentence = ELSEWHERE
        else:
            sentence = became(facts[action.pk], row.kinds)
        told.append(replace(row, became=sentence))
    return told


def counts_of(rows: Iterable[ExceptionRow], looked_at: int, resolved: int = 0) -> dict[str, Any]:
    """The figures over a report: actions looked at, exceptions, each kind, new since the last issued, resolved."""
    listed = list(rows)
    return {
        "looked_at": looked_at,
        "exceptions": len(listed),
        "kinds": {kind.value: sum(kind in row.kinds for row in listed) for kind in ExceptionKind},
        "new": sum(bool(row.new_kinds) for row in listed),
        "resolved": resolved,
    }
