"""Noticing unusual access, answering it; drawing, marking and signing samples."""

from sightline.oversight.services.samples import draw_sample, mark, note_report_taken, sign
from sightline.oversight.services.unusual import answer, look_at_days

__all__ = ["answer", "draw_sample", "look_at_days", "mark", "note_report_taken", "sign"]
