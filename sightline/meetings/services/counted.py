"""Keeping figures of attendance, so that a page of many years need not count them."""

from __future__ import annotations

from django.db import transaction

from sightline.meetings.models import CountedYear
from sightline.meetings.selectors.attendance import YearCounted, count_years, seats_of
from sightline.meetings.selectors.counted import Standing, standing_of


@transaction.atomic
def keep_counted() -> int:
    """Count the years of every group whose rows moved on, and keep them. Returns how many years were counted.

    It changes no figure: what is kept is what a page would count. May run again, and beside itself.
    """
    standing = standing_of()
    groups = {each.group for each in standing.met}
    years = count_years(standing.met, seats_of(groups)) if groups else []
    stale = [number for number in standing.marks if number not in {kept for kept, _ in standing.kept}]
    CountedYear.objects.filter(group__in=stale).delete()
    CountedYear.objects.bulk_create([_row(each, standing) for each in years], ignore_conflicts=True)
    return len(years)


def _row(each: YearCounted, standing: Standing) -> CountedYear:
    return CountedYear(
        group_id=each.group,
        year=each.year,
        mark=standing.marks[each.group],
        meetings=each.meetings,
        left_out=each.left_out,
        total=each.total,
        seats={f"{seat}-{place}": numbers for (seat, place), numbers in each.seats.items()},
        agencies=each.agencies,
        cascade=each.cascade,
    )
