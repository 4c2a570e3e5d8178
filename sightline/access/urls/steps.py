"""Addresses of second steps: the sign-in library's own views, each with its mark. Their names are the library's."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import path

from sightline.access import views
from sightline.access.guard import PUBLIC, SIGNED_IN, needs
from sightline.access.proving import first_proof

own = needs(SIGNED_IN)
urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("sign-in/code/", needs(PUBLIC)(steps.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", needs(PUBLIC)(keys.login_webauthn), name="mfa_login_webauthn"),
    path("account/steps/", own(steps.index), name="mfa_index"),
    path("account/steps/password/", own(account.reauthenticate), name="account_reauthenticate"),
    path("account/steps/code/", own(steps.reauthenticate), name="mfa_reauthenticate"),
    path("account/steps/passkey/", own(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/steps/app/", own(first_proof(app.activate_totp)), name="mfa_activate_totp"),
    path("account/steps/app/remove/", own(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/steps/codes/", own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/steps/codes/new/", own(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("account/steps/codes/file/", own(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("account/steps/passkeys/", own(keys.list_webauthn), name="mfa_list_webauthn"),
    path("account/steps/passkeys/new/", own(first_proof(keys.add_webauthn)), name="mfa_add_webauthn"),
    path("account/steps/passkeys/<int:pk>/", own(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("account/steps/passkeys/<int:pk>/remove/", views.passkey_remove, name="mfa_remove_webauthn"),
]
