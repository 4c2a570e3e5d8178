"""Where somebody lives: a full postcode is some fifteen homes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sightline.identifying.kinds import Finding, Kind

# Source: Royal Mail's format of postcodes, as in the Office for National Statistics' postcode directory.
_POSTCODE = re.compile(
    r"(?<![\w-])(?:GIR ?0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKPSTUW]"
    r"|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY]) ?\d[ABD-HJLNP-UW-Z]{2})(?![\w-])",
    re.IGNORECASE,
)
# "A1 2nd floor" is no postcode.
_ORDINALS = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "0th")


def postcodes(text: str) -> Iterator[Finding]:
    """Full postcodes, in capitals or small letters alike."""
    for match in _POSTCODE.finditer(text):
        words = match.group()
        if not words.endswith(_ORDINALS) and (words.isupper() or words.islower()):
            yield Finding(Kind.POSTCODE, words, match.start())
