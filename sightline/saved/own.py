"""What saved views hold about a person."""

from __future__ import annotations

from sightline.events.held import Held
from sightline.saved.choices import SHARING_LABELS, Sharing
from sightline.saved.selectors import views_of

own = [
    Held(
        "saved-views",
        "Your saved views",
        "Lists as you filtered them, so that you find them again.",
        ("Name", "Address", "Who finds it", "Saved"),
        lambda user: views_of(user.pk),
        lambda view: [view.name, view.address, SHARING_LABELS[Sharing(view.sharing)], view.saved_at],
        55,
    )
]
