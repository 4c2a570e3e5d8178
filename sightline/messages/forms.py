"""The filters of what was sent, told and returned, and how often somebody is written to."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.messages.choices import DUTY_LABELS, MAIL_LABELS, NEWS_LABELS, SORT_LABELS, Sort
from sightline.screens.forms import FilterForm, Form


class MailFilter(FilterForm):
    """Which mail to show."""

    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *((state.value, label) for state, label in MAIL_LABELS.items())]
    )

    def narrow(self, rows: Any) -> Any:
        """Mail of the chosen state."""
        state = self.chosen.get("state")
        return rows.filter(state=state) if state else rows


class NoticeFilter(FilterForm):
    """Which notifications to show."""

    state = forms.ChoiceField(label="Show", choices=[("", "All"), ("unread", "Unread")])
    sort_of = forms.ChoiceField(
        label="Kind", choices=[("", "All"), *((sort.value, label) for sort, label in SORT_LABELS.items())]
    )

    def narrow(self, rows: Any) -> Any:
        """Notifications that fit."""
        if self.chosen.get("state"):
            rows = rows.filter(read_at=None)
        if sort := self.chosen.get("sort_of"):
            rows = rows.filter(is_duty=sort == Sort.DUTY)
        return rows


class BounceFilter(FilterForm):
    """Which returned e-mails to show."""

    state = forms.ChoiceField(
        label="Show", choices=[("", "All"), ("failing", "Addresses that are not written to")]
    )

    def narrow(self, rows: Any) -> Any:
        """Those whose address fails, or all."""
        return rows.filter(is_hard=True, ended_at=None) if self.chosen.get("state") else rows


class PreferencesForm(Form):
    """How often one is written to."""

    duty = forms.ChoiceField(
        label="E-mails about what needs you",
        help_text="They can be gathered, not switched off: others wait for you.",
        choices=[(how.value, label) for how, label in DUTY_LABELS.items()],
        widget=forms.RadioSelect,
    )
    news = forms.ChoiceField(
        label="E-mails with news of your groups and agencies",
        choices=[(how.value, label) for how, label in NEWS_LABELS.items()],
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
