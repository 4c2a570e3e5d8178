"""Addresses of access."""

from django.urls import path

from sightline.access import views

app_name = "access"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("sign-in/provider/", views.at_provider, name="provider"),
    path("sign-in/provider/back/", views.back_from_provider, name="provider_back"),
    path("password/", views.password, name="password"),
    path("forgotten/", views.forgotten, name="forgotten"),
    path("set-password/<str:secret>/", views.set_password, name="set_password"),
    path("return/<str:secret>/", views.return_start, name="return_start"),
    path("return/<str:secret>/code/", views.return_code, name="return_code"),
    path("account/", views.account, name="account"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/new/", views.token_new, name="token_new"),
    path("account/tokens/<int:number>/end/", views.token_end, name="token_end"),
    path("account/sessions/end/", views.sessions_end, name="sessions_end"),
    path("account/sessions/<str:mark>/end/", views.session_end, name="session_end"),
]
