"""What may tell who a child is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of words that tell who a child is."""

    NHS = "nhs"
    UPN = "upn"
    POSTCODE = "postcode"
    BIRTH = "birth"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a text, as they stand there, that may tell who a child is."""

    kind: Kind
    words: str
    start: int
