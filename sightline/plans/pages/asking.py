"""A page with one form, and what somebody else saved while it was being filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sightline.plans.forms.asking import SeenForm
from sightline.plans.pages.likes import LikeShown
from sightline.screens.elements import SummaryRow

# Rows, or what makes them where the form is shown: a form that is taken shows none.
Facts = Sequence[SummaryRow] | Callable[[], Sequence[SummaryRow]]


@dataclass(frozen=True)
class Standing:
    """What stands now: a token that changes with it, and what to show somebody who had not seen it."""

    token: str = ""
    rows: tuple[SummaryRow, ...] = ()


@dataclass(frozen=True)
class Asking:
    """What is asked and of what: `facts` stand above the form; `fields` names a template for boxes of another shape.

    `is_half`: saving it does nothing yet, and leads to where it is done; so nobody is told that it was.
    """

    title: str
    caption: str
    back: str
    button: str
    intro: str = ""
    facts: Facts = ()
    warning: str | Callable[[], str] = ""
    fields: str = ""
    is_half: bool = False


@dataclass(frozen=True)
class FormPage:
    """The page as shown. `likes` is None until somebody looks whether the like was asked for before."""

    asking: Asking
    form: SeenForm
    theirs: tuple[SummaryRow, ...] = ()
    may_look: bool = False
    likes: tuple[LikeShown, ...] | None = None
