"""Forms of agencies, groups, people and their other names; filters of their lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from sightline.partners.choices import (
    AGENCY_KIND_LABELS,
    GROUP_KIND_LABELS,
    SECTOR_LABELS,
    AgencyKind,
    GroupKind,
    Sector,
)
from sightline.partners.models import Agency, Group, Party
from sightline.partners.selectors import matching_text
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm, FilterForm, offer_rows


def _choices(labels: Any, empty: str = "") -> list[tuple[str, str]]:
    first = [("", empty)] if empty else []
    return first + [(key.value, label) for key, label in labels.items()]


class PartyForm(CarefulForm):
    """What agencies, groups and people share. `version` is what was read, so that nobody is overwritten."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, party: Party | None = None, **kwargs: Any) -> None:
        if party is not None:
            kwargs.setdefault("initial", self.read(party))
        super().__init__(*args, **kwargs)
        self.party = party
        self.narrow_choices()

    def narrow_choices(self) -> None:
        """Fill choices that come from the database."""

    def read(self, party: Party) -> dict[str, Any]:
        """The record's values, by field."""
        return {name: getattr(party, name) for name in self.base_fields if name != "because"}


def _others(model: type[Agency] | type[Group], own: Party | None) -> QuerySet[Any]:
    found = model._default_manager.order_by("name")
    return found.exclude(pk=own.pk) if isinstance(own, model) else found


class AgencyForm(PartyForm):
    """An agency."""

    name = forms.CharField(label="Name", max_length=200)
    short_name = forms.CharField(
        label="Short name", max_length=60, required=False, widget=forms.TextInput(attrs={"width": 20})
    )
    sector = forms.ChoiceField(label="Sector", choices=_choices(SECTOR_LABELS), initial=Sector.OTHER.value)
    kind = forms.ChoiceField(
        label="What it is to the partnership",
        choices=_choices(AGENCY_KIND_LABELS),
        initial=AgencyKind.RELEVANT.value,
    )
    predecessor = forms.ModelChoiceField(
        Agency.objects.none(), label="Follows on from", required=False, empty_label="No other agency"
    )
    starts_on = BoxesDateField(
        label="First day", required=False, help_text="Leave empty if it has always been"
    )
    ends_on = BoxesDateField(label="Last day", required=False, help_text="Leave empty while it goes on")

    def narrow_choices(self) -> None:
        """Any other agency may have come before."""
        offer_rows(self, "predecessor", _others(Agency, self.party))


class GroupForm(PartyForm):
    """A group. What it was merged into is asked only of one that stands already."""

    name = forms.CharField(label="Name", max_length=200)
    short_name = forms.CharField(
        label="Short name", max_length=60, required=False, widget=forms.TextInput(attrs={"width": 20})
    )
    kind = forms.ChoiceField(
        label="Kind", choices=_choices(GROUP_KIND_LABELS), initial=GroupKind.SUB_GROUP.value
    )
    parent = forms.ModelChoiceField(
        Group.objects.none(), label="Reports to", required=False, empty_label="No other group"
    )
    merged_into = forms.ModelChoiceField(
        Group.objects.none(), label="Was merged into", required=False, empty_label="No other group"
    )
    starts_on = BoxesDateField(
        label="First day", required=False, help_text="Leave empty if it has always been"
    )
    ends_on = BoxesDateField(label="Last day", required=False, help_text="Leave empty while it goes on")

    def narrow_choices(self) -> None:
        """Any other group may stand above it or have taken it over."""
        if self.party is None:
            del self.fields["merged_into"]
        for name in {"parent", "merged_into"} & set(self.fields):
            offer_rows(self, name, _others(Group, self.party))


class PersonForm(PartyForm):
    """A person."""

    name = forms.CharField(label="Name", max_length=200)
    initials = forms.CharField(
        label="Initials",
        max_length=10,
        required=False,
        help_text="As plans print them; made from the name if you leave this empty",
        widget=forms.TextInput(attrs={"width": 5}),
    )
    post = forms.CharField(label="Post", max_length=200, required=False)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Agency", required=False, empty_label="No agency"
    )
    email = forms.EmailField(label="E-mail address", required=False)
    starts_on = BoxesDateField(label="First day", required=False, help_text="Leave empty if you do not know")
    ends_on = BoxesDateField(label="Last day", required=False, help_text="Leave empty while they are in post")

    def narrow_choices(self) -> None:
        """Any agency."""
        offer_rows(self, "agency", Agency.objects.order_by("name"))


class NameForm(CarefulForm):
    """Another name of a party."""

    text = forms.CharField(
        label="Another name",
        max_length=300,
        help_text="As it is written in plans and papers: from then on it is known",
    )


class PartnerFilter(FilterForm):
    """What every list of partners can be narrowed by."""

    words = forms.CharField(label="Words in the name")
    standing = forms.ChoiceField(
        label="Standing", choices=[("", "All"), ("current", "Current"), ("ended", "Ended")]
    )
    searched: tuple[str, ...] = ("name", "short_name", "aliases__text")

    def narrow(self, rows: Any) -> Any:
        """Rows with every word in a name, and of the standing asked for."""
        if words := self.chosen.get("words"):
            rows = rows.filter(pk__in=matching_text(rows, words, self.searched).order_by().values("pk"))
        today = timezone.localdate()
        if self.chosen.get("standing") == "ended":
            rows = rows.filter(ends_on__lt=today)
        if self.chosen.get("standing") == "current":
            rows = rows.exclude(ends_on__lt=today).exclude(starts_on__gt=today)
        return rows


def _equal(form: FilterForm, rows: Any, names: tuple[str, ...]) -> Any:
    return rows.filter(**{name: form.chosen[name] for name in names if name in form.chosen})


class AgencyFilter(PartnerFilter):
    """The filter of agencies."""

    sector = forms.ChoiceField(label="Sector", choices=_choices(SECTOR_LABELS, "All"))
    kind = forms.ChoiceField(
        label="What it is to the partnership", choices=_choices(AGENCY_KIND_LABELS, "All")
    )

    def narrow(self, rows: Any) -> Any:
        """Agencies of the sector and kind asked for."""
        return super().narrow(_equal(self, rows, ("sector", "kind")))


class GroupFilter(PartnerFilter):
    """The filter of groups."""

    kind = forms.ChoiceField(label="Kind", choices=_choices(GROUP_KIND_LABELS, "All"))

    def narrow(self, rows: Any) -> Any:
        """Groups of the kind asked for."""
        return super().narrow(_equal(self, rows, ("kind",)))


class PersonFilter(PartnerFilter):
    """The filter of people."""

    searched = ("name", "initials", "post", "agency__name", "aliases__text")
