"""Forms of signing in."""

from __future__ import annotations

from django import forms

from sightline.screens.forms import Form


class SignInForm(Form):
    """E-mail address and password. Pasting is allowed, and password managers find both fields."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class AddressForm(Form):
    """The address that a link for a new password is sent to."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The one you sign in with",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


class NewPasswordForm(Form):
    """A new password, typed once."""

    new = forms.CharField(
        label="Your new password",
        max_length=1_000,
        strip=False,
        help_text="12 characters or more. Three random words make a good one.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class PasswordForm(NewPasswordForm):
    """The present password and a new one."""

    field_order = ("present", "new")

    present = forms.CharField(
        label="Your present password",
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
