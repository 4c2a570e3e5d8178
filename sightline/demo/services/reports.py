"""The exception reports that Wealdshire has issued, so that its next one can say what is new since."""

from __future__ import annotations

from sightline.demo.services.partners import People
from sightline.demo.story import Calendar
from sightline.plans.services.reports import draft_exception_report, issue_exception_report

# For whom, and how many months ago: the whole partnership and one of its groups.
ISSUED = (("", -4), ("quality-group", -3))


def issue_reports(calendar: Calendar, people: People) -> None:
    """Issue each as at the end of its month."""
    for key, months in ISSUED:
        on = calendar.month_end(months)
        group = people.groups[key] if key else None
        by, now = people.manager, people.moment(on)
        issue_exception_report(draft_exception_report(group, as_at=on, by=by, now=now), by=by, now=now)
