"""What is shown only once it was asked for: a form of one button, which works without JavaScript."""

from __future__ import annotations

from django.utils.safestring import SafeString

from .markup import element, hidden_text


def behind_click(action: str, text: str, *, token: str, hidden: str = "", back: str = "") -> SafeString:
    """A button that asks for something to be shown; that it was asked for is journalled by whoever answers `action`.

    `hidden` is said to those who listen, so that many such buttons are told apart; `back` is where the answer leads.
    """
    hold = {"csrfmiddlewaretoken": token, "back": back}
    fields = [element("input", {"type": "hidden", "name": name, "value": hold[name]}) for name in hold]
    label = [text, hidden_text(hidden)] if hidden else [text]
    button = element("button", {"type": "submit", "class": "sl-click"}, *label)
    return element("form", {"method": "post", "action": action, "class": "sl-click-form"}, *fields, button)
