"""Addresses of partners."""

from django.urls import path

from sightline.partners.views import accounts, declarations, deputies, parties, seats, seeing, structure

app_name = "partners"
PERSON = "partners/people/<int:pk>/account/"
SEAT = "partners/seats/<int:pk>/"
urlpatterns = [
    path("account/deputies/", deputies.deputies, name="deputies"),
    path("account/deputies/<int:membership>/", deputies.deputy_new, name="deputy_new"),
    path("account/deputies/<int:membership>/end/", deputies.deputy_end, name="deputy_end"),
    path("account/what-i-see/", seeing.own_sight, name="own_sight"),
    path("who-sees/<str:app>/<str:model>/<int:number>/", seeing.who_sees, name="who_sees"),
    path("who-sees/<str:app>/<str:model>/<int:number>/rows.csv", seeing.who_sees_csv, name="who_sees_csv"),
    path("partners/", parties.party_list, name="list"),
    path("partners/accounts/", accounts.account_list, name="accounts"),
    path("partners/accounts/rows.csv", accounts.accounts_csv, name="accounts_csv"),
    path(f"{PERSON}second-step/", accounts.account_factors, name="account_factors"),
    path(f"{PERSON}tokens/end/", accounts.account_tokens, name="account_tokens"),
    path(f"{PERSON}single-sign-on/", accounts.account_identities, name="account_identities"),
    path(f"{PERSON}not-supplier/", accounts.account_supplier, name="account_supplier"),
    path(f"{PERSON}close/", accounts.account_close, name="account_close"),
    path(f"{PERSON}reopen/", accounts.account_reopen, name="account_reopen"),
    path(PERSON, accounts.account, name="account"),
    path(f"{PERSON}sees/", seeing.account_sight, name="account_sight"),
    path(f"{PERSON}sees/rows.csv", seeing.account_sight_csv, name="account_sight_csv"),
    path(f"{PERSON}open/", accounts.account_open, name="account_open"),
    path(f"{PERSON}link/", accounts.account_link, name="account_link"),
    path(f"{PERSON}roles/", accounts.role_give, name="role_give"),
    path(f"{PERSON}roles/<int:membership>/end/", accounts.role_end, name="role_end"),
    path("partners/declarations/", declarations.declarations, name="declarations"),
    path(
        "partners/declarations/rows/<str:format>/",
        declarations.declarations_export,
        name="declarations_export",
    ),
    path("partners/declarations/<int:pk>/", declarations.declare, name="declare"),
    path("partners/structure/", structure.structure, name="structure"),
    path("partners/groups/<int:pk>/seats/new/", seats.seat_new, name="seat_new"),
    path("partners/groups/<int:pk>/members/<str:format>/", seats.membership, name="membership"),
    path(SEAT, seats.seat, name="seat"),
    path(f"{SEAT}edit/", seats.seat_edit, name="seat_edit"),
    path(f"{SEAT}fill/", seats.seat_fill, name="seat_fill"),
    path(f"{SEAT}end/", seats.seat_end, name="seat_end"),
    path(f"{SEAT}people/<int:line>/", seats.seat_leave, name="seat_leave"),
    path("partners/<str:word>/", parties.party_list, name="list_of"),
    path("partners/<str:word>/new/", parties.party_new, name="new"),
    path("partners/<str:word>/<int:pk>/", parties.party, name="party"),
    path("partners/<str:word>/<int:pk>/edit/", parties.party_edit, name="edit"),
    path("partners/<str:word>/<int:pk>/names/", parties.name_add, name="name_add"),
    path("partners/<str:word>/<int:pk>/names/<int:alias>/forget/", parties.name_forget, name="name_forget"),
]
