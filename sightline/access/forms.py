"""Forms of signing in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordOnceMore
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils import timezone

from sightline.access import services
from sightline.access.breaches import NotBreachedValidator
from sightline.access.choices import TOKEN_SCOPE_LABELS
from sightline.access.rules import token_numbers
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import Form

USED_CODE = "This code was used already. Wait until your app shows the next one."


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

    def clean_new(self) -> str:
        """Not one that is known from a breach; asked here, because no transaction should wait for another server."""
        new = str(self.cleaned_data["new"])
        NotBreachedValidator().validate(new)
        return new


class PasswordForm(NewPasswordForm):
    """The present password and a new one."""

    field_order = ("present", "new")

    present = forms.CharField(
        label="Your present password",
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class _CodeForm(Form, BaseAuthenticateForm):
    """A code of an authenticator app, which signs in once, or a recovery code. Tries are counted."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="6 digits from your authenticator app, or one of your recovery codes",
        widget=forms.TextInput(attrs={"width": 10, "autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Refused without a look while too many tries failed."""
        try:
            services.refuse_codes_while_waiting(context.request, self.user)
        except services.SignInRefused as refused:
            raise forms.ValidationError(refused.sentence) from None
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        code = str(super().clean_code())
        step = self.authenticator
        if step.type == "totp" and not services.use_code_once(step, code, timezone.now()):
            raise forms.ValidationError(USED_CODE)
        return code


class CodeForm(_CodeForm, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(_CodeForm, ReauthenticateForm):
    """A code once more, before the ways of signing in are changed."""


def in_ninety_days() -> date:
    """Until when a token lasts where nobody says otherwise."""
    return timezone.localdate() + timedelta(days=90)


class TokenForm(Form):
    """What a new token is for, what it may do, and until when."""

    name = forms.CharField(
        label="What is it for?",
        max_length=60,
        help_text="The program or script that will use it, for example: quarterly figures",
        widget=forms.TextInput(attrs={"width": 20}),
    )
    scopes = forms.MultipleChoiceField(
        label="What may it be used for?",
        help_text="Choose only what the program needs. It can never do more than you can.",
        choices=[(scope.value, label) for scope, label in TOKEN_SCOPE_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = BoxesDateField(label="Until which day?", initial=in_ninety_days)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].help_text = f"{token_numbers().most_days} days from now at most"


class ReturnCodeForm(Form):
    """The code that was sent for a return."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="6 digits from the e-mail",
        widget=forms.TextInput(attrs={"width": 10, "autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AppForm(Form, ActivateTOTPForm):
    """The first code of an authenticator app."""

    code = forms.CharField(
        label="Code that the app shows now",
        max_length=20,
        widget=forms.TextInput(attrs={"width": 10, "autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyForm(Form, AddWebAuthnForm):
    """A new passkey. `passwordless`: it signs its person in by itself."""

    name = forms.CharField(
        label="What do you call it?",
        max_length=60,
        required=False,
        help_text="For example: work laptop",
        widget=forms.TextInput(attrs={"width": 20}),
    )
    passwordless = forms.BooleanField(
        label="Sign in with it alone, without a password", required=False, initial=True
    )


class PasskeyNameForm(Form, EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(
        label="What do you call it?", max_length=60, widget=forms.TextInput(attrs={"width": 20})
    )


class PasswordAgainForm(Form, PasswordOnceMore):
    """The password once more, before the ways of signing in are changed."""

    password = forms.CharField(
        label="Your password",
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
