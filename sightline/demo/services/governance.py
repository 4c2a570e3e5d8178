"""Safeguarding leads of the invented county, terms of reference, and a membership list that waits to be confirmed."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources
from typing import Any

from django.core.files.base import ContentFile

from sightline.demo.services.partners import People
from sightline.governance.models import MemberList
from sightline.governance.services import (
    LeadGiven,
    TermsGiven,
    add_lead,
    add_terms,
    read_list,
    refresh_work,
    upload_list,
)
from sightline.meetings.choices import TOOK_PLACE, Reach
from sightline.meetings.models import Meeting, PublishedTable
from sightline.meetings.selectors.passed import seats_at
from sightline.meetings.services.passed import PassedGiven, check_passed_on, pass_on
from sightline.meetings.services.published import read_published, upload_published
from sightline.partners.models import Person


def upload_members(name: str, group: str, people: People) -> MemberList:
    """Upload a membership list of `wealdshire/` as the manager would, a week ago, and read it."""
    content = (resources.files("sightline.demo") / "wealdshire" / name).read_bytes()
    made = upload_list(
        people.groups[group],
        ContentFile(content, name=name),
        as_at=people.on - timedelta(days=7),
        by=people.manager,
        now=people.moment(people.on),
        enqueue_reading=False,
    )
    return read_list(made.pk, by=people.manager)


def read_attendance_in(name: str, group: str, people: People) -> PublishedTable:
    """Upload a paper of `wealdshire/` with a published table of attendance as the manager would, and read it."""
    content = (resources.files("sightline.demo") / "wealdshire" / name).read_bytes()
    file, now = ContentFile(content, name=name), people.moment(people.on)
    made = upload_published(people.groups[group], file, by=people.manager, now=now, enqueue_reading=False)
    return read_published(made.pk, by=people.manager)


def load_passed(told: dict[str, Any], people: People) -> None:
    """What members passed on after a meeting, as `governance.yaml` tells it, and what samples found."""
    for row in told["passed"]:
        rows = Meeting.objects.filter(group__key=row["group"], state__in=TOOK_PLACE).select_related("group")
        meeting = rows.order_by("-held_on", "-pk")[0]
        seat = next(each.seat for each in seats_at(meeting) if each.title == row["seat"])
        day = meeting.held_on + timedelta(days=row["after"])
        given = PassedGiven(row["what"], row["to"], day, row["reached"], row.get("said_by", ""))
        made = pass_on(meeting, seat, given, by=people.manager, now=people.moment(day))
        if check := row.get("check"):
            asked = meeting.held_on + timedelta(days=check["after"])
            moment = people.moment(asked)
            check_passed_on(made, Reach(check["reach"]), check["text"], asked, by=people.manager, now=moment)


def load_governance(told: dict[str, Any], people: People) -> None:
    """The safeguarding leads and terms of reference of `governance.yaml`, each entered on its day."""
    who = {person.name: person for person in Person.objects.select_related("user")}
    for row in told["leads"]:
        day = people.on - timedelta(days=row["days"])
        given = LeadGiven(
            person=who[row["who"]],
            role=row["role"],
            starts_on=day,
            cover=who[row["cover"]] if "cover" in row else None,
            **{
                name: row[name] for name in ("department", "school", "district", "cover_words") if name in row
            },
        )
        add_lead(people.agencies[row["agency"]], given, by=people.manager, now=people.moment(day))
    for number, row in enumerate(told["terms"]):
        day = people.on - timedelta(days=row["days"])
        given_terms = TermsGiven(
            starts_on=day,
            adopted_on=day,
            adopted_where=row["where"],
            review_due_on=people.on + timedelta(days=row["review_in"]),
            text=row.get("text", ""),
            is_unchanged=row.get("unchanged", False),
        )
        seen = sum(other["group"] == row["group"] for other in told["terms"][:number])
        group, moment = people.groups[row["group"]], people.moment(day)
        add_terms(group, given_terms, None, seen=seen, by=people.manager, now=moment)
    refresh_work(now=people.moment(people.on))
