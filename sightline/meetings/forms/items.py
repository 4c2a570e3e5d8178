"""Forms of an agenda, of minutes, of decisions and of the group's log of actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from sightline.events.choices import READERS, Tier
from sightline.meetings.choices import BETWEEN, ENDED_LABELS, HOW_LABELS, RULING_LABELS
from sightline.meetings.models import Meeting, MinuteText
from sightline.meetings.rules.lines import MOST_MINUTES
from sightline.meetings.rules.minutes import joined_texts
from sightline.meetings.selectors.items import NOT_KNOWN, PROVISIONAL, WITHDRAWN
from sightline.partners.models import Group
from sightline.partners.selectors import matching_text
from sightline.plans.models import Plan
from sightline.screens.asking import SeenForm, words_field
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import ALL, GroupFilter, offer, version_sent

OPEN, LATE = "open", "late"
DEFERRED = "yes"
SAID = ("text", "group__name", "item__title")


class ItemForm(SeenForm):
    """An item that somebody raises."""

    title = forms.CharField(label="What is it called?", max_length=300, help_text="No names of children")
    text = forms.CharField(
        label="What is asked of the meeting?",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    about = forms.CharField(
        label="About which record?",
        required=False,
        max_length=500,
        help_text="The reference of an action (SL-00012), what a challenge, risk or entry of the scrutiny log "
        "is called (Risk 5), or the address of the page of any record. What is decided is then shown on that page",
    )
    tier = forms.ChoiceField(
        label="Who may read it?", choices=READERS, widget=forms.RadioSelect, initial=Tier.T1.value
    )
    lead = forms.CharField(
        label="Who leads it?", required=False, max_length=200, widget=forms.TextInput(attrs={"width": 20})
    )
    lasts = forms.IntegerField(
        label="How many minutes?",
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        widget=forms.NumberInput(attrs={"width": 4}),
    )
    place = forms.IntegerField(
        label="Place on the agenda",
        min_value=1,
        max_value=9999,
        help_text="1 is the first; the others follow in their order",
        widget=forms.NumberInput(attrs={"width": 4}),
    )
    take_off = forms.BooleanField(label="Take this item off the agenda", required=False)
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        required=False,
        help_text="Only when it is taken off. No names of children",
    )

    def __init__(self, *args: Any, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if new:
            self.drop("place", "take_off", "reason")


class RaiseForm(ItemForm):
    """A record that somebody puts on the agenda of one of these meetings."""

    meeting = forms.ChoiceField(label="At which meeting?")
    field_order = ("meeting",)

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, new=True, **kwargs)
        self.drop("about")
        offer(self, "meeting", [("", "Choose"), *((str(each.pk), str(each)) for each in meetings)])


class MinuteForm(SeenForm):
    """What is typed about one item during the meeting: its text, a decision, an action in one line."""

    text = forms.CharField(
        label="Minute", required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    decision = forms.CharField(
        label="Decision", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 1})
    )
    line = forms.CharField(
        label="Action",
        required=False,
        max_length=2000,
        help_text="In one line: what — owner — by when",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    plan = forms.ChoiceField(label="The action goes", required=False)
    defer = forms.BooleanField(label="Take this item to the next meeting", required=False)
    # What the form showed, so that only a change of it does anything; and which form it is, so that what is sent
    # twice is taken once.
    defer_seen = forms.CharField(widget=forms.HiddenInput, required=False)
    typed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        *args: Any,
        item: int,
        texts: Sequence[MinuteText],
        plans: Iterable[Plan],
        deferred: bool,
        **kwargs: Any,
    ) -> None:
        initial = {
            "seen": ",".join(str(each.pk) for each in texts),
            "text": joined_texts([each.text for each in texts]),
            "defer": deferred,
            "defer_seen": DEFERRED if deferred else "",
            "typed": token_urlsafe(16),
        }
        super().__init__(*args, auto_id=f"item-{item}-%s", initial=initial, **kwargs)
        offer(
            self,
            "plan",
            [("", "Into the group’s own log"), *((each.key, f"Into {each.name}") for each in plans)],
        )

    @property
    def deferred(self) -> bool | None:
        """Whether the item goes to the next meeting; None where its writer left that as the form showed it."""
        wanted: bool = self.cleaned_data["defer"]
        return None if wanted == (self.cleaned_data["defer_seen"] == DEFERRED) else wanted

    @property
    def seen_texts(self) -> frozenset[int]:
        """The numbers of the texts that its writer had before them."""
        return frozenset(map(version_sent, self.cleaned_data["seen"].split(",")))


class BetweenForm(SeenForm):
    """A decision that was taken between two meetings."""

    group = forms.ChoiceField(label="Which group decided?")
    how = forms.ChoiceField(
        label="How?", choices=[(each.value, HOW_LABELS[each]) for each in BETWEEN], widget=forms.RadioSelect
    )
    text = words_field("What was decided?", "And why it could not wait. No names of children")
    decided_on = BoxesDateField(label="On which day?", initial=timezone.localdate)
    tier = forms.ChoiceField(
        label="Who may read it?", choices=READERS, widget=forms.RadioSelect, initial=Tier.T1.value
    )

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "group", [("", "Choose"), *((str(each.pk), each.name) for each in groups)])


class RulingForm(SeenForm):
    """Which meeting ruled on a provisional decision."""

    meeting = forms.ChoiceField(label="At which meeting?")

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "meeting", [("", "Choose"), *((str(each.pk), str(each)) for each in meetings)])


class DoneForm(SeenForm):
    """That an action of the log is done, and how one knows."""

    done_words = words_field("What was done?", "And how do you know? No names of children", 3)
    done_on = BoxesDateField(label="On which day?", initial=timezone.localdate)


class OwnerForm(SeenForm):
    """Whose an action of the log is."""

    name = forms.CharField(
        label="Whose is it?",
        max_length=300,
        help_text="The name of an agency, a group or a person, as it is kept under Partners",
    )


class SaidFilter(GroupFilter):
    """What decisions, and actions of meetings, can be narrowed by; the groups are given."""

    words = forms.CharField(label="Words", help_text="In what was said, the item or the group")

    def narrow(self, rows: Any) -> Any:
        """The rows that fit."""
        said = self.chosen
        if words := said.get("words"):
            rows = matching_text(rows, words, SAID)
        return rows.filter(group__key=said["group"]) if "group" in said else rows


class DecisionFilter(SaidFilter):
    """What decisions can be narrowed by."""

    how = forms.ChoiceField(
        label="How it was taken", choices=[ALL, *((h.value, label) for h, label in HOW_LABELS.items())]
    )
    standing = forms.ChoiceField(
        label="Where it stands",
        choices=[
            ALL,
            ("provisional", "Provisional"),
            ("unknown", "Quorum not known"),
            ("stands", "Stands"),
            ("withdrawn", "Withdrawn"),
            *((r.value, label) for r, label in RULING_LABELS.items()),
        ],
    )
    number = forms.IntegerField(label="Number", min_value=1, widget=forms.NumberInput(attrs={"width": 5}))

    def narrow(self, rows: Any) -> Any:
        """The decisions that fit."""
        rows, said = super().narrow(rows), self.chosen
        plain = {"how": "how", "number": "pk"}
        rows = rows.filter(**{plain[name]: said[name] for name in plain if name in said})
        if standing := said.get("standing"):
            stands = ~PROVISIONAL & ~WITHDRAWN & Q(ruling="")
            found = {"provisional": PROVISIONAL & ~NOT_KNOWN, "withdrawn": WITHDRAWN, "stands": stands}
            found["unknown"] = NOT_KNOWN
            rows = rows.filter(found.get(standing, Q(ruling=standing)))
        return rows


class GroupActionFilter(SaidFilter):
    """What actions of meetings can be narrowed by."""

    state = forms.ChoiceField(
        label="Where it stands",
        choices=[
            ALL,
            (OPEN, "Open"),
            (LATE, "Late"),
            *((each.value, label) for each, label in ENDED_LABELS.items()),
        ],
    )
    owner = forms.CharField(label="Owner")
    number = forms.IntegerField(label="Number", min_value=1, widget=forms.NumberInput(attrs={"width": 5}))

    def narrow(self, rows: Any) -> Any:
        """The actions that fit; one that became an action of a plan is open or done there."""
        rows, said = super().narrow(rows), self.chosen
        if number := said.get("number"):
            rows = rows.filter(pk=number)
        if owner := said.get("owner"):
            rows = matching_text(rows, owner, ("owner",))
        if state := said.get("state"):
            if state not in (OPEN, LATE):
                return rows.filter(ended_as=state)
            rows = rows.filter(done_on=None, plan_action=None)
            return rows.filter(due_on__lt=timezone.localdate()) if state == LATE else rows
        return rows
