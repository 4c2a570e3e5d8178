"""What is held of a person everywhere: what they said or entered, and the journal's entries of what they did."""

from __future__ import annotations

from typing import Any

from sightline.events.choices import Tier
from sightline.events.held import Held, said
from sightline.events.models import Entry

CONFIDENTIAL = "A confidential record"
OPEN = (Tier.T0.value, Tier.T1.value)


def _rows(user: Any) -> Any:
    return Entry.objects.filter(actor_user_id=user.pk).defer("before", "after", "personal").order_by("-id")


def _cells(entry: Entry) -> list[Any]:
    """The record's title may hold others' words: of confidential records it is left out."""
    about = entry.subject_title if entry.tier in OPEN else CONFIDENTIAL
    return [entry.moment, entry.label, about, entry.reason, entry.actor_role]


own = [
    Held(
        "said",
        "What you said or entered",
        "Updates, ratings, evidence, changes and documents, with your name and the moment. None is ever overwritten.",
        ("What", "About", "As at", "Entered", "Your words"),
        said,
        list,
        31,
    ),
    Held(
        "journal",
        "What you did",
        "The journal keeps every change with the name of whoever made it, so that a figure can be walked back.",
        ("When", "What", "About", "Reason you gave", "Acting as"),
        _rows,
        _cells,
        90,
    ),
]
