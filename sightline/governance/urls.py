"""Addresses of governance."""

from django.urls import path

from sightline.governance.views import files, leads, lists, terms

app_name = "governance"
urlpatterns = [
    path("leads/", leads.leads, name="leads"),
    path("leads/rows/<str:format>/", leads.leads_export, name="leads_export"),
    path("leads/new/", leads.lead_new, name="lead_new"),
    path("leads/<int:number>/", leads.lead, name="lead"),
    path("leads/<int:number>/change/", leads.lead_change, name="lead_change"),
    path("leads/<int:number>/confirm/", leads.lead_confirm, name="lead_confirm"),
    path("groups/<int:pk>/terms/", terms.terms, name="terms"),
    path("groups/<int:pk>/terms/new/", terms.terms_new, name="terms_new"),
    path("terms/<int:number>/file/", files.terms_file, name="terms_file"),
    path("groups/<int:pk>/lists/", lists.member_lists, name="lists"),
    path("lists/<int:number>/", lists.member_list, name="list"),
    path("lists/<int:number>/confirm/", lists.list_confirm, name="list_confirm"),
    path("lists/<int:number>/give-up/", lists.list_discard, name="list_discard"),
    path("lists/<int:number>/withdraw/", lists.list_withdraw, name="list_withdraw"),
    path("lists/<int:number>/file/", files.list_file, name="list_file"),
]
