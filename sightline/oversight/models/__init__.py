"""Unusual access and its answers; samples of the journal, what was said of their entries, and who signed."""

from sightline.oversight.models.samples import Mark, Sample, SampledEntry, Signature
from sightline.oversight.models.unusual import Alert, Answer, LookedAt

__all__ = ["Alert", "Answer", "LookedAt", "Mark", "Sample", "SampledEntry", "Signature"]
