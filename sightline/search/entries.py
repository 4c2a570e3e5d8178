"""What the journal records about searching."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class SearchEntryType(StrEnum):
    """Entry types of search. What people look for is nobody's business, but for one thing."""

    OWN_NAME_SEARCHED = "own_name_searched"


declare("search", SearchEntryType, {SearchEntryType.OWN_NAME_SEARCHED: "Looked for their own family name"})
