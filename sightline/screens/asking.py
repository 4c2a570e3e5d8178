"""A page with one form: what it asks, what its writer had seen, and what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.utils import timezone

from .elements import SummaryRow
from .fields import BoxesDateField, CharacterCountField
from .forms import CarefulForm

R = TypeVar("R")
# Rows, or what makes them where the form is shown: a form that is taken shows none.
Facts = Sequence[SummaryRow] | Callable[[], Sequence[SummaryRow]]


class SeenForm(CarefulForm):
    """A form that remembers what its writer had seen, so that nobody's words are overwritten unseen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def heading(self) -> str:
        """The heading of a page that asks one question."""
        return str(self.fields[self.title_field].label) if self.title_field else ""

    def drop(self, *names: str) -> None:
        """Do not ask these."""
        for name in names:
            self.fields.pop(name, None)


def words_field(label: str, hint: str = "No names of children", rows: int = 4) -> CharacterCountField:
    """A box of free words."""
    return CharacterCountField(label=label, max_length=10_000, rows=rows, help_text=hint)


def as_at_field(label: str = "From which day?", **more: Any) -> BoxesDateField:
    """The day of which something is true; today unless somebody says otherwise."""
    return BoxesDateField(label=label, initial=timezone.localdate, **more)


def said_by_field() -> forms.CharField:
    """Whose words these are."""
    return forms.CharField(
        label="Said by",
        max_length=200,
        required=False,
        help_text="Whose words these are, where they are not your own",
        widget=forms.TextInput(attrs={"width": 20}),
    )


def how_field(ways: Iterable[tuple[str, str]], first: str) -> forms.ChoiceField:
    """How the words reached the person who types them, of these ways as value and label."""
    return forms.ChoiceField(label="How did it reach you?", choices=list(ways), initial=first)


@dataclass(frozen=True)
class Standing:
    """What stands now: a token that changes with it, and what to show somebody who had not seen it."""

    token: str = ""
    rows: tuple[SummaryRow, ...] = ()


def nothing_to_see(seen: str) -> Standing:
    """For forms that only add: nobody can overwrite anything."""
    return Standing()


def versioned(
    found: R, again: Callable[[], R], rows: Callable[[R], Iterable[SummaryRow]]
) -> Callable[[str], Standing]:
    """How a record with a version stands: first as it was found, then as it is read `again`, where it had moved on."""
    looked: list[R] = []

    def stand(seen: str) -> Standing:
        now = again() if looked else found
        looked.append(now)
        token = str(vars(now)["version"])
        return Standing(token, () if seen in ("", token) else tuple(rows(now)))

    return stand


@dataclass(frozen=True)
class Asking:
    """What is asked and of what: `facts` stand above the form; `fields` names a template for boxes of another shape.

    `back` leads away, and `back_text` says where to. `is_half`: saving it does nothing yet, and leads to where it is
    done; so nobody is told that it was.
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
    back_text: str = "Back"


@dataclass(frozen=True)
class FormPage:
    """The page as shown. `likes` is None until somebody looks whether the like was there before."""

    asking: Asking
    form: SeenForm
    theirs: tuple[SummaryRow, ...] = ()
    may_look: bool = False
    likes: Sequence[Any] | None = None
