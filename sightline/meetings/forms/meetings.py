"""The filter of meetings, and forms of a meeting, a series and a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from sightline.meetings.choices import (
    DEED_WHY,
    KIND_LABELS,
    RHYTHM_LABELS,
    STATE_LABELS,
    MeetingDeed,
    MeetingKind,
    Rhythm,
)
from sightline.meetings.models import Meeting, MeetingRule, Series
from sightline.meetings.rules.papers import standard as of_papers
from sightline.meetings.rules.quorum import QuorumAsked
from sightline.meetings.services import MeetingGiven
from sightline.partners.models import Agency, Group
from sightline.partners.selectors import matching_text, standing
from sightline.screens.asking import SeenForm
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import ALL, GroupFilter, offer, offer_rows
from sightline.screens.words import count

AHEAD, PAST = "ahead", "past"
SEARCHED = ("group__name", "group__short_name", "series__name", "place")
TIMES = ("%H:%M", "%H.%M", "%H")


def hour_field(label: str, like: str) -> forms.TimeField:
    """An hour of the day that may be left empty; `like` is what one looks like."""
    box = forms.TimeInput(attrs={"width": 5}, format="%H:%M")
    sentence = {"invalid": f"Enter the time as {like}"}
    return forms.TimeField(
        label=label, required=False, input_formats=TIMES, widget=box, error_messages=sentence
    )


class MeetingFilter(GroupFilter):
    """What the list of meetings can be narrowed by; the groups that meet are given."""

    words = forms.CharField(label="Words", help_text="In the group, the series or the place")
    when = forms.ChoiceField(label="When", choices=[ALL, (AHEAD, "Today and later"), (PAST, "Before today")])
    kind = forms.ChoiceField(
        label="Kind", choices=[ALL, *((k.value, label) for k, label in KIND_LABELS.items())]
    )
    state = forms.ChoiceField(
        label="Where it stands", choices=[ALL, *((s.value, label) for s, label in STATE_LABELS.items())]
    )
    quorum = forms.ChoiceField(
        label="Quorum", choices=[ALL, ("yes", "Quorate"), ("no", "Not quorate"), ("unsaid", "Not known")]
    )

    def narrow(self, rows: Any) -> Any:
        """The meetings that fit."""
        said = self.chosen
        if words := said.get("words"):
            rows = matching_text(rows, words, SEARCHED)
        plain = {"group": "group__key", "kind": "kind", "state": "state"}
        rows = rows.filter(**{plain[name]: said[name] for name in plain if name in said})
        if when := said.get("when"):
            today = timezone.localdate()
            rows = rows.filter(held_on__gte=today) if when == AHEAD else rows.filter(held_on__lt=today)
        if quorum := said.get("quorum"):
            rows = rows.filter(current_quorate={"yes": True, "no": False, "unsaid": None}[quorum])
        return rows


class MeetingForm(SeenForm):
    """When and where a group meets. `of` names a series, or a group without one."""

    of = forms.ChoiceField(label="Which meeting?")
    kind = forms.ChoiceField(
        label="Of what kind?",
        choices=[(k.value, label) for k, label in KIND_LABELS.items()],
        widget=forms.RadioSelect,
        initial=MeetingKind.ORDINARY.value,
    )
    held_on = BoxesDateField(label="On which day?")
    starts_at = hour_field("From", "14:00")
    ends_at = hour_field("Until", "16:00")
    place = forms.CharField(
        label="Where?",
        max_length=300,
        required=False,
        help_text="Room, or the way to join. Empty: as in the series",
    )

    def __init__(
        self, *args: Any, series: Mapping[int, Series], groups: Mapping[int, Group], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.series, self.groups = series, groups
        of_series = [(f"series:{pk}", f"{each.group}: {each.name}") for pk, each in series.items()]
        alone = [(f"group:{pk}", f"{each}, outside a series") for pk, each in groups.items()]
        offer(self, "of", [("", "Choose"), *of_series, *alone])

    @property
    def chosen(self) -> tuple[Group, Series | None]:
        """The group, and the series where one was chosen."""
        kind, _, number = self.cleaned_data["of"].partition(":")
        if kind == "series":
            return self.series[int(number)].group, self.series[int(number)]
        return self.groups[int(number)], None

    def given(self) -> MeetingGiven:
        """As the service takes it."""
        said = self.cleaned_data
        return MeetingGiven(
            said["held_on"],
            MeetingKind(said["kind"]),
            self.chosen[1],
            said["starts_at"],
            said["ends_at"],
            said["place"],
        )


class MeetingDoForm(SeenForm):
    """What is done about a meeting: its reason where it needs one, the meeting that approved."""

    why = forms.CharField(max_length=300, help_text="No names of children")
    approved_at = forms.ChoiceField(label="At which meeting were the minutes approved?")

    def __init__(self, *args: Any, deed: MeetingDeed, later: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if deed in DEED_WHY:
            self.relabel("why", DEED_WHY[deed])
        else:
            self.drop("why")
        if deed != MeetingDeed.APPROVE:
            self.drop("approved_at")
        else:
            offer(self, "approved_at", [("", "Choose"), *((str(each.pk), str(each)) for each in later)])


class SeriesForm(SeenForm):
    """Meetings that come again and again."""

    group = forms.ChoiceField(label="Which group meets?")
    name = forms.CharField(label="What are the meetings called?", max_length=200)
    rhythm = forms.ChoiceField(
        label="How often?", choices=[(r.value, label) for r, label in RHYTHM_LABELS.items()],
        initial=Rhythm.QUARTER.value,
    )  # fmt: skip
    place = forms.CharField(label="Where?", max_length=300, required=False)
    standing = forms.CharField(
        label="Items of every agenda",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="One a line, in their order. Who leads it and how many minutes may follow: Exceptions | Chair | 20",
    )
    papers_due_days = forms.IntegerField(
        label="Papers are due so many days before",
        required=False,
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs={"width": 3}),
        help_text=f"Empty: {count(of_papers().papers_due_days, 'day')}, as elsewhere",
    )
    is_over = forms.BooleanField(
        label="The series is over: no more meetings are planned in it", required=False
    )

    def __init__(self, *args: Any, groups: Iterable[Group] = (), begun: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begun:
            self.drop("group")
        else:
            self.drop("is_over")
            offer(self, "group", [("", "Choose"), *((str(each.pk), each.name) for each in groups)])


class RuleForm(SeenForm):
    """What a group asks of its meetings from a day on."""

    starts_on = BoxesDateField(
        label="From which day?", help_text="Meetings before it keep the rule that held then"
    )
    least_seats = forms.IntegerField(
        label="At least how many seats with a vote?", min_value=0, max_value=200, initial=0,
        widget=forms.NumberInput(attrs={"width": 3}), help_text="0 asks for none",
    )  # fmt: skip
    least_agencies = forms.IntegerField(
        label="At least how many agencies?", min_value=0, max_value=200, initial=0,
        widget=forms.NumberInput(attrs={"width": 3}), help_text="An agency is there by any of its seats",
    )  # fmt: skip
    all_essential = forms.BooleanField(label="Every essential seat has to be filled", required=False)
    all_partners = forms.BooleanField(label="Every safeguarding partner has to be there", required=False)
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="Or which agencies by name?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Where others have to be there than all safeguarding partners",
    )
    counts_development = forms.BooleanField(label="Development days count as meetings", required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "agencies", Agency.objects.filter(standing(on)).order_by("name"))

    def asked(self) -> QuorumAsked:
        """The rule of quorum, as the service takes it."""
        said = self.cleaned_data
        return QuorumAsked(
            said["least_seats"], said["least_agencies"], said["all_essential"], said["all_partners"]
        )


def told_of(rule: MeetingRule | None) -> dict[str, Any]:
    """What the form begins with: the rule that holds."""
    names = ("least_seats", "least_agencies", "all_essential", "all_partners", "counts_development")
    if rule is None:
        return {}
    agencies = rule.agencies.values_list("agency", flat=True) if rule.by_name else ()
    return {**{name: getattr(rule, name) for name in names}, "agencies": list(agencies)}
