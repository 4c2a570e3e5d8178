"""Words of the statutory pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cookie:
    """A cookie: what it is called in settings, what it is for and how long it stays."""

    setting: str
    purpose: str
    stays: str


# All of them; a test compares with what the site sets. Each is strictly necessary for a service that was asked for.
COOKIES = (
    Cookie("SESSION_COOKIE_NAME", "Keeps you signed in while you work", "12 hours, or until you sign out"),
    Cookie("CSRF_COOKIE_NAME", "Makes sure that a form was sent by you from this site", "1 year"),
    Cookie(
        "",
        "Carries a sentence such as “The update was saved” to the next page",
        "Until that page is shown",
    ),
)
MESSAGES_COOKIE = "messages"

# What a partnership has to fill in, with where it is shown.
PRIVACY_TEXTS = {
    "controller": "who decides why and how the data is used",
    "contact": "how to reach them",
    "officer_email": "the data protection officer’s e-mail address",
    "lawful_basis": "the lawful basis",
    "sharing": "who else receives the data",
    "retention": "how long it is kept",
}
STATEMENT_TEXTS = {
    "accessibility_contact": "whom to tell of a problem with accessibility",
    "answer_days": "within how many working days an answer comes",
    "statement_prepared_on": "the day the statement was prepared",
    "statement_reviewed_on": "the day it was last reviewed",
}
