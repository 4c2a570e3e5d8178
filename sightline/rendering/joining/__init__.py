"""One PDF out of several, and Word made PDF: in child processes that may fail or grow without harm to this one."""

from sightline.rendering.joining.joiner import Inspected, Limits, Part, inspect, join
from sightline.rendering.joining.office import NotConverted, word_to_pdf

__all__ = ["Inspected", "Limits", "NotConverted", "Part", "inspect", "join", "word_to_pdf"]
