"""Words of saved views."""

from __future__ import annotations

from enum import StrEnum


class Sharing(StrEnum):
    """Who finds a saved view among theirs."""

    ONE = "one"
    GROUP = "group"
    EVERYONE = "everyone"


SHARING_LABELS: dict[Sharing, str] = {
    Sharing.ONE: "Only its owner",
    Sharing.GROUP: "A group",
    Sharing.EVERYONE: "Everyone in the partnership",
}
NOT_SHARED_BY_YOU = (
    "The business unit shares views with everyone and with groups; a chair shares them with their own group."
)
NOT_CHANGED_BY_YOU = (
    "A saved view is changed by whoever saved it; a shared one by the unit and its group's chair as well."
)
