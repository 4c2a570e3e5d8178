"""Membership lists for tests, by the services that people use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.governance import services
from sightline.governance.models import MemberList
from sightline.governance.selectors.lists import preview
from sightline.partners.models import Group

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
