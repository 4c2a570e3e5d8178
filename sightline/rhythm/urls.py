"""Addresses of the yearly rhythm."""

from django.urls import path

from sightline.rhythm.views import ahead, feeds, papers, returns

app_name = "rhythm"
urlpatterns = [
    path("forward-plan/", ahead.forward_plan, name="ahead"),
    path("forward-plan/rows/<str:format>/", ahead.ahead_export, name="ahead_export"),
    path("forward-plan/calendar/", feeds.calendar_do, name="calendar_do"),
    path("calendar/<str:secret>.ics", feeds.calendar, name="calendar"),
    path("owed/new/", ahead.cycle_new, name="cycle_new"),
    path("owed/cycles/<int:number>/", ahead.cycle, name="cycle"),
    path("owed/cycles/<int:number>/change/", ahead.cycle_change, name="cycle_change"),
    path("owed/cycles/<int:number>/end/", ahead.cycle_end, name="cycle_end"),
    path("owed/<int:number>/<slug:deed>/", ahead.owed_do, name="owed_do"),
    path("group-returns/", returns.return_list, name="returns"),
    path("group-returns/rows/<str:format>/", returns.returns_export, name="returns_export"),
    path("group-returns/new/", returns.return_new, name="return_new"),
    path("group-returns/whole/<str:format>/", returns.returns_book, name="returns_book"),
    path("group-returns/read/", papers.returns_read, name="returns_read"),
    path("group-returns/papers/<int:number>/", papers.paper, name="paper"),
    path("group-returns/papers/<int:number>/<slug:deed>/", papers.paper_do, name="paper_do"),
    path("group-returns/<int:number>/", returns.return_, name="return"),
    path("group-returns/<int:number>/write/", returns.return_write, name="return_write"),
    path("group-returns/<int:number>/file/<str:format>/", returns.return_file, name="return_file"),
    path("group-returns/<int:number>/<slug:deed>/", returns.return_do, name="return_do"),
]
