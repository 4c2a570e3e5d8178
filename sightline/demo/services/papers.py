"""A paper of the invented county as it comes in: uploaded, read, and waiting for somebody to confirm it."""

from __future__ import annotations

from importlib import resources

from django.core.files.base import ContentFile

from sightline.demo.services.partners import People
from sightline.plans.models import Import
from sightline.plans.services.imports import read_upload, upload


def upload_paper(name: str, people: People) -> Import:
    """Upload a file of `wealdshire/` as the manager would, and read it."""
    content = (resources.files("sightline.demo") / "wealdshire" / name).read_bytes()
    made = upload(
        ContentFile(content, name=name),
        name,
        plan_name="Early Years Safeguarding Plan",
        group=people.groups["health-group"],
        by=people.manager,
        now=people.moment(people.on),
        enqueue_reading=False,
    )
    return read_upload(made, by=people.manager)
