"""Background work of partners: the daily look at who has to sign."""

from __future__ import annotations

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.partners.services.declarations import ask_for_declarations


@every(hours=24)
@job("partners.declarations", label="Ask for yearly declarations")
def declarations(run: JobContext) -> None:
    """Members come and go, and signatures run out."""
    ask_for_declarations(timezone.now())
