"""The forward plan, and what groups are owed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.taking import taken
from sightline.partners.models import Group
from sightline.partners.selectors import standing
from sightline.requests import permissions as of_requests
from sightline.requests import services as requests
from sightline.requests.choices import OWED_BUTTONS, OwedDeed
from sightline.requests.models import Cycle, Owed
from sightline.requests.selectors import STILL_OWED, cycles_visible_to, owed_visible_to
from sightline.rhythm import permissions, services
from sightline.rhythm.forms.ahead import CycleForm, EndForm, OwedDoForm
from sightline.rhythm.pages.ahead import ahead_page, ahead_table, cycle_page, owed_facts
from sightline.rhythm.views.asking import READ_OR_SEND, ask
from sightline.screens.asking import Asking, versioned
from sightline.screens.forms import version_sent
from sightline.screens.words import day

INTRO = (
    "It is laid out as far ahead as the forward plan reaches. What has not come by its day is a gap, and goes on the "
    "next agenda of the group that is owed it."
)
CHANGING = (
    "It is owed like this from the first day below on. What came stays as it is, and what is due before that day is "
    "still owed as it was."
)
ENDING = "What came stays as it is, and what was due before the day is still owed."


@needs(Permission.PLANS_VIEW)
@require_safe
def forward_plan(request: HttpRequest) -> HttpResponse:
    """What lies ahead: as a table, or a month at a time."""
    page = ahead_page(_who(request), request.GET, timezone.localdate())
    return render(request, "rhythm/ahead.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def ahead_export(request: HttpRequest, format: str) -> HttpResponse:
    """The forward plan as a file, narrowed as it was shown."""
    check, note = permissions.check_export, services.note_list_taken
    return taken(request, format, "forward-plan", ahead_table, check=check, note=note)


@needs(Permission.MEETINGS_KEEP)
@require_http_methods(READ_OR_SEND)
def cycle_new(request: HttpRequest) -> HttpResponse:
    """Say what a group is owed again and again."""
    offered = _offered(request)

    def make(data: Any, seen: str) -> CycleForm:
        return CycleForm(data, **offered)

    def save(form: CycleForm) -> str:
        made = requests.begin_cycle(form.given(), by=actor_of(request), now=timezone.now())
        return f"{made.title} is owed to {made.group} from now on."

    asking = Asking("What is a group owed?", "", _home(), "Save", INTRO, back_text="Forward plan")
    return ask(request, asking, make, save, _home)


def _offered(request: HttpRequest) -> dict[str, dict[int, Group]]:
    """The groups that may owe something, and those to which the person may say that it is owed."""
    there = Group.objects.filter(standing(timezone.localdate())).order_by("name")
    groups = {each.pk: each for each in there}
    own = {pk: each for pk, each in groups.items() if permissions.can_write_return(_who(request), each)}
    return {"groups": groups, "all_groups": own}


@needs(Permission.PLANS_VIEW)
@require_safe
def cycle(request: HttpRequest, number: int) -> HttpResponse:
    """Every time of something owed: when it was due, whether it came, late or not, and why it was excused."""
    found: Cycle = get_object_or_404(cycles_visible_to(_who(request)), pk=number)
    page = cycle_page(_who(request), found, timezone.localdate())
    return render(request, "rhythm/cycle.html", {"page": page})


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def cycle_change(request: HttpRequest, number: int) -> HttpResponse:
    """It is owed in another way from a day on: by somebody else, at other times, more or less often."""
    found = _cycle(request, number)
    offered = _offered(request)
    # Who keeps the one side alone changes it as well: the group that is owed it stays on offer.
    offered["all_groups"].setdefault(found.group_id, found.group)
    now = timezone.now()
    coming = found.owed.filter(STILL_OWED, due_on__gte=timezone.localdate(now))

    def make(data: Any, seen: str) -> CycleForm:
        first = CycleForm.as_it_stands(found, None if data else coming.order_by("due_on").first())
        return CycleForm(data, initial={**first, "seen": seen}, **offered)

    def save(form: CycleForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        made = services.change_owed(found, version, form.given(), by=actor_of(request), now=now)
        return f"{made.title} is owed like this from {day(made.first_due)} on."

    asking = Asking(
        "Change what is owed", f"{found.title}, to {found.group}", _home(), "Save", CHANGING, back_text="Forward plan"
    )  # fmt: skip
    stand = versioned(found, lambda: Cycle.objects.get(pk=number), lambda now: ())
    return ask(request, asking, make, save, _home, stand)


def _cycle(request: HttpRequest, number: int) -> Cycle:
    """What is owed again and again, where the person keeps it."""
    found: Cycle = get_object_or_404(cycles_visible_to(_who(request)), pk=number)
    of_requests.check_keep_owed(_who(request), found)
    return found


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def cycle_end(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing of it is owed any more."""
    found = _cycle(request, number)

    def make(data: Any, seen: str) -> EndForm:
        return EndForm(data, initial={"seen": seen})

    def save(form: EndForm) -> str:
        said = form.cleaned_data
        version, on = version_sent(said["seen"]), said["on"]
        services.end_owed(found, version, on, by=actor_of(request), now=timezone.now())
        return "Nothing of it is owed after that day."

    asking = Asking("End it", f"{found.title}, to {found.group}", _home(), "End it", ENDING)
    stand = versioned(found, lambda: Cycle.objects.get(pk=number), lambda now: ())
    return ask(request, asking, make, save, _home, stand)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def owed_do(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Say that something came, that it is excused, or that either was a mistake."""
    if deed not in set(OwedDeed):
        raise Http404("Nothing of this kind is done about what is owed.")
    what = OwedDeed(deed)
    found: Owed = get_object_or_404(owed_visible_to(_who(request)), pk=number)
    of_requests.check_keep_owed(_who(request), found.cycle)

    def make(data: Any, seen: str) -> OwedDoForm:
        return OwedDoForm(data, initial={"seen": seen}, deed=what)

    def save(form: OwedDoForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        services.tell_owed(
            found, what, form.given(), version=version, by=actor_of(request), now=timezone.now()
        )
        return "It was recorded."

    def again() -> Owed:
        return owed_visible_to(_who(request)).get(pk=number)

    asking = Asking(
        OWED_BUTTONS[what], "", _home(), "Save", facts=lambda: owed_facts(found), back_text="Forward plan"
    )
    return ask(request, asking, make, save, _home, versioned(found, again, owed_facts))


def _home() -> str:
    return reverse("rhythm:ahead")


def _who(request: HttpRequest) -> Any:
    return request.user
