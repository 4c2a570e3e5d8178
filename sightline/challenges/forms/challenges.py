"""The filter of challenges, and forms of what is done about one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from sightline.challenges.choices import (
    CHANGED_LABELS,
    DEED_QUESTIONS,
    FROM_LABELS,
    OPEN_STATES,
    STATE_LABELS,
    ChallengeState,
    Changed,
    Deed,
    From,
    Received,
)
from sightline.challenges.forms.asking import (
    ALL,
    TIERS,
    ask_who_said_it,
    how_field,
    words_field,
)
from sightline.challenges.rules.waiting import ages
from sightline.challenges.services import Said
from sightline.events.choices import Tier
from sightline.partners.selectors import matching_text
from sightline.screens.asking import SeenForm, as_at_field, said_by_field
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import FilterForm, offer

OPEN, LATE = "open", "late"
SEARCHED = (
    "title", "text", "asked", "from_agency__name", "from_group__name", "from_name", "to_agency__name",
    "to_group__name",
)  # fmt: skip
# Who raises a challenge for themselves, and for somebody the unit names.
ME, NAMED = "me", "person"


class ChallengeFilter(FilterForm):
    """What the list of challenges can be narrowed by; those on either side are given."""

    words = forms.CharField(label="Words", help_text="In the challenge, or whom it is from or to")
    state = forms.ChoiceField(
        label="Where it stands",
        choices=[
            ALL,
            (OPEN, "Open"),
            (LATE, "Answer overdue"),
            *((state.value, label) for state, label in STATE_LABELS.items()),
        ],
    )
    by = forms.ChoiceField(label="Raised by", choices=[ALL])
    to = forms.ChoiceField(label="Raised to", choices=[ALL])
    age = forms.ChoiceField(
        label="Open for", choices=[ALL, *((str(n), age.label) for n, age in enumerate(ages()))]
    )
    answered = forms.BooleanField(label="With an answer")
    changed = forms.ChoiceField(
        label="What changed",
        choices=[
            ALL,
            *((c.value, label) for c, label in CHANGED_LABELS.items()),
            ("unsaid", "Nobody has said"),
        ],
    )

    def __init__(
        self,
        *args: Any,
        by: Iterable[tuple[str, str]] = (),
        to: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, FROM_LABELS[kind]) for kind in (From.SCRUTINEER, From.PERSON)]
        offer(self, "by", [ALL, *kinds, *by])
        offer(self, "to", [ALL, *to])

    def narrow(self, rows: Any) -> Any:
        """The challenges that fit."""
        said = self.chosen
        if words := said.get("words"):
            rows = matching_text(rows, words, SEARCHED)
        rows = rows.filter(_side("from", said.get("by", "")), _side("to", said.get("to", "")))
        if said.get("answered"):
            rows = rows.filter(current_answered_on__isnull=False)
        if changed := said.get("changed"):
            rows = rows.filter(current_changed="" if changed == "unsaid" else changed)
        return _of_age(_of_state(rows, said.get("state", "")), said.get("age", ""))


def _side(side: str, chosen: str) -> Q:
    kind, _, key = chosen.partition(":")
    if key:
        return Q(**{f"{side}_{kind}__key": key})
    return Q(from_kind=kind) if kind else Q()


def _of_state(rows: Any, state: str) -> Any:
    if state == LATE:
        return rows.filter(state=ChallengeState.RAISED, current_due_on__lt=timezone.localdate())
    if state == OPEN:
        return rows.filter(state__in=OPEN_STATES)
    return rows.filter(state=state) if state else rows


def _of_age(rows: Any, chosen: str) -> Any:
    if not chosen:
        return rows
    age = ages()[int(chosen)]
    today = timezone.localdate()
    rows = rows.filter(state__in=OPEN_STATES, raised_on__lte=today - timedelta(days=age.least))
    return rows if age.most is None else rows.filter(raised_on__gte=today - timedelta(days=age.most))


class WordsForm(SeenForm):
    """What a challenge says."""

    title = forms.CharField(
        label="What is it about?", max_length=300, help_text="In a few words. No names of children"
    )
    text = words_field("What is challenged?", "What you saw or know, and why it matters for children")
    asked = words_field("What do you ask for?", "What should be explained, shown or done", 3)
    tier = forms.ChoiceField(
        label="Who may read it?", choices=TIERS, widget=forms.RadioSelect, initial=Tier.T1.value
    )


class RaiseForm(WordsForm):
    """A new challenge."""

    by = forms.ChoiceField(label="Who raises it?")
    to = forms.ChoiceField(label="To whom?")
    raised_on = as_at_field("Raised on")
    due_on = BoxesDateField(label="Answer asked for by")
    said_by = said_by_field()
    received_how = how_field()
    field_order = ("seen", "by", "to", "title", "text", "asked", "due_on", "tier", "raised_on")

    def __init__(
        self,
        *args: Any,
        own: Iterable[tuple[str, str]],
        parties: Iterable[tuple[str, str]],
        keeps_logs: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own = list(own)
        known = list(parties)
        others = [
            (NAMED, "A person, named below"),
            (From.SCRUTINEER.value, FROM_LABELS[From.SCRUTINEER]),
            *known,
        ]
        mine = {key for key, _ in self.own}
        more = [each for each in others if each[0] not in mine] if keeps_logs else []
        offer(self, "by", [*self.own, *more])
        offer(self, "to", [("", "Choose"), *known])
        ask_who_said_it(self, keeps_logs=keeps_logs, for_others=False)

    def clean(self) -> dict[str, Any]:
        """Whoever types for somebody else says for whom."""
        said = super().clean() or {}
        if "said_by" in self.fields and self.is_for_others and not said.get("said_by"):
            self.add_error("said_by", "Enter who raises it")
        return said

    @property
    def is_for_others(self) -> bool:
        """Whether it is raised in the name of somebody whom its writer has no role for."""
        return self.cleaned_data.get("by", "") not in {key for key, _ in self.own}


class DeedForm(SeenForm):
    """One thing done about a challenge: each deed asks what it needs."""

    text = words_field("In your words")
    changed = forms.ChoiceField(
        label="For whom did something change?",
        choices=[(c.value, label) for c, label in CHANGED_LABELS.items()],
        widget=forms.RadioSelect,
    )
    due_on = BoxesDateField(label="Answer asked for by")
    as_at = as_at_field("Of which day is this?")
    said_by = said_by_field()
    received_how = how_field()

    def __init__(
        self, *args: Any, deed: Deed, keeps_logs: bool = False, for_others: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.relabel("text", DEED_QUESTIONS[deed])
        if deed not in (Deed.CLOSE, Deed.CHANGE):
            self.drop("changed")
        if deed not in (Deed.ASK_MORE, Deed.DATE, Deed.REOPEN):
            self.drop("due_on")
        ask_who_said_it(self, keeps_logs=keeps_logs, for_others=for_others)

    def said(self) -> Said:
        """The words as services take them."""
        return said_in(self.cleaned_data, "text", "as_at")

    @property
    def changed_for(self) -> Changed | None:
        """For whom something changed, where it is asked."""
        return Changed(self.cleaned_data["changed"]) if "changed" in self.fields else None


def said_in(given: dict[str, Any], words: str, day: str) -> Said:
    """What was said, by whom, and how it came."""
    how = Received(given.get("received_how") or Received.SCREEN.value)
    return Said(given[words], given[day], given.get("said_by") or "", how)
