"""Case lists, conflicts of interest, break-glass, and names that were asked for."""

from sightline.knowing.services.conflicts import declare_conflict, end_conflict
from sightline.knowing.services.glass import (
    alert,
    break_glass,
    close_glass,
    forget_wrong_references,
    note_name_shown,
    review_glass,
)
from sightline.knowing.services.lists import (
    add_to_list,
    end_line,
    end_list,
    open_list,
    tell_of_endings,
)

__all__ = [
    "add_to_list",
    "alert",
    "break_glass",
    "close_glass",
    "declare_conflict",
    "end_conflict",
    "end_line",
    "end_list",
    "forget_wrong_references",
    "note_name_shown",
    "open_list",
    "review_glass",
    "tell_of_endings",
]
