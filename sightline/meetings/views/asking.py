"""How every form here is shown, sent, refused, found stale and saved."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.guard import actor_of
from sightline.challenges.forms.asking import VersionedForm
from sightline.challenges.pages.asking import Asking, FormPage, Standing
from sightline.events.choices import MARKINGS, StaleRecord, Tier
from sightline.events.services import deed
from sightline.meetings.services import note_kept_knowingly
from sightline.partners.choices import Unacceptable

REFUSED = 422
READ_OR_SEND = ["GET", "HEAD", "POST"]
Make = Callable[[Any], VersionedForm]
Save = Callable[[Any], str]


def ask(
    request: HttpRequest,
    asking: Asking,
    make: Make,
    save: Save,
    done: Callable[[], str],
    stand: Callable[[], Standing] = Standing,
    tier: str = "",
) -> HttpResponse:
    """Show the form, or take it.

    `make(data)` makes it, with the version its writer sees; `save(form)` calls one service and returns the sentence of
    success; `stand()` says what stands now, for somebody who had not seen it; `done()` is where to go afterwards.
    """
    if request.method != "POST":
        return _show(request, FormPage(asking, make(None)), tier)
    form = make(request.POST)
    if form.is_valid():
        try:
            messages.success(request, _save_knowingly(request, form, save))
        except Unacceptable as refused:
            _tell(form, refused)
        except StaleRecord as stale:
            return _beside(request, asking, make, stand(), stale, tier)
        else:
            return redirect(done())
    return _show(request, FormPage(asking, form), tier)


@deed
def _save_knowingly(request: HttpRequest, form: VersionedForm, save: Save) -> str:
    """Save; what may tell who a child is with the reason its writer gave, journalled: both or neither."""
    sentence = save(form)
    if form.telling:
        telling = chain.from_iterable(form.telling.values())
        note_kept_knowingly(request.path, telling, form.cleaned_data["because"], by=actor_of(request))
    return sentence


def _beside(
    request: HttpRequest, asking: Asking, make: Make, now: Standing, stale: StaleRecord, tier: str
) -> HttpResponse:
    """The writer's own words again, beside what somebody else saved; saving again is then knowingly done."""
    data = request.POST.copy()
    data["version"] = str(now.version)
    form = make(data)
    form.add_error(None, stale.sentence)
    return _show(request, FormPage(asking, form, now.rows), tier)


def _show(request: HttpRequest, page: FormPage, tier: str) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "form": page.form}
    if tier:
        context["marking"] = MARKINGS[Tier(tier)]
    return render(request, "challenges/form.html", context, status=REFUSED if page.form.is_bound else 200)


def _tell(form: VersionedForm, refused: Unacceptable) -> None:
    for field, sentence in refused.problems.items():
        form.add_error(field if field in form.fields else None, sentence)
