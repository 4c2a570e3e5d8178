"""The form of a declaration, and the filter of who signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from sightline.partners.choices import SIGNING_LABELS, Signed, Signing
from sightline.partners.selectors import matching_text
from sightline.partners.selectors.declarations import owing, sits_on, stands_so
from sightline.partners.services import DeclarationGiven
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm, FilterForm, offer

ALL = ("", "All")
NONE, SOME = "no", "yes"


class DeclarationForm(CarefulForm):
    """What somebody declares and signs; `is_paper`: the unit enters what they signed on paper."""

    wording = forms.CharField(widget=forms.HiddenInput, required=False)
    has = forms.ChoiceField(
        label="Do you have interests to declare?",
        choices=[(NONE, "No, none"), (SOME, "Yes")],
        widget=forms.RadioSelect,
    )
    interests = forms.CharField(
        label="Which, and what they touch on",
        help_text="Posts, money or shares, close ties. Only where you have some.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    agrees = forms.BooleanField(label="I have read all of this, it is true, and I sign it")
    signed_on = BoxesDateField(label="When was it signed?", what="day of signing", initial=timezone.localdate)

    def __init__(self, *args: Any, is_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_paper = is_paper
        if is_paper:
            self.relabel("has", "Did they declare interests?")
            self.relabel("agrees", "I have the paper, and it is signed")
        else:
            del self.fields["signed_on"]

    def given(self) -> DeclarationGiven:
        """What is signed."""
        said = self.cleaned_data
        return DeclarationGiven(
            said["wording"],
            said["has"] == SOME,
            said["interests"],
            said["signed_on"] if self.is_paper else timezone.localdate(),
            Signed.PAPER if self.is_paper else Signed.HERE,
        )


class SigningFilter(FilterForm):
    """What the list of who signed can be narrowed by; the groups are given."""

    words = forms.CharField(label="Words", help_text="In the name or the post")
    state = forms.ChoiceField(
        label="Declaration",
        choices=[
            ALL,
            ("owing", "Have not signed"),
            *((state.value, label) for state, label in SIGNING_LABELS.items()),
        ],
    )
    group = forms.ChoiceField(label="Group", choices=[ALL])
    account = forms.ChoiceField(
        label="Account", choices=[ALL, ("yes", "Signs here"), ("no", "Has no account: signs on paper")]
    )

    def __init__(self, *args: Any, groups: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "group", [ALL, *groups])

    def narrow(self, rows: Any) -> Any:
        """The people who fit, of `selectors.declarations.declarers`."""
        said, on = self.chosen, timezone.localdate()
        if words := said.get("words"):
            rows = matching_text(rows, words, ("name", "post"))
        if state := said.get("state"):
            rows = rows.filter(owing(on) if state == "owing" else stands_so(Signing(state), on))
        if group := said.get("group"):
            rows = rows.filter(sits_on(group, on))
        return rows.filter(user__isnull=said["account"] == "no") if said.get("account") else rows
