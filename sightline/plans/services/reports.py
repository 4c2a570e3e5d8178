"""Writing exception reports: a draft is made anew as often as wanted; issuing freezes it."""

from __future__ import annotations

from datetime import date, datetime

from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import deed, record
from sightline.partners.models import Group
from sightline.plans.choices import ReportState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, ExceptionReport, Plan, ReportedAction
from sightline.plans.rules.history import Moment
from sightline.plans.rules.owners import listed
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.exceptions import counts_of, last_issued, looked_at, rows_of, since
from sightline.plans.services.keeping import not_ahead, stamp
from sightline.plans.services.words import keep_words


@deed
def draft_exception_report(
    group: Group | None, *, as_at: date, plan: Plan | None = None, by: Actor, now: datetime
) -> ExceptionReport:
    """Draft the report of a group, or of the partnership (no group), as at a day; a standing draft is redone.

    The report holds every exception there is; its tier says who may read it. Raises Unacceptable for a day ahead.
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
def issue_exception_report(report: ExceptionReport, *, by: Actor, now: datetime) -> ExceptionReport:
    """Issue a draft: its rows are made a last time, then never change. Raises StaleRecord where that is done."""
    live = ExceptionReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if live.state == ReportState.ISSUED:
        raise StaleRecord("This report has been issued already. What was issued stands.")
    _fill(live)
    live.state, live.issued_at, live.issued_by_label = ReportState.ISSUED, now, by.label[:200]
    live.save()
    note_reported(live)
    record(PlanEntry.REPORT_ISSUED, by=by, subject=live, after=_told(live), tier=highest([live.tier]))
    return live


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
    every_action = Action.objects.select_related("plan__group", "priority")
    actions = looked_at(every_action, report.group, moment, report.plan)
    rows, resolved = since(rows_of(actions, moment), report.previous)
    report.rows = [row.as_json() for row in rows]
    report.resolved = [row.as_json() for row in resolved]
    report.counts = counts_of(rows, actions.count(), len(resolved))
    report.tier = highest(row.tier for row in (*rows, *resolved))


def _told(report: ExceptionReport) -> dict[str, object]:
    group = report.group.name if report.group else ""
    return {"group": group, "as_at": report.as_at, "counts": report.counts}
