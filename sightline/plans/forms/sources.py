"""Filters and forms of sources and what they ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.events.choices import Tier
from sightline.partners.selectors import matching_text
from sightline.plans.choices import LABELS, SourceKind
from sightline.plans.forms.asking import lines_of
from sightline.plans.forms.table import theme_choices
from sightline.plans.models import Recommendation
from sightline.screens.asking import SeenForm
from sightline.screens.fields import BoxesDateField, CharacterCountField
from sightline.screens.forms import FilterForm

KINDS = [(kind.value, LABELS[kind]) for kind in SourceKind]


class SourceFilter(FilterForm):
    """The filter of the list of sources."""

    words = forms.CharField(label="Words", help_text="In the title, or in who published it")
    kind = forms.ChoiceField(label="Kind", choices=[("", "All"), *KINDS])
    theme = forms.ChoiceField(label="Asks for something about", choices=theme_choices)
    unanswered = forms.BooleanField(label="With something that no action answers")

    def narrow(self, rows: Any) -> Any:
        """Sources with every word, of the kind asked for, with something open where that is asked."""
        if words := self.chosen.get("words"):
            rows = matching_text(rows, words, ("title", "body", "recommendations__text")).distinct()
        if kind := self.chosen.get("kind"):
            rows = rows.filter(kind=kind)
        if theme := self.chosen.get("theme"):
            # Looked up once: a source may ask for several things under one theme.
            under = Recommendation.objects.filter(theme_marks__theme=theme).order_by()
            rows = rows.filter(pk__in=under.values("source"))
        if self.chosen.get("unanswered"):
            rows = rows.filter(unanswered_count__gt=0)
        return rows


class SourceForm(SeenForm):
    """Where a need for change comes from."""

    title = forms.CharField(label="Title", max_length=300)
    kind = forms.ChoiceField(label="What kind of source is it?", choices=KINDS)
    body = forms.CharField(label="Published by", max_length=200, required=False)
    published_on = BoxesDateField(label="Day of publication", required=False)
    summary = CharacterCountField(
        label="In short", max_length=2_000, rows=4, required=False, help_text="No names of children"
    )
    tier = forms.ChoiceField(
        label="Who may read it?",
        choices=[
            (Tier.T1.value, "Every member of the partnership"),
            (Tier.T0.value, "Everybody: it is published"),
            (Tier.T2.value, "Only those who serve the whole partnership"),
        ],
    )


class RecommendationForm(SeenForm):
    """One thing a source asks for."""

    number = forms.CharField(
        label="Printed number",
        max_length=40,
        help_text="As printed: 106, or Recommendation 4",
        widget=forms.TextInput(attrs={"width": 10}),
    )
    title = forms.CharField(label="Title", max_length=300, required=False)
    text = CharacterCountField(label="What does it ask for?", max_length=4_000, rows=4)
    addressed_to = forms.CharField(
        label="Whom is it addressed to?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One on each line",
    )

    def values(self) -> dict[str, Any]:
        """The answers, with addressees one by one."""
        return {**super().values(), "addressed_to": lines_of(self.cleaned_data["addressed_to"])}
