"""The mark a view carries: what it asks of whoever opens it.

It stands this low, and by name, because the pages of jobs and of the journal lie below `access`, which reads the
mark and checks that every name in it is a permission.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

PUBLIC = "public"
SIGNED_IN = "signed in"
MARK = "sightline_needs"

View = TypeVar("View", bound=Callable[..., Any])


def needs(what: str) -> Callable[[View], View]:
    """Mark a view with the name of a permission, SIGNED_IN or PUBLIC."""

    def marked(view: View) -> View:
        setattr(view, MARK, what)
        if what == PUBLIC:
            # Django's own LoginRequiredMiddleware reads this; our guard reads the mark.
            setattr(view, "login_required", False)  # noqa: B010 - a function has no such attribute to mypy
        return view

    return marked


def needed_by(view: Callable[..., Any]) -> str | None:
    """What the view asks for; None where it carries no mark."""
    found = getattr(view, MARK, None)
    return found if isinstance(found, str) else None
