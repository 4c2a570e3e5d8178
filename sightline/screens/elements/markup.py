"""Safe mark-up, built from Python. A plain text is escaped; what is already safe (SafeString) stays as it is."""

from collections.abc import Mapping

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Attributes = Mapping[str, str | bool | int | None]

WITHOUT_CONTENT = frozenset({"input", "br", "hr", "img", "meta"})


def element(name: str, attributes: Attributes, *content: str) -> SafeString:
    """One element. Attributes: None and False are left out, True stands alone, all else is escaped."""
    written = "".join(attribute(key, value) for key, value in attributes.items())
    if name in WITHOUT_CONTENT:
        return mark_safe(f"<{name}{written}>")  # noqa: S308 - name is ours, attributes are escaped
    inside = joined(*content)
    return mark_safe(f"<{name}{written}>{inside}</{name}>")  # noqa: S308 - every part is escaped


def attribute(name: str, value: str | bool | int | None) -> str:
    """One attribute with the space before it."""
    if value is None or value is False:
        return ""
    return (
        f" {name}"
        if value is True
        else f' {name}="{conditional_escape(str(value) if isinstance(value, int) else value)}"'
    )


def joined(*parts: str) -> SafeString:
    """Parts one after another, each escaped unless safe."""
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308 - every part is escaped


def drawing(svg: str) -> SafeString:
    """A picture that `rendering` drew, which escapes every word in it."""
    return mark_safe(svg)  # noqa: S308 - every part is escaped


def classes(*names: str) -> str:
    """Class names joined by single spaces; empty ones fall away."""
    return " ".join(name for name in names if name)


def hidden_text(text: str) -> SafeString:
    """Words for those who listen to the page."""
    return element("span", {"class": "govuk-visually-hidden"}, text)


def hidden_suffix(text: str) -> SafeString:
    """Words after a link's text for those who listen: "Change" + " due date". Empty for no words."""
    return hidden_text(f" {text}") if text else SafeString("")
