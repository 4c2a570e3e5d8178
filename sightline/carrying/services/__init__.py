"""Exporting everything: on the server, and for whoever asks on the page."""

from sightline.carrying.services.asking import ask, clear_past, give_up, make, note_taken, opened
from sightline.carrying.services.packing import export_to
from sightline.carrying.services.writing import Asked

__all__ = ["Asked", "ask", "clear_past", "export_to", "give_up", "make", "note_taken", "opened"]
