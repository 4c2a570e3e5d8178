"""What the pages of saved views show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

from sightline.access.permissions import scope_of
from sightline.partners import selectors as partners
from sightline.saved import selectors
from sightline.saved.choices import SHARING_LABELS, Sharing
from sightline.saved.forms import ViewForm
from sightline.saved.models import SavedView
from sightline.saved.permissions import can_change_view, can_share
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.saved.permissions import Who

LIST = ListPage(
    noun=("saved view", "saved views"),
    columns=(
        Column("name", "Name", sort=("name",)),
        Column("who", "Who finds it", sort=("sharing", "group_key", "name")),
        Column("owner", "Saved by", sort=("owner__name", "name")),
        Column("change", "Change", hidden_label=True),
    ),
    order="name",
)
FIRST_PAGE = 6


@dataclass(frozen=True)
class ViewRow:
    """One saved view."""

    view: SavedView
    who: str
    owner: str
    may_change: bool


@dataclass(frozen=True)
class ViewsPage:
    """The list."""

    listing: Listing[ViewRow]


@dataclass(frozen=True)
class ViewPage:
    """One view's form. `theirs`: what somebody else saved meanwhile."""

    view: SavedView | None
    form: ViewForm
    address: str
    owner: str
    theirs: str = ""


def views_page(user: Who, query: QueryDict) -> ViewsPage:
    """The page for this address."""
    found = LIST.read(query, selectors.views_visible_to(user))
    names = group_names(user) if any(view.group_key for view in found.rows) else {}
    own = scope_of(user).user_id
    return ViewsPage(
        found.with_rows(
            ViewRow(
                view,
                names.get(view.group_key, SHARING_LABELS[Sharing(view.sharing)]),
                "You" if view.owner_id == own else view.owner.name,
                can_change_view(user, view),
            )
            for view in found.rows
        )
    )


def group_names(user: Who) -> Mapping[str, str]:
    """Names of groups by key; one query."""
    return dict(partners.groups(user).order_by("name").values_list("key", "name"))


def form_for(user: Who, data: QueryDict | None, view: SavedView | None = None) -> ViewForm:
    """The form with the groups this person may share with."""
    groups = [(key, name) for key, name in group_names(user).items() if can_share(user, Sharing.GROUP, key)]
    return ViewForm(data, view=view, groups=groups, everyone=can_share(user, Sharing.EVERYONE))


def first_views(user: Who) -> list[SavedView]:
    """The first few for the first page, and one more where there are more; one query."""
    return list(selectors.views_visible_to(user)[: FIRST_PAGE + 1])
