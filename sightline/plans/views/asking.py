"""How every form about plans is asked; what is uploaded with one is looked through first."""

from __future__ import annotations

from functools import wraps
from itertools import chain
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from sightline.access.asking import Asker, View
from sightline.access.guard import actor_of
from sightline.documents.services import scan_first
from sightline.plans.entries import PlanEntry

ASKER = Asker(PlanEntry.KEPT_KNOWINGLY, "plans/form.html")
ask, save_knowingly, show = ASKER.ask, ASKER.save_knowingly, ASKER.show


def scanned(view: View) -> View:
    """What is uploaded is looked through for viruses before the deed begins. Stands above @in_one_deed."""

    @wraps(view)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            sent = chain.from_iterable(files for _, files in request.FILES.lists())
            scan_first(sent, by=actor_of(request))
        return view(request, *args, **kwargs)

    return cast(View, whole)
