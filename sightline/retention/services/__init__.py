"""Rules, holds and disposals."""

from sightline.retention.services.disposals import (
    approve,
    carry_out,
    digest_of,
    order,
    send_back,
    tell_it_stopped,
)
from sightline.retention.services.finding import find_due
from sightline.retention.services.holds import end_hold, keep_longer, place_hold
from sightline.retention.services.taking import note_certificate_taken, note_rules_taken
from sightline.retention.services.versions import bring_up_to_date, change_rule, confirm_rule

__all__ = [
    "approve",
    "bring_up_to_date",
    "carry_out",
    "change_rule",
    "confirm_rule",
    "digest_of",
    "end_hold",
    "find_due",
    "keep_longer",
    "note_certificate_taken",
    "note_rules_taken",
    "order",
    "place_hold",
    "send_back",
    "tell_it_stopped",
]
