"""The filter of the register of safeguarding leads, and the form of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.governance.selectors.leads import in_post, unconfirmed
from sightline.governance.services import LeadGiven
from sightline.partners.models import Agency, Person
from sightline.partners.selectors import matching_text
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.forms import FilterForm, offer, offer_rows

SEARCHED = (
    "agency__name", "department", "school", "district", "role", "person__name", "cover__name", "cover_words",
)  # fmt: skip
PARTS = ("department", "school", "district")
UNCONFIRMED, ENDED, EVER = "unconfirmed", "ended", "all"


class LeadFilter(FilterForm):
    """What the register can be narrowed by; without an answer it shows who leads today."""

    words = forms.CharField(label="Words", help_text="In a name, a role, a school, a district")
    agency = forms.ChoiceField(label="Agency")
    department = forms.ChoiceField(label="Department or service")
    school = forms.ChoiceField(label="School or setting")
    district = forms.ChoiceField(label="District or area")
    state = forms.ChoiceField(
        label="Which rows",
        choices=[
            ("", "In post today"),
            (UNCONFIRMED, "Not confirmed this quarter"),
            (ENDED, "Ended"),
            (EVER, "All, ended ones too"),
        ],
    )

    def __init__(self, *args: Any, named: Sequence[tuple[str, ...]], **kwargs: Any) -> None:
        """`named`: of every row of the register the agency by key and name, department, school and district."""
        super().__init__(*args, **kwargs)
        agencies = {row[0]: row[1] for row in named}
        offer(self, "agency", [("", "All"), *sorted(agencies.items(), key=lambda one: one[1].casefold())])
        for place, name in enumerate(PARTS, 2):
            words = sorted({row[place] for row in named} - {""}, key=str.casefold)
            offer(self, name, [("", "All"), *((each, each) for each in words)])
            if not words:
                del self.fields[name]

    def narrow(self, rows: Any) -> Any:
        """The rows that fit."""
        said, today = self.chosen, timezone.localdate()
        if words := said.get("words"):
            rows = matching_text(rows, words, SEARCHED)
        if key := said.get("agency"):
            rows = rows.filter(agency__key=key)
        rows = rows.filter(**{name: said[name] for name in PARTS if said.get(name)})
        states = {"": in_post(today), UNCONFIRMED: unconfirmed(today), ENDED: Q(ends_on__lt=today), EVER: Q()}
        return rows.filter(states[said.get("state", "")])


class _PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    def label_from_instance(self, person: Person) -> str:
        """With post and agency: two people may share a name."""
        return ", ".join(part for part in (person.name, person.work) if part)


class LeadForm(SeenForm):
    """A lead: where, who, how they are reached, and who stands in."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency")
    department = forms.CharField(
        label="Department or service, where not all of it", max_length=200, required=False
    )
    school = forms.CharField(label="School or setting, where it is one", max_length=200, required=False)
    district = forms.CharField(label="District or area, where it is one", max_length=200, required=False)
    role = forms.CharField(label="Role", max_length=200, initial="Designated safeguarding lead")
    person = _PersonField(
        Person.objects.none(), label="Who?", help_text="Somebody new is added under Partners, People first."
    )
    telephone = forms.CharField(label="Telephone at work", max_length=50, required=False)
    cover = _PersonField(
        Person.objects.none(), label="Who stands in?", required=False, empty_label="No one person"
    )
    cover_words = forms.CharField(
        label="Who else stands in, or how to reach them",
        max_length=200,
        required=False,
        help_text="Such as a duty desk. No names of children",
    )
    starts_on = as_at_field("From which day?")

    def __init__(self, *args: Any, agencies: QuerySet[Agency] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agencies is None:
            self.drop("agency")
        else:
            offer_rows(self, "agency", agencies)
        here = Person.objects.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
        for name in ("person", "cover"):
            offer_rows(self, name, here.select_related("agency").order_by("name", "id"))

    def given(self) -> LeadGiven:
        """What a service takes."""
        values = self.values()
        values.pop("agency", None)
        values.pop("is_over", None)
        return LeadGiven(**values)


class ChangeLeadForm(LeadForm):
    """What is different from a day on; or that nobody leads there any more."""

    is_over = forms.BooleanField(
        label="Nobody leads here any more: this row ends on that day",
        required=False,
        help_text="Leave it empty where somebody else took over, or something is different from that day on.",
    )
