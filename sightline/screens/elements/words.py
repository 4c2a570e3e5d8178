"""Small components: buttons, tags, ratings, links back, breadcrumbs, text that stands out."""

from collections.abc import Sequence
from typing import Literal

from django.utils.safestring import SafeString

from .markup import Attributes, classes, element, hidden_suffix, hidden_text

Kind = Literal["primary", "secondary", "warning", "inverse"]

RATINGS = {
    "green": "Green",
    "amber": "Amber",
    "red": "Red",
    "blue": "Complete",
    "not_rated": "Not rated",
    "not_yet_known": "Not yet known",
    "": "Not rated",
}


def button(
    text: str,
    *,
    kind: Kind = "primary",
    href: str = "",
    name: str = "",
    value: str = "",
    type: str = "submit",
    disabled: bool = False,
    once: bool | None = None,
    id: str = "",
    attributes: Attributes | None = None,
    extra: str = "",
) -> SafeString:
    """A button, or a link that looks like one when it has an address. `once` ignores a second quick press."""
    shared: Attributes = {
        "class": classes("govuk-button", "" if kind == "primary" else f"govuk-button--{kind}", extra),
        "data-module": "govuk-button",
        **(attributes or {}),
        "id": id or None,
    }
    if href:
        return element("a", {"href": href, "role": "button", "draggable": "false", **shared}, text)
    own: Attributes = {
        "type": type,
        "value": value or None,
        "name": name or None,
        "disabled": disabled,
        "aria-disabled": "true" if disabled else None,
        "data-prevent-double-click": None if once is None else str(once).lower(),
    }
    return element("button", {**own, **shared}, text)


def tag(text: str, colour: str = "", *, extra: str = "", attributes: Attributes | None = None) -> SafeString:
    """A word in a coloured box. The word says it all: the colour adds nothing that the word lacks."""
    names = classes("govuk-tag", f"govuk-tag--{colour}" if colour else "", extra)
    return element("strong", {"class": names, **(attributes or {})}, text)


def rating(value: str, *, prefix: str = "") -> SafeString:
    """A rating as a word with its colour and a mark that prints in black and white.

    `prefix` names what is rated, for those who listen ("Delivery"). A value nobody knows stands as it is.
    """
    plain = str(value or "").strip()
    key = plain.lower().replace(" ", "_").replace("-", "_")
    label = getattr(value, "label", "") or RATINGS.get(key, plain)
    look = {"": "none", "not_rated": "none", "not_yet_known": "none"}.get(key, key)
    look = look if look in ("green", "amber", "red", "blue", "none") else "other"
    spoken = hidden_text(f"{prefix}: ") if prefix else SafeString("")
    return element("strong", {"class": f"sl-rating sl-rating--{look}"}, spoken, str(label))


def back_link(href: str = "#", text: str = "Back", *, extra: str = "") -> SafeString:
    """The way back, above the heading."""
    return element("a", {"href": href, "class": classes("govuk-back-link", extra)}, text)


def breadcrumbs(
    crumbs: Sequence[tuple[str, str]], *, collapse: bool = False, extra: str = "", label: str = "Breadcrumb"
) -> SafeString:
    """Where this page stands: (text, address) from the top down; an empty address is this page."""
    collapsing = "govuk-breadcrumbs--collapse-on-mobile" if collapse else ""
    items = (_crumb(text, href) for text, href in crumbs)
    inside = element("ol", {"class": "govuk-breadcrumbs__list"}, *items)
    names = classes("govuk-breadcrumbs", extra, collapsing)
    return element("nav", {"class": names, "aria-label": label}, inside)


def _crumb(text: str, href: str) -> SafeString:
    if not href:
        return element("li", {"class": "govuk-breadcrumbs__list-item", "aria-current": "page"}, text)
    link = element("a", {"class": "govuk-breadcrumbs__link", "href": href}, text)
    return element("li", {"class": "govuk-breadcrumbs__list-item"}, link)


def inset_text(content: str, *, id: str = "", extra: str = "") -> SafeString:
    """Text set apart from what surrounds it."""
    return element("div", {"id": id or None, "class": classes("govuk-inset-text", extra)}, content)


def warning_text(text: str, *, spoken: str = "Warning", extra: str = "") -> SafeString:
    """A consequence that must not be missed."""
    icon = element("span", {"class": "govuk-warning-text__icon", "aria-hidden": "true"}, "!")
    words = element("strong", {"class": "govuk-warning-text__text"}, hidden_text(spoken), " ", text)
    return element("div", {"class": classes("govuk-warning-text", extra)}, icon, words)


def details(
    summary: str,
    content: str,
    *,
    id: str = "",
    open: bool = False,
    extra: str = "",
    attributes: Attributes | None = None,
) -> SafeString:
    """Something that opens when asked for."""
    title = element("span", {"class": "govuk-details__summary-text"}, summary)
    return element(
        "details",
        {"id": id or None, "class": classes("govuk-details", extra), **(attributes or {}), "open": open},
        element("summary", {"class": "govuk-details__summary"}, title),
        element("div", {"class": "govuk-details__text"}, content),
    )


def link(text: str, href: str, *, spoken: str = "", extra: str = "") -> SafeString:
    """A link; `spoken` adds words for those who listen to links out of their place."""
    return element("a", {"class": classes("govuk-link", extra), "href": href}, text, hidden_suffix(spoken))
