"""How soon something is due, as plain values with their words."""

from enum import StrEnum


class Band(StrEnum):
    """The sections of "what needs you", in their order."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


BAND_LABELS: dict[Band, str] = {
    Band.OVERDUE: "Overdue",
    Band.SOON: "Due within seven days",
    Band.LATER: "Later",
    Band.UNDATED: "Also waiting for you",
}
