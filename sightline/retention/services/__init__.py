"""Rules, holds and disposals."""

from sightline.retention.services.taking import note_certificate_taken, note_rules_taken
from sightline.retention.services.versions import bring_up_to_date, change_rule, confirm_rule

__all__ = ["bring_up_to_date", "change_rule", "confirm_rule", "note_certificate_taken", "note_rules_taken"]
