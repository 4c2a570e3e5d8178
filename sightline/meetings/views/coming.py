"""Whether members come: by the link in their invitation, without an account, or on the meeting's page."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import scope_of
from sightline.events.choices import Unacceptable
from sightline.events.services import deed
from sightline.events.services.keeping import note_kept_knowingly
from sightline.meetings.choices import ReplyHow
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.forms.coming import ComingForm
from sightline.meetings.models import Meeting
from sightline.meetings.pages.coming import coming_page
from sightline.meetings.pages.meetings import facts
from sightline.meetings.selectors.invitations import (
    KIND,
    holders_of,
    home_of,
    meeting_asked,
    people_asked,
    replies_to,
)
from sightline.meetings.selectors.meetings import meetings_visible_to
from sightline.meetings.services.coming import NOT_SAID, said_in_words
from sightline.meetings.services.coming import reply as keep_reply
from sightline.meetings.views.asking import READ_OR_SEND, REFUSED, ask, check_writes
from sightline.partners.models import Person
from sightline.requests import services as requests
from sightline.requests.letting_in import by_link, render_link
from sightline.requests.models import Asked, RoundMail
from sightline.screens.asking import Asking
from sightline.screens.elements import SummaryRow


@by_link(KIND)
@require_http_methods(READ_OR_SEND)
def coming(request: HttpRequest, link: RoundMail, secret: str) -> HttpResponse:
    """The one page on which a member without an account says whether they come. Opening it writes nothing."""
    asked, sent = _asked_by(link), request.method == "POST"
    found = meeting_asked(asked)
    people = people_asked(asked, found)
    forms = [_form(request, person, several=len(people) > 1) for person in people]
    if sent and all([form.is_valid() for form in forms]) and _take(found, link, asked, people, forms):
        return redirect(f"{reverse('meetings:coming', args=[secret])}?came=in")
    page = coming_page(found, people, forms, replies_to(found), came=not sent and "came" in request.GET)
    return render_link(request, "meetings/coming.html", {"page": page}, REFUSED if sent else 200)


def _asked_by(link: RoundMail) -> Asked:
    if link.asked is None:
        raise requests.LinkOver
    return link.asked


def _form(request: HttpRequest, person: Person, *, several: bool) -> ComingForm:
    data = request.POST if request.method == "POST" else None
    return ComingForm(
        data, prefix=f"p{person.pk}", is_needed=not several, whose=person.name if several else ""
    )


@deed
def _take(
    found: Meeting, link: RoundMail, asked: Asked, people: list[Person], forms: list[ComingForm]
) -> bool:
    """Take what was sent, all of it or nothing; whether there was anything. Raises LinkOver."""
    filled = [
        (person, form, given) for person, form in zip(people, forms, strict=True) if (given := form.given())
    ]
    if not filled:
        forms[0].add_error("coming", NOT_SAID)
        return False
    by, now = requests.link_actor(asked), timezone.now()
    told = {person: given for person, _, given in filled}
    keep_reply(found, told, how=ReplyHow.LINK, link=link, by=by, now=now)
    for form in (form for _, form, _ in filled if form.telling):
        telling, because = chain.from_iterable(form.telling.values()), form.cleaned_data["because"]
        note_kept_knowingly(MeetingEntry.KEPT_KNOWINGLY, by.label, telling, because, by=by)
    return True


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def reply(request: HttpRequest, number: int, line: int) -> HttpResponse:
    """Say whether one comes oneself, or type what a member said (`line`: their number)."""
    user: Any = request.user
    found: Meeting = get_object_or_404(meetings_visible_to(user), pk=number)
    person = next((each for each in holders_of(found) if each.pk == line), None)
    if person is None:
        raise Http404("Nobody of this number holds a seat on the day of the meeting.")
    is_own = person.user_id is not None and person.user_id == scope_of(user).user_id
    if not is_own:
        check_writes(request, found.group)
    how, whose = (ReplyHow.PAGE, "") if is_own else (ReplyHow.TYPED, person.name)

    def save(form: ComingForm) -> str:
        given = form.given()
        if given is None:
            raise Unacceptable({"coming": NOT_SAID})
        keep_reply(found, {person: given}, how=how, by=actor_of(request), now=timezone.now())
        return "It was kept. It can be changed until the meeting begins."

    def stands() -> list[SummaryRow]:
        row = replies_to(found).get(person.pk)
        said = [SummaryRow("Answer so far", capfirst(said_in_words(row)))] if row else []
        return [*facts(found), *said]

    title = "Are you coming?" if is_own else f"Does {person.name} come?"
    asking = Asking(
        title, str(found), home_of(number), "Save the answer", facts=stands, back_text="The meeting"
    )
    return ask(request, asking, lambda data, seen: ComingForm(data, whose=whose), save, home_of(number))
