"""The form of a saved view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.saved.choices import SHARING_LABELS, Sharing
from sightline.saved.models import SavedView
from sightline.screens.forms import CarefulForm, offer


class ViewForm(CarefulForm):
    """Its name, and who finds it among theirs. `groups`: (key, name) of those it may be shared with."""

    name = forms.CharField(
        label="Name of the view", max_length=100, help_text="For example, “Overdue in the neglect group”"
    )
    shared_with = forms.ChoiceField(label="Who finds it among their saved views?", widget=forms.RadioSelect)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        view: SavedView | None = None,
        groups: Sequence[tuple[str, str]],
        everyone: bool,
    ) -> None:
        usual = {"shared_with": Sharing.ONE.value}
        saved = (
            {"name": view.name, "shared_with": view.shared_with, "version": view.version} if view else usual
        )
        super().__init__(data, initial=saved)
        only = "Only me" if view is None else SHARING_LABELS[Sharing.ONE]
        choices = [(Sharing.ONE.value, only)]
        if everyone:
            choices.append((Sharing.EVERYONE.value, SHARING_LABELS[Sharing.EVERYONE]))
        choices += [(f"group:{key}", name) for key, name in groups]
        offer(self, "shared_with", choices)
        if len(choices) == 1:
            self.fields["shared_with"].widget = forms.HiddenInput()

    def sharing(self) -> tuple[Sharing, str]:
        """With whom, and the group's key where it is a group."""
        kind, _, key = self.cleaned_data["shared_with"].partition(":")
        return Sharing(kind), key
