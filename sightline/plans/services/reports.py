"""Writing exception reports: a draft is made anew as often as wanted; issuing freezes what was looked at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from sightline.access.choices import Permission
from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import deed, record
from sightline.events.services.keeping import not_ahead
from sightline.messages.services import tell_news
from sightline.partners.models import Group
from sightline.plans.choices import ReportState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, ExceptionReport, Plan, ReportedAction
from sightline.plans.rules.history import Moment
from sightline.plans.rules.owners import listed
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.reports import counts_of, last_issued, made, since, with_what_became
from sightline.plans.services.keeping import stamp
from sightline.screens.words import count, joined
from sightline.search.services import keep_words

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class LineChanged:
    """A line of a draft that would read otherwise if the draft were made anew: "new", "changed" or "gone"."""

    reference: str
    label: str
    text: str
    what: str


class DraftIsOld(StaleRecord):
    """What the draft says is no longer what would be said now; `lines` are those that differ."""

    def __init__(self, lines: list[LineChanged]) -> None:
        self.lines = lines
        number = {what: sum(line.what == what for line in lines) for what in ("new", "changed", "gone")}
        words = {"new": "new", "changed": "different", "gone": "gone"}
        told = [f"{count(n, 'line is', 'lines are')} {words[what]}" for what, n in number.items() if n]
        said = joined(told) or "the figures are different"
        super().__init__(f"Since this draft was made, {said}. Nothing was issued.")


@deed
def draft_exception_report(
    group: Group | None, *, as_at: date, plan: Plan | None = None, by: Actor, now: datetime
) -> ExceptionReport:
    """Draft the report of a group, or of the partnership (no group), as at a day; a standing draft is redone.

    The report holds every exception there is; who reads it reads what they may. Raises Unacceptable for a day ahead.
    """
    not_ahead(as_at, now)
    standing = ExceptionReport.objects.select_for_update(of=("self",)).filter(
        group=group, plan=plan, as_at=as_at, state=ReportState.DRAFT
    )
    report = standing.first() or ExceptionReport(group=group, plan=plan, as_at=as_at)
    for column, value in stamp(by, now).items():
        setattr(report, column, value)
    _fill(report)
    report.save()
    record(PlanEntry.REPORT_DRAFTED, by=by, subject=report, after=_told(report), tier=highest([report.tier]))
    keep_words(report)
    return report


@deed
def issue_exception_report(
    report: ExceptionReport, *, seen: str = "", as_drafted: bool = False, by: Actor, now: datetime
) -> ExceptionReport:
    """Issue a draft: what was looked at is what is issued, and never changes.

    `seen` is the fingerprint of the draft that somebody looked at. Raises StaleRecord where it was issued already or
    another draft stands by now, and DraftIsOld where the plan has moved on since, unless the person has been told and
    wants it issued `as_drafted`.
    """
    held = ExceptionReport.objects.select_for_update(of=("self",)).select_related("group", "plan__group")
    live = held.get(pk=report.pk)
    if live.state == ReportState.ISSUED:
        raise StaleRecord("This report has been issued already. What was issued stands.")
    if seen and seen != fingerprint(live):
        raise StaleRecord(
            "Somebody made this draft anew after you opened it. Nothing was issued: look at it again first."
        )
    if not as_drafted and (lines := _lines_changed(live)) is not None:
        raise DraftIsOld(lines)
    live.state, live.issued_at, live.issued_by_label = ReportState.ISSUED, now, by.label[:200]
    live.save()
    note_reported(live)
    tier = highest([live.tier])
    record(PlanEntry.REPORT_ISSUED, by=by, subject=live, after=_told(live), tier=tier)
    url = reverse("plans:report", args=[live.pk])
    # Not every member of the group opens reports.
    heard = [f"group:{live.group.key}/{Permission.REPORT_RUN}"] if live.group else []
    tell_news(heard, "report_issued", str(live), url, tier=tier, by=by, now=now)
    return live


def fingerprint(report: ExceptionReport) -> str:
    """A mark of all that the draft says: the same mark means the same rows and counts."""
    said = json.dumps([report.rows, report.resolved, report.counts, report.previous_id], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@deed
def note_report(report: ExceptionReport, format: str, *, by: Actor) -> None:
    """Journal that somebody took a report away: in which format."""
    record(
        PlanEntry.REPORT_PRINTED,
        by=by,
        subject=report,
        after=_told(report) | {"format": format},
        tier=highest([report.tier]),
    )


def note_reported(report: ExceptionReport) -> None:
    """Keep which actions an issued report speaks of, so that each action leads back to its reports."""
    kinds = {row["reference"]: listed(row["kinds"]) for row in report.rows}
    named = Action.objects.filter(reference__in=kinds).values_list("pk", "reference")
    ReportedAction.objects.bulk_create(
        [ReportedAction(report=report, action_id=pk, kinds=kinds[reference]) for pk, reference in named],
        batch_size=500,
    )


def _fill(report: ExceptionReport) -> None:
    report.previous = last_issued(report.group, report.plan, before=report if report.pk else None)
    moment = Moment(report.as_at)
    found, looked_at = made(report.group, report.plan, moment)
    rows, gone = since(found, report.previous)
    resolved = with_what_became(gone, moment)
    report.rows = [row.as_json() for row in rows]
    report.resolved = [row.as_json() for row in resolved]
    report.counts = counts_of(rows, looked_at, len(resolved))
    report.tier = highest(row.tier for row in (*rows, *resolved))


def _lines_changed(draft: ExceptionReport) -> list[LineChanged] | None:
    """The lines that would read otherwise if the draft were made now; None where nothing would."""
    anew = copy(draft)
    _fill(anew)
    # As the database keeps them: what was never written and what was read back compare alike.
    now, before = (json.loads(json.dumps([r.rows, r.resolved, r.counts])) for r in (anew, draft))
    if now == before:
        return None
    return [*_differing(now[0] + now[1], before[0] + before[1])]


def _differing(now: Rows, before: Rows) -> Iterable[LineChanged]:
    new, old = ({row["reference"]: row for row in rows} for rows in (now, before))
    for reference, row in {**old, **new}.items():
        if reference not in old:
            yield _line(row, "new")
        elif reference not in new:
            yield _line(row, "gone")
        elif row != old[reference]:
            yield _line(row, "changed")


def _line(row: Mapping[str, Any], what: str) -> LineChanged:
    return LineChanged(row["reference"], row["number"] or row["reference"], row["text"], what)


def _told(report: ExceptionReport) -> dict[str, object]:
    group = report.group.name if report.group else ""
    return {"group": group, "as_at": report.as_at, "counts": report.counts}
