"""What a file is and whether it may be kept: bytes in, a kind or one sentence of refusal out."""

from sightline.documents.rules.kinds import kind_of
from sightline.documents.rules.names import clean_name, fitting_name

__all__ = ["clean_name", "fitting_name", "kind_of"]
