"""Addresses of meetings."""

from django.urls import path

from sightline.meetings.views import attendance, meetings, published, series

app_name = "meetings"
urlpatterns = [
    path("meetings/", meetings.meeting_list, name="list"),
    path("meetings/rows/<str:format>/", meetings.list_export, name="list_export"),
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
    path("meetings/<int:number>/", meetings.meeting, name="meeting"),
    path("meetings/<int:number>/edit/", meetings.meeting_edit, name="edit"),
    path("meetings/<int:number>/attending/", meetings.attending, name="attending"),
    path("meetings/<int:number>/<slug:deed>/", meetings.meeting_do, name="do"),
]
