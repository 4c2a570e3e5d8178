"""Addresses of the outbox."""

from django.urls import path

from sightline.messages import views

app_name = "outbox"
urlpatterns = [
    path("outbox/", views.mail_list, name="list"),
    path("outbox/<int:pk>/again/", views.mail_again, name="again"),
]
