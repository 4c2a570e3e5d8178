"""The filter of the scrutiny log, and forms of what is written in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from sightline.challenges.choices import (
    LOOKED_LABELS,
    SCRUTINY_DEED_QUESTIONS,
    SCRUTINY_STATE_LABELS,
    VERDICT_LABELS,
    ScrutinyDeed,
    ScrutinyState,
    Verdict,
)
from sightline.challenges.forms.asking import ALL, TIERS, ask_who_said_it, how_field, words_field
from sightline.challenges.forms.challenges import said_in
from sightline.challenges.models import ScrutinyAsked
from sightline.challenges.services import Said, ScrutinyMore
from sightline.events.choices import Tier
from sightline.partners.selectors import matching_text
from sightline.screens.asking import SeenForm, as_at_field, said_by_field
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import FilterForm, offer

OPEN, LATE = "open", "late"
SEARCHED = ("title", "looked_at", "found", "asked")


class ScrutinyFilter(FilterForm):
    """What the log can be narrowed by; those asked are given."""

    words = forms.CharField(label="Words", help_text="In what was looked at, found or asked")
    kind = forms.ChoiceField(
        label="Looked at", choices=[ALL, *((kind.value, label) for kind, label in LOOKED_LABELS.items())]
    )
    state = forms.ChoiceField(
        label="Where it stands",
        choices=[
            ALL,
            (OPEN, "Open"),
            (LATE, "Answer overdue"),
            *((state.value, label) for state, label in SCRUTINY_STATE_LABELS.items()),
        ],
    )
    of = forms.ChoiceField(label="Asked of", choices=[ALL])
    verdict = forms.ChoiceField(
        label="Verdict", choices=[ALL, *((each.value, label) for each, label in VERDICT_LABELS.items())]
    )

    def __init__(self, *args: Any, of: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "of", [ALL, *of])

    def narrow(self, rows: Any) -> Any:
        """The entries that fit."""
        said = self.chosen
        if words := said.get("words"):
            rows = matching_text(rows, words, SEARCHED)
        for name, column in (("kind", "kind"), ("verdict", "current_verdict")):
            rows = rows.filter(**{column: said[name]}) if said.get(name) else rows
        if of := said.get("of"):
            kind, _, key = of.partition(":")
            asked = ScrutinyAsked.objects.filter(scrutiny=OuterRef("pk"), **{f"{kind}__key": key})
            rows = rows.filter(Exists(asked))
        return rows.filter(_in(said.get("state", "")))


def _in(state: str) -> Q:
    if state == LATE:
        return Q(state=ScrutinyState.WAITING, current_due_on__lt=timezone.localdate())
    if state == OPEN:
        return ~Q(state=ScrutinyState.CLOSED)
    return Q(state=state) if state else Q()


class EntryForm(SeenForm):
    """What an entry says."""

    title = forms.CharField(
        label="What is it about?", max_length=300, help_text="In a few words. No names of children"
    )
    kind = forms.ChoiceField(
        label="What kind of looking was it?",
        choices=[(kind.value, label) for kind, label in LOOKED_LABELS.items()],
    )
    looked_at = words_field("What did you look at?", "Where, how many, over which time. No names of children")
    found = words_field("What did you find?", "What is good as well, and what it means for children")
    asked = forms.CharField(
        label="What do you ask of partners?",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Leave it empty where nothing is asked",
    )
    tier = forms.ChoiceField(
        label="Who may read it?", choices=TIERS, widget=forms.RadioSelect, initial=Tier.T1.value
    )


class NewEntryForm(EntryForm):
    """A new entry: of whom something is asked, and by when."""

    of = forms.MultipleChoiceField(label="Of whom?", required=False, widget=forms.CheckboxSelectMultiple)
    due_on = BoxesDateField(label="Answer asked for by", required=False)
    seen_on = as_at_field("When did you look?")
    field_order = ("seen", "title", "kind", "seen_on", "looked_at", "found", "asked", "due_on", "of", "tier")

    def __init__(self, *args: Any, parties: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "of", list(parties))


class EntryDeedForm(SeenForm):
    """One thing done about an entry: each deed asks what it needs."""

    partner = forms.ChoiceField(label="Who answers?")
    text = words_field("In your words")
    verdict = forms.ChoiceField(
        label="Verdict",
        choices=[(each.value, label) for each, label in VERDICT_LABELS.items()],
        widget=forms.RadioSelect,
    )
    due_on = BoxesDateField(label="Answer asked for by")
    as_at = as_at_field("Of which day is this?")
    said_by = said_by_field()
    received_how = how_field()

    def __init__(
        self,
        *args: Any,
        deed: ScrutinyDeed,
        partners: Sequence[ScrutinyAsked],
        keeps_logs: bool,
        for_others: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in partners}
        self.relabel("text", SCRUTINY_DEED_QUESTIONS[deed])
        wanted = {
            "partner": ScrutinyDeed.RESPOND,
            "verdict": ScrutinyDeed.VERDICT,
            "due_on": ScrutinyDeed.ASK_AGAIN,
        }
        self.drop(*(name for name, only in wanted.items() if only != deed))
        if "partner" in self.fields:
            offer(self, "partner", [(key, str(each)) for key, each in self.known.items()])
        ask_who_said_it(self, keeps_logs=keeps_logs and deed == ScrutinyDeed.RESPOND, for_others=for_others)

    def said(self) -> Said:
        """The words as services take them."""
        return said_in(self.cleaned_data, "text", "as_at")

    def more(self) -> ScrutinyMore:
        """What else was asked, as services take it."""
        said = self.cleaned_data
        verdict = Verdict(said["verdict"]) if said.get("verdict") else None
        return ScrutinyMore(self.known.get(said.get("partner", "")), verdict, said.get("due_on"))
