"""What a backup must say of itself, and which are kept: plain values, no clock."""

from sightline.keeping.rules.manifests import Head, Manifest, Part, is_part, parse, sums
from sightline.keeping.rules.turns import name_for, surplus, too_old

__all__ = ["Head", "Manifest", "Part", "is_part", "name_for", "parse", "sums", "surplus", "too_old"]
