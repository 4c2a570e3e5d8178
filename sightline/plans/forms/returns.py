"""Asking somebody without an account for an answer, and the one page on which they give it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.partners.models import Person
from sightline.plans.choices import ACCEPTANCE_LABELS, Acceptance, EvidenceQuarter
from sightline.plans.forms.asking import SHORT
from sightline.plans.forms.ledger import QUARTERS, milestones
from sightline.plans.rules.ledger import paragraphs_of
from sightline.plans.services.ledger import Answer
from sightline.screens.asking import SeenForm
from sightline.screens.forms import offer

SOMEBODY_ELSE = "0"
MAY_BE_PUBLISHED = "It may be published. No names of children"


class AskForm(SeenForm):
    """Who is asked: somebody of the agency whose address is known, or somebody else."""

    person = forms.ChoiceField(label="Who is asked?", widget=forms.RadioSelect)
    name = forms.CharField(label="Their name", max_length=200, required=False, widget=SHORT)
    email = forms.EmailField(
        label="Their e-mail address",
        required=False,
        help_text="The link and the code go there: an address that only they read",
        widget=forms.EmailInput(attrs={"width": 20, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        known = [(key, f"{person.name}, {person.email}") for key, person in self.people.items()]
        if not known:
            del self.fields["person"]
        else:
            offer(self, "person", [*known, (SOMEBODY_ELSE, "Somebody else: their name and address follow")])

    def clean(self) -> dict[str, Any]:
        """Somebody else needs a name and an address."""
        said = super().clean() or self.cleaned_data
        person = said.get("person", "") if "person" in self.fields else SOMEBODY_ELSE
        chosen = self.people.get(person)
        if chosen is not None:
            said["name"], said["email"] = chosen.name, chosen.email
        elif person == SOMEBODY_ELSE:
            for field, what in (("name", "their name"), ("email", "their e-mail address")):
                if not said.get(field) and field not in self.errors:
                    self.add_error(field, f"Enter {what}")
        return said


def _box(label: str, hint: str = MAY_BE_PUBLISHED, rows: int = 4) -> forms.CharField:
    """A text box without a count under it, which would fill a telephone; too long a text is told when it is sent."""
    made = forms.CharField(label=label, max_length=20_000, required=False, help_text=hint)
    made.widget = forms.Textarea(attrs={"rows": rows})
    return made


class AnswerForm(SeenForm):
    """The one page: whether it is accepted, the response, how far it has come, and what shows it."""

    value = forms.ChoiceField(
        label="Do you accept it?",
        choices=[(a.value, ACCEPTANCE_LABELS[a]) for a in Acceptance],
        widget=forms.RadioSelect,
        required=False,
    )
    why = _box("Why?", f"Needed where it is not accepted whole. {MAY_BE_PUBLISHED}", 3)
    response = _box("Your response: what you do about it")
    months = forms.ChoiceField(label="Which progress do you tell of?", required=False)
    progress = _box("How far has it come?", f"Leave it empty where nothing is new. {MAY_BE_PUBLISHED}")
    progress_private = _box("How far has it come: for partners only", "It is not published", 3)
    evidence = _box(
        "What shows that it made a difference?", f"Leave it empty where nothing does. {MAY_BE_PUBLISHED}"
    )
    quarter = forms.ChoiceField(
        label="What kind of evidence is it?", choices=[("", "None"), *QUARTERS], required=False
    )
    said_by = forms.CharField(label="Your name and post", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "months", milestones())

    def seen_line(self) -> int:
        """The number of the newest line that the writer saw."""
        said = str(self.cleaned_data["seen"])
        return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0

    def answer(self) -> Answer:
        """The answer as services take it."""
        said = self.cleaned_data
        return Answer(
            acceptance=Acceptance(said["value"]) if said["value"] else None,
            why=paragraphs_of(said["why"]),
            response=paragraphs_of(said["response"]),
            months=int(said["months"] or 0) or None,
            progress=paragraphs_of(said["progress"]),
            progress_private=paragraphs_of(said["progress_private"]),
            quarter=EvidenceQuarter(said["quarter"]) if said["quarter"] else None,
            evidence=paragraphs_of(said["evidence"]),
            said_by=said["said_by"],
        )
