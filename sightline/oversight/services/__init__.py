"""Reviewing access; noticing unusual access, answering it; drawing, marking and signing samples."""

from sightline.oversight.services.reviewers import end_reviewer, name_reviewer
from sightline.oversight.services.reviews import (
    confirm,
    end_grant,
    keep_reviews,
    note_review_taken,
)
from sightline.oversight.services.samples import draw_sample, mark, note_report_taken, sign
from sightline.oversight.services.unusual import answer, look_at_days

__all__ = [
    "answer",
    "confirm",
    "draw_sample",
    "end_grant",
    "end_reviewer",
    "keep_reviews",
    "look_at_days",
    "mark",
    "name_reviewer",
    "note_report_taken",
    "note_review_taken",
    "sign",
]
