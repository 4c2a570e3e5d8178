"""Who may read the returns that the journal tells of."""

from __future__ import annotations

from sightline.events.guards import Guard
from sightline.rhythm.models import Return, ReturnPaper
from sightline.rhythm.selectors.papers import return_papers_visible_to
from sightline.rhythm.selectors.returns import returns_visible_to

offered = [
    Guard("rhythm", Return, returns_visible_to, lambda found: f"/group-returns/{found.pk}/"),
    Guard(
        "rhythm", ReturnPaper, return_papers_visible_to, lambda found: f"/group-returns/papers/{found.pk}/"
    ),
]
