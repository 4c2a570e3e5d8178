"""Series of meetings, and the rule of a group's meetings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.meetings import permissions, services
from sightline.meetings.choices import Rhythm
from sightline.meetings.forms.meetings import RuleForm, SeriesForm, told_of
from sightline.meetings.forms.planning import DaysForm, SpanForm
from sightline.meetings.models import Series
from sightline.meetings.pages import series as pages
from sightline.meetings.selectors.meetings import groups_kept_by, rule_of, series_visible_to
from sightline.meetings.views.asking import PLANNING, READ_OR_SEND, ask
from sightline.partners.models import Group
from sightline.screens.asking import Asking, versioned
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent
from sightline.screens.words import count

EDITED = ("name", "rhythm", "place", "standing", "papers_due_days", "is_over")


@needs(Permission.PLANS_VIEW)
@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """Which groups meet, how often, and what they ask of a meeting."""
    page = pages.series_page(_who(request), timezone.localdate())
    return render(request, "meetings/series.html", {"page": page})


@needs(Permission.MEETINGS_KEEP)
@require_http_methods(READ_OR_SEND)
def series_new(request: HttpRequest) -> HttpResponse:
    """Begin a series of meetings."""
    groups = {each.pk: each for each in groups_kept_by(_who(request), timezone.localdate())}

    def make(data: Any, seen: str) -> SeriesForm:
        return SeriesForm(data, groups=groups.values())

    def save(form: SeriesForm) -> str:
        said = form.values()
        group = groups[int(said.pop("group"))]
        rhythm = Rhythm(said.pop("rhythm"))
        services.begin_series(group, rhythm=rhythm, **said, by=actor_of(request), now=timezone.now())
        return f"The series of {group} was begun. Plan its meetings next."

    intro = "Meetings of one group that come again and again, with the items that every agenda has."
    asking = Asking(
        "Begin a series of meetings",
        "",
        _home(),
        "Begin the series",
        intro,
        back_text="Groups and their rules",
    )
    return ask(request, asking, make, save, _home)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def series_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a series."""
    found: Series = get_object_or_404(series_visible_to(_who(request)), pk=number)
    permissions.check_keep(_who(request), found.group)

    def make(data: Any, seen: str) -> SeriesForm:
        known = {name: getattr(found, name) for name in EDITED}
        return SeriesForm(data, initial={**known, "seen": seen}, begun=True)

    def save(form: SeriesForm) -> str:
        services.edit_series(
            found, version_sent(form.cleaned_data["seen"]), form.values(), by=actor_of(request)
        )
        return "The series was saved. Meetings that have their agenda keep it."

    def rows(now: Series) -> list[SummaryRow]:
        told = (
            ("Called", now.name),
            ("How often", now.rhythm_label),
            ("Where", now.place),
            ("Items", now.standing),
            ("Papers are due", now.papers_told),
        )
        return [SummaryRow(key, value) for key, value in told if value]

    stand = versioned(found, lambda: Series.objects.get(pk=number), rows)
    asking = Asking(
        "Change the series", str(found.group), _home(), "Save the series", back_text="Groups and their rules"
    )
    return ask(request, asking, make, save, _home, stand)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def series_plan(request: HttpRequest, number: int) -> HttpResponse:
    """Plan the meetings of a series at once: the address says from when to when days are proposed."""
    found: Series = get_object_or_404(series_visible_to(_who(request)), pk=number)
    permissions.check_keep(_who(request), found.group)
    span = SpanForm(request.GET if "first-day" in request.GET else None)
    plan = pages.plan_page(found, span, timezone.localdate())

    def make(data: Any, seen: str) -> DaysForm:
        return DaysForm(data, initial={**plan.hours, "seen": seen}, proposed=plan.proposed, span=span)

    def save(form: DaysForm) -> str:
        said = form.cleaned_data
        version = version_sent(said["seen"])
        given: dict[str, Any] = {"version": version, "by": actor_of(request), "now": timezone.now()}
        made = services.plan_series(found, form.days(), said["starts_at"], said["ends_at"], **given)
        return (
            f"{count(len(made), 'meeting')} of {found.group} {'was' if len(made) == 1 else 'were'} planned."
        )

    def rows(now: Series) -> list[SummaryRow]:
        return [SummaryRow("Called", now.name), SummaryRow("How often", now.rhythm_label)]

    stand = versioned(found, lambda: Series.objects.get(pk=number), rows)
    asking = Asking(
        "Plan the meetings of a series",
        f"{found.group}: {found.name}",
        _home(),
        "Plan these meetings",
        plan.intro,
        back_text="Groups and their rules",
    )
    return PLANNING.ask(
        request, asking, make, save, f"{reverse('meetings:list')}?group={found.group.key}", stand
    )


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def rule(request: HttpRequest, number: int) -> HttpResponse:
    """Say what a group asks of its meetings from a day on."""
    group = get_object_or_404(Group, pk=number)
    permissions.check_keep(_who(request), group)
    today = timezone.localdate()

    def make(data: Any, seen: str) -> RuleForm:
        return RuleForm(data, on=today, initial={**told_of(rule_of(group, today)), "starts_on": today})

    def save(form: RuleForm) -> str:
        services.set_rule(
            group,
            form.asked(),
            form.cleaned_data["starts_on"],
            form.cleaned_data["agencies"],
            counts_development=form.cleaned_data["counts_development"],
            by=actor_of(request),
            now=timezone.now(),
        )
        return f"The rule of {group} was saved. Meetings that have attendance keep what was found of them."

    asking = Asking(
        "What makes a meeting quorate?",
        str(group),
        _home(),
        "Save the rule",
        back_text="Groups and their rules",
    )
    return ask(request, asking, make, save, _home)


def _home() -> str:
    return reverse("meetings:series")


def _who(request: HttpRequest) -> Any:
    return request.user
