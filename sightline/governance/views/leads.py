"""The register of safeguarding leads: looked up, entered, changed, confirmed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.taking import taken
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.governance import permissions, services
from sightline.governance.forms.leads import ChangeLeadForm, LeadForm
from sightline.governance.models import Lead
from sightline.governance.pages import leads as pages
from sightline.governance.selectors.leads import agencies_kept_by, leads_visible_to
from sightline.governance.views.asking import READ_OR_SEND, ask
from sightline.screens.asking import Asking, versioned
from sightline.screens.forms import version_sent

FIELDS = (
    "department", "school", "district", "role", "person", "telephone", "cover", "cover_words",
)  # fmt: skip


@needs(Permission.PARTNERS_VIEW)
@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """Who leads on safeguarding where: filtered, sorted and paged as the address says."""
    page = pages.leads_page(_who(request), request.GET, timezone.localdate())
    return render(request, "governance/leads.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def leads_export(request: HttpRequest, format: str) -> HttpResponse:
    """The register as a file, narrowed and ordered as it was shown."""
    check, note = permissions.check_export, services.note_leads_taken
    return taken(request, format, "safeguarding-leads", pages.leads_table, check=check, note=note)


@needs(Permission.PARTNERS_VIEW)
@require_safe
def lead(request: HttpRequest, number: int) -> HttpResponse:
    """One row of the register, who was there before, and when it was confirmed."""
    page = pages.lead_page(_who(request), _found(request, number), timezone.localdate())
    return render(request, "governance/lead.html", {"page": page})


@needs(Permission.PARTNERS_VIEW)
@require_http_methods(READ_OR_SEND)
def lead_new(request: HttpRequest) -> HttpResponse:
    """Enter a safeguarding lead."""
    permissions.check_add_leads(_who(request))
    kept, made = agencies_kept_by(_who(request), timezone.localdate()), []

    def make(data: Any, seen: str) -> LeadForm:
        return LeadForm(data, agencies=kept)

    def save(form: LeadForm) -> str:
        agency = form.cleaned_data["agency"]
        made.append(services.add_lead(agency, form.given(), by=actor_of(request), now=timezone.now()))
        return f"{made[0].person.name} stands in the register."

    home = reverse("governance:leads")
    asking = Asking("Enter a safeguarding lead", "", home, "Enter them", back_text="Safeguarding leads")
    return ask(request, asking, make, save, lambda: _home(made[0].pk))


@needs(Permission.PARTNERS_VIEW)
@require_http_methods(READ_OR_SEND)
def lead_change(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody else leads, something is different, or nobody leads there any more."""
    found, after = _found(request, number), []
    permissions.check_change_lead(_who(request), found)

    def make(data: Any, seen: str) -> ChangeLeadForm:
        known = {name: getattr(found, name) for name in FIELDS}
        return ChangeLeadForm(data, agencies=None, initial={**known, "seen": seen})

    def save(form: ChangeLeadForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        by, now = actor_of(request), timezone.now()
        if form.cleaned_data["is_over"]:
            after.append(
                services.end_lead(found, form.cleaned_data["starts_on"], version=version, by=by, now=now)
            )
            return "The row ends on that day. It stays in the register as one that ended."
        after.append(services.change_lead(found, form.given(), version=version, by=by, now=now))
        return "It was saved. The row before stays in the register as one that ended."

    asking = Asking("What is different?", str(found), _home(number), "Save")
    stand = versioned(found, lambda: _found(request, number), pages.facts)
    return ask(request, asking, make, save, lambda: _home(after[0].pk), stand)


@needs(Permission.PARTNERS_VIEW)
@require_POST
def lead_confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a row of the register is right today."""
    found = _found(request, number)
    permissions.check_confirm_lead(_who(request), found)
    version = version_sent(request.POST.get("version", ""))
    try:
        services.confirm_lead(found, version=version, by=actor_of(request), now=timezone.now())
    except (StaleRecord, Unacceptable) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Confirmed: {found.person.name}, {found}.")
    return redirect("governance:lead", number)


def _found(request: HttpRequest, number: int) -> Lead:
    return get_object_or_404(leads_visible_to(_who(request)), pk=number)


def _home(number: int) -> str:
    return reverse("governance:lead", args=[number])


def _who(request: HttpRequest) -> Any:
    return request.user
