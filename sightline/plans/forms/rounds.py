"""Opening a round of a plan, and the one page on which somebody tells how their actions stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.partners.models import Person
from sightline.plans.choices import LABELS, DeliveryRating, EvidenceQuarter
from sightline.plans.models import Action
from sightline.plans.rules.rounds import ActionTold
from sightline.plans.selectors.rounds import Owner
from sightline.requests.services import AskedGiven
from sightline.screens.asking import SeenForm, words_field
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm, offer

MOST = 4_000
AGREE, DECLINE = "agree", "decline"
TRACK = [
    ("", "Nothing new"),
    (DeliveryRating.GREEN.value, "On track"),
    (DeliveryRating.AMBER.value, "At risk"),
    (DeliveryRating.RED.value, "Off track"),
]
# Small, and side by side: seven actions must not fill ten screens of a telephone.
SHORT_CHOICE = {"offer_empty": True, "class": "govuk-radios--small sl-side-by-side"}


class RoundForm(CarefulForm):
    """A new round: what it is called, how long answers are taken, and who is asked for each owner."""

    title = forms.CharField(
        label="What is the round called?",
        max_length=200,
        help_text="For example “Update for the January meeting”",
    )
    closes_on = BoxesDateField(label="Until which day are answers taken?")

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = [owner for owner in owners if owner.people]
        for owner in self.owners:
            name = f"{owner.kind}_{owner.number}"
            first = str(owner.usual.pk) if owner.usual else ""
            self.fields[name] = forms.ChoiceField(label=owner.name, required=False, initial=first)
            people = [(str(each.pk), f"{each.name}, {each.email}") for each in owner.people]
            offer(self, name, [("", "Nobody: they are not asked"), *people])

    def choosing(self) -> list[forms.BoundField]:
        """The boxes that choose who answers for each owner."""
        return [self[f"{owner.kind}_{owner.number}"] for owner in self.owners]

    def asked(self) -> list[AskedGiven]:
        """Who is asked, and for which owners."""
        chosen: dict[Person, list[tuple[str, int]]] = {}
        for owner in self.owners:
            number = self.cleaned_data[f"{owner.kind}_{owner.number}"]
            for person in (each for each in owner.people if str(each.pk) == number):
                chosen.setdefault(person, []).append(owner.party)
        return [AskedGiven(person, tuple(parties)) for person, parties in chosen.items()]


def words_box(label: str, hint: str = "") -> forms.CharField:
    """A text box without a count under it, which would fill a telephone; too long a text is told when it is sent."""
    box = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=MOST, required=False, help_text=hint, widget=box)


class DateForm(SeenForm):
    """Whether a new date that somebody asks for is given."""

    answer = forms.ChoiceField(
        label="Is the new date given?",
        choices=[
            (AGREE, "Yes: it is the new date, and a later one counts as a slip"),
            (DECLINE, "No: the date that stands stays"),
        ],
        widget=forms.RadioSelect,
    )
    words = words_field("Why?", "Needed for a no. Whoever asked reads it. No names of children", 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False


class ToldForm(CarefulForm):
    """How one action stands; whatever is left empty is not told."""

    delivery = forms.ChoiceField(
        label="Is it still on track?",
        choices=TRACK,
        required=False,
        widget=forms.RadioSelect(attrs=SHORT_CHOICE),
    )
    happened = words_box("What happened since?")
    why = words_box("Why?", "Needed for a new date, and where it stands better than its dates suggest")
    due_on = BoxesDateField(
        label="By when will it be done?",
        required=False,
        help_text="Change it to ask for a new date: the partnership’s office decides",
    )
    difference = words_box("What has it changed for children?")
    evidence = words_box("What shows that?", "A count, an audit, what families or practitioners said")
    quarter = forms.ChoiceField(
        label="What kind of evidence is it?",
        choices=[("", "None"), *((each.value, LABELS[each]) for each in EvidenceQuarter)],
        required=False,
    )

    def __init__(self, data: Any, action: Action, **kwargs: Any) -> None:
        self.action = action
        first = {"delivery": "", "due_on": action.current_due_on}
        super().__init__(data, prefix=f"a{action.pk}", initial=first, **kwargs)

    def told(self) -> ActionTold:
        """What was told, as services take it; a date that stands already is not asked for."""
        said = self.cleaned_data
        due_on = said.get("due_on")
        words = {
            name: str(said.get(name) or "").strip()
            for name in ("happened", "delivery", "why", "difference", "evidence", "quarter")
        }
        return ActionTold(**words, due_on=due_on if due_on != self.action.current_due_on else None)
