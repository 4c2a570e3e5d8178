"""Addresses of rounds."""

from django.urls import path

from sightline.requests import views

app_name = "requests"
urlpatterns = [
    path("update/<str:secret>/", views.update, name="update"),
    path("rounds/told/<int:asked>/", views.update_typed, name="update_typed"),
    path("rounds/<int:number>/", views.round_, name="round"),
    path("rounds/<int:number>/rows/<str:format>/", views.export, name="export"),
    path("rounds/<int:number>/close/", views.close, name="close"),
    path("rounds/<int:number>/asked/<int:asked>/", views.asked, name="asked"),
]
