"""Keeping files, looking whether they still are what was handed over, and clearing away what nothing keeps."""

from sightline.documents.services.clearing import Cleared, clear_orphans
from sightline.documents.services.reading import read_kept
from sightline.documents.services.scanning import scan_first
from sightline.documents.services.storing import (
    Looked,
    discard,
    look_at,
    look_at_paper,
    name_in_store,
    raise_tier,
    store,
)
from sightline.documents.services.verifying import FAULT, verify_files
from sightline.documents.services.versions import store_version

__all__ = [
    "FAULT",
    "Cleared",
    "Looked",
    "clear_orphans",
    "discard",
    "look_at",
    "look_at_paper",
    "name_in_store",
    "raise_tier",
    "read_kept",
    "scan_first",
    "store",
    "store_version",
    "verify_files",
]
