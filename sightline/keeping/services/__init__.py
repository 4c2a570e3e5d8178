"""Making backups, and putting them back."""

from sightline.keeping.services.archive import identities_of
from sightline.keeping.services.backing_up import Made, back_up, keep_newest
from sightline.keeping.services.places import HALF, half_restored
from sightline.keeping.services.restoring import Restored, Wanted, restore
from sightline.keeping.services.telling import tell_of_backups
from sightline.keeping.services.unpacking import unpack

__all__ = [
    "HALF",
    "Made",
    "Restored",
    "Wanted",
    "back_up",
    "half_restored",
    "identities_of",
    "keep_newest",
    "restore",
    "tell_of_backups",
    "unpack",
]
