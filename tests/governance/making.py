"""Membership lists for tests, by the services that people use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.governance import services
from sightline.governance.models import Lead, MemberList, Terms
from sightline.governance.selectors.lists import preview
from sightline.governance.services import LeadGiven, TermsGiven
from sightline.partners.models import Agency, Group, Person
from sightline.partners.services import create_person

DAY = dt.date(2026, 6, 1)
WHO: dict[str, Any] = {"by": SYSTEM}
HEADING = "Membership\n\nSurname\tForename\tOrganisation\tRole\n"


def upload(
    group: Group, content: str | bytes, name: str = "members.tsv", as_at: dt.date | None = DAY
) -> MemberList:
    """A list that was uploaded and read."""
    data = content.encode() if isinstance(content, str) else content
    made = services.upload_list(group, ContentFile(data, name=name), as_at=as_at, now=timezone.now(), **WHO)
    return services.read_list(made.pk, **WHO)


def confirmed(found: MemberList) -> MemberList:
    """A list confirmed as it stands, as its job does it."""
    asked = services.ask_to_confirm(found, version=found.version, seen=preview(found).mark, **WHO)
    return services.confirm_as_asked(asked.pk, asked.version, now=timezone.now(), **WHO)


def make_lead(
    agency: Agency, person: Person | None = None, now: dt.datetime | None = None, **given: Any
) -> Lead:
    """Who leads on safeguarding at an agency since June."""
    who = person or create_person("Lou Lead", agency=agency, **WHO)
    told = {"role": "Designated safeguarding lead", "starts_on": DAY, **given}
    return services.add_lead(agency, LeadGiven(person=who, **told), now=now or timezone.now(), **WHO)


def make_terms(group: Group, text: str = "The group meets four times a year.", **given: Any) -> Terms:
    """A version of a group's terms of reference, after those it has."""
    seen, file = Terms.objects.filter(group=group).count(), given.pop("file", None)
    review = given.pop("review_due_on", DAY.replace(year=2027))
    told = {
        "starts_on": DAY,
        "adopted_where": "The board, minute 6",
        "review_due_on": review,
        "text": text,
        **given,
    }
    return services.add_terms(group, TermsGiven(**told), file, seen=seen, now=timezone.now(), **WHO)
