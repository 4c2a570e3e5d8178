"""Addresses of the demonstration."""

from django.urls import path

from sightline.demo import views

app_name = "demo"
urlpatterns = [path("demo/sign-in/<str:role>/", views.sign_in, name="sign_in")]
