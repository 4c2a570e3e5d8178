"""Addresses of case lists, conflicts of interest and break-glass."""

from django.urls import path

from sightline.knowing.views import conflicts, glass, lists

app_name = "knowing"
RECORD = "need-to-know/<slug:app>/<slug:model>/<int:number>"
urlpatterns = [
    path(f"{RECORD}/", lists.case_list, name="list"),
    path(f"{RECORD}/conflict/", lists.conflict, name="list_conflict"),
    path(f"{RECORD}/conflict/<int:line>/end/", lists.conflict_end, name="list_conflict_end"),
    path(f"{RECORD}/name/", lists.show_name, name="name"),
    path(f"{RECORD}/end/<int:line>/", lists.end, name="end"),
    path("conflicts/", conflicts.own, name="conflicts"),
    path("conflicts/all/", conflicts.register, name="register"),
    path("conflicts/<int:number>/end/", conflicts.end, name="conflict_end"),
    path("break-glass/", glass.break_glass, name="glass"),
    path("break-glass/uses/", glass.uses, name="uses"),
    path("break-glass/uses/<int:number>/", glass.use, name="use"),
    path("break-glass/uses/<int:number>/close/", glass.close, name="close"),
]
