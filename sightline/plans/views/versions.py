"""Versions of a file of evidence: putting a newer one in its place, and reading all of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import in_one_deed
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans import permissions, services
from sightline.plans.forms.actions import VersionForm
from sightline.plans.pages.action_asking import about
from sightline.plans.pages.versions import added, version_facts, versions_page
from sightline.plans.selectors.files import evidence_files, versions_with, was_carried
from sightline.plans.views.asking import ask, scanned
from sightline.plans.views.finding import action_or_404, marking_of, who


@needs(Permission.PLANS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
@scanned
@in_one_deed
def newer(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put a newer version in the place of a file of evidence; where that cannot be done, its versions are shown."""
    found = action_or_404(request, reference)
    permissions.check_update_action(who(request), found)
    kept = get_object_or_404(evidence_files(found), pk=number)
    is_earlier = kept.is_earlier  # type: ignore[attr-defined]  # annotated
    if request.method != "POST" and (is_earlier or was_carried(found)):
        return redirect("plans:file_versions", reference, number)

    def save(form: VersionForm) -> str:
        said = form.values()
        made = services.add_version(
            found, kept, said["attached"], said["reason"], by=actor_of(request), now=timezone.now()
        )
        return added(made)

    asking = about(
        found,
        "Put a newer version here",
        "Keep the newer version",
        intro="The file before stays as it was, and can still be downloaded from the page of all versions.",
        facts=lambda: version_facts(found, kept),
    )
    done = reverse("plans:action", args=[found.reference])
    return ask(
        request,
        asking,
        lambda data, token: VersionForm(data, request.FILES or None),
        save,
        done,
        marking=marking_of(found, found.plan),
    )


@needs(Permission.PLANS_VIEW)
@require_safe
def versions(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Every version of a file of the action's evidence, for whoever may read the action."""
    found = action_or_404(request, reference)
    kept = get_object_or_404(evidence_files(found), pk=number)
    may_add = permissions.can_update_action(who(request), found) and not was_carried(found)
    page = versions_page(found, versions_with(found, kept), may_add=may_add)
    context = {"page": page, "marking": marking_of(found, found.plan)}
    return render(request, "plans/versions.html", context)
