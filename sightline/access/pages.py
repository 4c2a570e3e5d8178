"""What the pages of access show."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.access.forms import SignInForm


@dataclass(frozen=True)
class SignInPage:
    """The sign-in page; `back` is the address asked for before, already checked to be our own."""

    form: SignInForm
    back: str
