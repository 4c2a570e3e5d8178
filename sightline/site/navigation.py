"""What the page template needs on every page: the partnership, the navigation, who is signed in."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.demo.story import told
from sightline.events.choices import Tier
from sightline.knowing.pages import open_uses
from sightline.messages.selectors import unread_count
from sightline.partners.selectors import partnership
from sightline.screens import navigation
from sightline.site import brand

# Pages about one's own account and about this service, which show no record of the partnership.
WITHOUT_RECORDS = (
    "access:",
    "account_",
    "mfa_",
    "statutory:accessibility",
    "statutory:cookies",
    "statutory:privacy",
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Asks the database for the partnership once, and only when a page is rendered."""
    shown = SimpleLazyObject(lambda: _partnership_and_unread(request))
    everybody = {
        "partnership": shown,
        "brand_key": SimpleLazyObject(lambda: brand_key(shown)),
        "invented": SimpleLazyObject(lambda: is_invented(shown)),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return everybody
    return {
        **everybody,
        "signed_in": user,
        "may_search": user.scope.holds_anywhere(Permission.PLANS_VIEW),
        "navigation": navigation.links(user.scope, request.path),
        "own_links": navigation.own_links(user.scope, request.path),
        "support": getattr(request, "support_session", None),
        **marks(request),
    }


def _partnership_and_unread(request: HttpRequest) -> Any:
    """The partnership, and with it, in the same query, how many of their notifications somebody has not read."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return partnership()
    return partnership(unread=unread_count(user.pk))


def marks(request: HttpRequest) -> dict[str, Any]:
    """The protective marking, and how to handle what bears it: of the record that is shown (`opens`), else of what
    gathers many; a view that knows better gives its own. Of a record behind the wall also who has broken the glass.
    """
    shown = getattr(request, "shown_record", None)
    if shown is not None:
        tier = Tier.named(shown.tier)
        return {"marking": tier.marking, "handling": tier.handling, "open_uses": open_uses(shown)}
    named = request.resolver_match.view_name if request.resolver_match else ""
    holds_no_records = named.startswith(WITHOUT_RECORDS)
    return {
        "marking": Tier.T1.marking if holds_no_records else scope_of(request.user).marking,
        "handling": "",
    }


def brand_key(shown: Any) -> str:
    """What makes the address of the colour's style sheet change when the colour does."""
    return brand.safe_colour(shown.brand_colour if shown else "").removeprefix("#")


def is_invented(shown: Any) -> bool:
    """True where the partnership is the demonstration's own: a banner says so on every page."""
    return bool(settings.DEMO_SIGN_IN and shown and shown.name == invented_name())


@cache
def invented_name() -> str:
    """The name of the demonstration's partnership, read once."""
    return str(told("partners")["partnership"]["name"])
