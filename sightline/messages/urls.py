"""Addresses of the outbox."""

from django.urls import path

from sightline.messages import views

app_name = "outbox"
urlpatterns = [
    path("outbox/", views.mail_list, name="list"),
    path("outbox/<int:pk>/again/", views.mail_again, name="again"),
    path("outbox/returned/", views.bounce_list, name="failing"),
    path("outbox/returned/<int:pk>/again/", views.address_again, name="address_again"),
    path("notifications/", views.notice_list, name="notices"),
    path("notifications/read/", views.notices_read, name="read"),
    path("notifications/preferences/", views.preferences, name="preferences"),
    path("stop-news/<str:secret>/", views.stop, name="stop"),
]
