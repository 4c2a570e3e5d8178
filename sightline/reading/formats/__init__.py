"""Format readers: a file of any supported kind becomes neutral blocks (`sightline/reading/blocks.py`)."""

from __future__ import annotations

from sightline.reading.formats.opening import printed

__all__ = ["printed"]
