"""A page with one form, and what somebody else saved while it was being filled in."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.challenges.forms.asking import VersionedForm
from sightline.screens.elements import SummaryRow


@dataclass(frozen=True)
class Asking:
    """What is asked and of what: `facts` stand above the form; `back` leads away, and `back_text` says where to."""

    title: str
    caption: str
    back: str
    button: str
    intro: str = ""
    facts: tuple[SummaryRow, ...] = ()
    back_text: str = "Back"


@dataclass(frozen=True)
class Standing:
    """What stands now: its version, and what to show somebody who had not seen it."""

    version: int = 0
    rows: tuple[SummaryRow, ...] = ()


@dataclass(frozen=True)
class FormPage:
    """The page as shown."""

    asking: Asking
    form: VersionedForm
    theirs: tuple[SummaryRow, ...] = ()
