"""What a file is and whether it may be kept: bytes in, a kind or one sentence of refusal out."""

from sightline.documents.rules.kinds import kind_of, paper_kind
from sightline.documents.rules.names import clean_name, fitting_name
from sightline.documents.rules.pictures import bare

__all__ = ["bare", "clean_name", "fitting_name", "kind_of", "paper_kind"]
