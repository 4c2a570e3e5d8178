"""The review of access that is open in Wealdshire, and who confirms for the police."""

from __future__ import annotations

from typing import Any

from sightline.access.models import User
from sightline.demo.services.partners import People
from sightline.oversight.services import name_reviewer
from sightline.oversight.services.reviews import open_review


def load_oversight(words: dict[str, Any], people: People) -> None:
    """Name the reviewers, and open the quarter's review of what everybody holds."""
    for row in words["reviewers"]:
        account = User.objects.get(email=row["email"])
        name_reviewer(people.agencies[row["agency"]], account, by=people.manager, today=people.on)
    open_review(people.on)
