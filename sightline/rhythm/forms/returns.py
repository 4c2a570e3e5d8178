"""The filter of returns, and forms of one: beginning, writing, signing, opening again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from sightline.challenges.choices import RECEIVED_LABELS, Received
from sightline.partners.models import Group
from sightline.partners.selectors import matching_text
from sightline.requests.models import Owed
from sightline.requests.rules import owed_kinds
from sightline.rhythm.choices import OUTCOME_LABELS, STATE_LABELS, PaperDeed, ReturnDeed, StepOutcome
from sightline.rhythm.models import Return
from sightline.rhythm.rules.telling import headings
from sightline.rhythm.selectors.papers import LEFT_OUT, PaperRead
from sightline.rhythm.selectors.returns import ReturnRead
from sightline.rhythm.services import ReadGiven, StepSaid
from sightline.screens.asking import SeenForm, as_at_field, how_field, words_field
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import ALL, GroupFilter, offer
from sightline.screens.words import day

RETURN_KINDS = [(kind.key, kind.label) for kind in owed_kinds().values() if kind.is_return]
HOW = [(how.value, label) for how, label in RECEIVED_LABELS.items() if how != Received.SCREEN]
NOT_SAID = ("", "Not said yet")
OUT = str(LEFT_OUT)
STANDS = " (answer it with the return that stands)"
LAST_TIME = "Last time’s next step {order}: “{step}”"


class ReturnFilter(GroupFilter):
    """What the list of returns can be narrowed by; groups that write some and the days they tell up to are given."""

    words = forms.CharField(label="Words", help_text="In what was written, or the group")
    kind = forms.ChoiceField(label="Kind", choices=[ALL, *RETURN_KINDS])
    until = forms.ChoiceField(label="Tells up to", choices=[ALL])
    state = forms.ChoiceField(
        label="Where it stands", choices=[ALL, *((s.value, label) for s, label in STATE_LABELS.items())]
    )

    def __init__(self, *args: Any, until: Iterable[date] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "until", [ALL, *((each.isoformat(), day(each)) for each in until)])

    def narrow(self, rows: Any) -> Any:
        """The returns that fit."""
        said = self.chosen
        if words := said.get("words"):
            rows = matching_text(rows, words, ("texts__text", "group__name")).distinct()
        plain = {"group": "group__key", "kind": "kind", "state": "state", "until": "period_until"}
        return rows.filter(**{plain[name]: said[name] for name in plain if name in said})


class NewReturnForm(SeenForm):
    """Which return is begun: one that is owed, or one outside any cycle. `stand`: what is owed that a return of its
    time can answer, which is then not begun again.
    """

    of = forms.ChoiceField(label="Which return?")
    first = BoxesDateField(
        label="From which day does it tell?", required=False, help_text="Only for one that is not owed"
    )
    last = BoxesDateField(label="Up to which day?", required=False, help_text="Only for one that is not owed")

    def __init__(
        self, *args: Any, owed: Mapping[int, Owed], stand: Mapping[int, Return], groups: Mapping[int, Group],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.owed, self.stand, self.groups = owed, stand, groups
        due = [(f"owed:{pk}", _due(each) + (STANDS if pk in stand else "")) for pk, each in owed.items()]
        free = [
            (f"{kind}:{pk}", f"{each}: {label.lower()}, not owed")
            for pk, each in groups.items()
            for kind, label in RETURN_KINDS
        ]
        offer(self, "of", [("", "Choose"), *due, *free])

    def clean(self) -> dict[str, Any]:
        """One that is not owed needs its two days."""
        said = super().clean() or {}
        if said.get("of") and not said["of"].startswith("owed:"):
            for name in ("first", "last"):
                if name in said and not said[name]:
                    self.add_error(name, "Enter the day, because this return is not owed")
        return said

    @property
    def chosen(self) -> tuple[str, int]:
        """ "owed" or the kind, and the number of what is owed or of the group."""
        kind, _, number = self.cleaned_data["of"].partition(":")
        return kind, int(number)


def _due(owed: Owed) -> str:
    cycle = owed.cycle
    return f"{cycle.owed_by}: {cycle.title} to {cycle.group}, due {day(owed.due_on)}"


class WriteForm(SeenForm):
    """What became of last time's next steps, then the headings; `filled` stands where nothing was written yet."""

    def __init__(self, *args: Any, read: ReturnRead, filled: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = read
        for step in read.steps:
            self._ask(step)
        for each in headings():
            field = words_field(each.label, each.hint, rows=6)
            field.required = False
            field.initial = read.text_of(each.key) if read.texts else filled.get(each.key, "")
            self.fields[each.key] = field

    def _ask(self, step: Any) -> None:
        told = step.told
        self.fields[f"step-{step.order}"] = forms.ChoiceField(
            label=LAST_TIME.format(order=step.order, step=step.step[:300]),
            choices=[NOT_SAID, *((each.value, label) for each, label in OUTCOME_LABELS.items())],
            required=False,
            initial=told.outcome if told else "",
        )
        self.fields[f"step-{step.order}-words"] = forms.CharField(
            label=f"What became of step {step.order}?",
            max_length=500,
            required=False,
            initial=told.text if told else "",
        )

    def texts(self) -> dict[str, str]:
        """What stands under each heading."""
        return {each.key: self.cleaned_data[each.key] for each in headings()}

    def steps(self) -> dict[int, StepSaid]:
        """What is said of each step; nothing of those left open."""
        said = self.cleaned_data
        return {
            step.order: StepSaid(StepOutcome(outcome), said[f"step-{step.order}-words"])
            for step in self.read.steps
            if (outcome := said[f"step-{step.order}"])
        }


class ReturnDoForm(SeenForm):
    """Signing off, or opening again with a reason."""

    on = as_at_field("On which day was it signed off?")
    signed_by = forms.CharField(
        label="Who signed it off?",
        max_length=200,
        help_text="The chair, or who stood in",
        widget=forms.TextInput(attrs={"width": 20}),
    )
    how = how_field(HOW, Received.EMAIL.value)
    why = forms.CharField(label="Why is it opened again?", max_length=300, help_text="No names of children")

    def __init__(self, *args: Any, deed: ReturnDeed, for_chair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if deed == ReturnDeed.SIGN:
            self.drop("why")
            if not for_chair:
                self.drop("signed_by", "how")
        else:
            self.drop("on", "signed_by", "how")
        if deed == ReturnDeed.SEND_BACK:
            self.relabel("why", "What should the group look at again?")


class PaperForm(SeenForm):
    """Of which group each section of a paper is."""

    def __init__(self, *args: Any, read: PaperRead, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = [each.index for each in read.sections]
        choices = [NOT_SAID, (OUT, "None: leave it out"), *((str(each.pk), _named(each)) for each in groups)]
        for each in read.sections:
            chosen = OUT if each.is_left_out else str(each.group.pk) if each.group else ""
            self.fields[f"section-{each.index}"] = forms.ChoiceField(
                label=f"Line {each.section.line}: {each.section.name}",
                choices=choices,
                required=False,
                initial=chosen,
            )

    def decisions(self) -> dict[int, int]:
        """The number of the group of each section, 0 for one that is left out; nothing of those left open."""
        said = self.cleaned_data
        return {index: int(group) for index in self.places if (group := said[f"section-{index}"])}


class PaperDoForm(SeenForm):
    """Reading a paper in, giving it up, or taking it back with a reason."""

    why = forms.CharField(label="Why is it taken back?", max_length=300, help_text="No names of children")

    def __init__(self, *args: Any, deed: PaperDeed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if deed != PaperDeed.WITHDRAW:
            self.drop("why")


def _named(group: Group) -> str:
    return f"{group.name} (ended {group.ends_on.year})" if group.ends_on else group.name


class ReadForm(SeenForm):
    """The text of a printed report, in which groups tell of a past time."""

    paper = forms.CharField(
        label="From which paper is it?", max_length=150, help_text="Such as: Yearly report 2015 to 2016"
    )
    kind = forms.ChoiceField(
        label="Which returns are these?", choices=RETURN_KINDS, initial=RETURN_KINDS[-1][0]
    )
    first = BoxesDateField(label="From which day do they tell?")
    last = BoxesDateField(label="Up to which day?")
    text = forms.CharField(
        label="The text",
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text="Copy it from the paper: the sections of the groups, or all of it",
    )

    def given(self) -> ReadGiven:
        """As the service takes it."""
        said = self.cleaned_data
        return ReadGiven(said["text"], said["paper"], said["kind"], said["first"], said["last"])
