"""Addresses of partners."""

from django.urls import path

from sightline.partners import views

app_name = "partners"
urlpatterns = [
    path("partners/", views.party_list, name="list"),
    path("partners/<str:word>/", views.party_list, name="list_of"),
    path("partners/<str:word>/new/", views.party_new, name="new"),
    path("partners/<str:word>/<int:pk>/", views.party, name="party"),
    path("partners/<str:word>/<int:pk>/edit/", views.party_edit, name="edit"),
    path("partners/<str:word>/<int:pk>/names/", views.name_add, name="name_add"),
    path("partners/<str:word>/<int:pk>/names/<int:alias>/forget/", views.name_forget, name="name_forget"),
]
