"""What governs groups of the invented county: a membership list that waits to be confirmed."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources

from django.core.files.base import ContentFile

from sightline.demo.services.partners import People
from sightline.governance.models import MemberList
from sightline.governance.services import read_list, upload_list


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
