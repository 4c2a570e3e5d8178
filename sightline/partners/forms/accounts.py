"""The filter of the list of accounts, and the form that gives a person a role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from sightline.access.roles import Role
from sightline.partners.choices import ACCOUNT_STATE_LABELS, AccountState
from sightline.partners.models import Agency, Group
from sightline.partners.selectors import WHOLE, account_state, agencies_and_groups, matching_text
from sightline.screens.fields import BoxesDateField, HintedField
from sightline.screens.forms import CarefulForm, FilterForm, Form


class AccountFilter(FilterForm):
    """Which accounts to show."""

    words = forms.CharField(label="Words in the name or address")
    state = forms.ChoiceField(
        label="Which", choices=[("", "All"), *((s.value, label) for s, label in ACCOUNT_STATE_LABELS.items())]
    )

    def narrow(self, rows: Any) -> Any:
        """Accounts with every word, in the state asked for."""
        if words := self.chosen.get("words"):
            rows = matching_text(rows, words, ("name", "email", "person__agency__name"))
        if state := self.chosen.get("state"):
            rows = rows.filter(account_state(AccountState(state), timezone.localdate()))
        return rows


class ClosingForm(CarefulForm):
    """Why an account is closed."""

    reason = forms.CharField(label="Why?", max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="close-%s", **kwargs)


class RoleForm(Form):
    """A role out of those that may be given, over what, from when and, where that is known, until when."""

    role = HintedField(label="Role", widget=forms.RadioSelect)
    over = forms.ChoiceField(label="Over")
    starts_on = BoxesDateField(label="First day", what="first day")
    ends_on = BoxesDateField(
        label="Last day, where it is known",
        what="last day",
        required=False,
        help_text="For somebody who stands in for a time.",
    )

    def __init__(self, *args: Any, given: Sequence[Role], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        asked: Mapping[str, Any] = self.fields
        asked["role"].choices = [(role.key, role.name) for role in given]
        asked["role"].choice_hints = {
            role.key: f"{role.sentence} For: {role.may_be_held_by}." for role in given
        }
        agencies, groups = agencies_and_groups()
        self.groups = {f"group:{key}": group for key, group in groups.items()}
        self.agencies = {f"agency:{key}": agency for key, agency in agencies.items()}
        asked["over"].choices = [
            ("partnership", WHOLE),
            ("Groups", [(key, group.name) for key, group in self.groups.items()]),
            ("Agencies", [(key, agency.name) for key, agency in self.agencies.items()]),
        ]

    def clean(self) -> None:
        """The last day does not lie before the first."""
        begins, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "The last day must not lie before the first")

    def over_what(self) -> Agency | Group | None:
        """What was chosen: an agency, a group, or None for the whole partnership."""
        chosen = self.cleaned_data["over"]
        return self.groups.get(chosen) or self.agencies.get(chosen)
