"""Addresses of meetings."""

from django.urls import path

from sightline.meetings.views import (
    attendance,
    meetings,
    minutes,
    packs,
    papers,
    passed,
    published,
    said,
    series,
)

app_name = "meetings"
urlpatterns = [
    path("meetings/", meetings.meeting_list, name="list"),
    path("meetings/rows/<slug:which>/<str:format>/", meetings.list_export, name="list_export"),
    path("meetings/attendance/", attendance.attendance, name="attendance"),
    path("meetings/attendance/<str:format>/", attendance.attendance_export, name="attendance_export"),
    path("meetings/published/", published.published, name="published"),
    path("meetings/published/<int:number>/", published.published_table, name="published_table"),
    path("meetings/published/<int:number>/give-up/", published.published_give_up, name="published_give_up"),
    path("meetings/new/", meetings.meeting_new, name="new"),
    path("meetings/series/", series.series_list, name="series"),
    path("meetings/series/new/", series.series_new, name="series_new"),
    path("meetings/series/<int:number>/edit/", series.series_edit, name="series_edit"),
    path("meetings/rule/<int:number>/", series.rule, name="rule"),
    path("meetings/decisions/", said.decisions, name="decisions"),
    path("meetings/decisions/new/", said.decision_new, name="decision_new"),
    path("meetings/decisions/<int:number>/<slug:ruling>/", said.decision_do, name="decision_do"),
    path("meetings/actions/", said.actions, name="actions"),
    path("meetings/actions/<int:number>/done/", said.action_done, name="action_done"),
    path("meetings/actions/<int:number>/owner/", said.action_owner, name="action_owner"),
    path("meetings/items/<int:number>/edit/", minutes.item_edit, name="item_edit"),
    path("meetings/<int:number>/items/new/", minutes.item_new, name="item_new"),
    path("meetings/items/<int:number>/papers/new/", papers.paper_new, name="paper_new"),
    path("meetings/papers/<int:number>/change/", papers.paper_change, name="paper_change"),
    path("meetings/papers/<int:number>/file/", papers.paper_file, name="paper_file"),
    path("meetings/packs/<int:number>/file/", packs.pack_file, name="pack_file"),
    path("meetings/<int:number>/invite/", packs.invite, name="invite"),
    path("meetings/<int:number>/pack/", packs.pack, name="pack"),
    path("meetings/<int:number>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<int:number>/", meetings.meeting, name="meeting"),
    path("meetings/<int:number>/passed-on/", passed.passed_on, name="passed_on"),
    path("meetings/<int:number>/passed-on/<int:line>/", passed.pass_on, name="pass_on"),
    path("meetings/passed-on/<int:number>/check/", passed.passed_check, name="passed_check"),
    path("meetings/<int:number>/edit/", meetings.meeting_edit, name="edit"),
    path("meetings/<int:number>/attending/", meetings.attending, name="attending"),
    path("meetings/<int:number>/<slug:deed>/", meetings.meeting_do, name="do"),
]
