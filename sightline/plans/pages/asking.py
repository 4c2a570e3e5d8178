"""A page with one form, and what somebody else saved while it was being filled in."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.plans.forms.asking import SeenForm
from sightline.plans.pages.likes import LikeShown
from sightline.screens.elements import SummaryRow


@dataclass(frozen=True)
class Standing:
    """What stands now: a token that changes with it, and what to show somebody who had not seen it."""

    token: str = ""
    rows: tuple[SummaryRow, ...] = ()


@dataclass(frozen=True)
class Asking:
    """What is asked and of what: `facts` stand above the form; `fields` names a template for boxes of another shape."""

    title: str
    caption: str
    back: str
    button: str
    intro: str = ""
    facts: tuple[SummaryRow, ...] = ()
    warning: str = ""
    fields: str = ""


@dataclass(frozen=True)
class FormPage:
    """The page as shown. `likes` is None until somebody looks whether the like was asked for before."""

    asking: Asking
    form: SeenForm
    theirs: tuple[SummaryRow, ...] = ()
    may_look: bool = False
    likes: tuple[LikeShown, ...] | None = None
