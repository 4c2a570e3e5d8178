"""Reviews of access; unusual access and its answers; samples of the journal and what was said of their entries."""

from sightline.oversight.models.reviews import AccessReview, GrantDecision, NamedReviewer, ReviewedGrant
from sightline.oversight.models.samples import Mark, Sample, SampledEntry, Signature
from sightline.oversight.models.support import SupportSession
from sightline.oversight.models.unusual import Alert, Answer, LookedAt

__all__ = [
    "AccessReview",
    "Alert",
    "Answer",
    "GrantDecision",
    "LookedAt",
    "Mark",
    "NamedReviewer",
    "ReviewedGrant",
    "Sample",
    "SampledEntry",
    "Signature",
    "SupportSession",
]
