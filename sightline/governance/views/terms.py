"""Terms of reference of a group: every version, and a new one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.governance import permissions, services
from sightline.governance.forms.terms import TermsForm
from sightline.governance.pages import terms as pages
from sightline.governance.selectors.terms import terms_visible_to
from sightline.governance.views.asking import READ_OR_SEND, ask
from sightline.partners.models import Group
from sightline.partners.selectors import groups
from sightline.screens.asking import Asking, Standing
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent


@needs(Permission.PARTNERS_VIEW)
@require_safe
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of a group's terms of reference."""
    page = pages.terms_page(_who(request), _group(request, pk), timezone.localdate())
    return render(request, "governance/terms.html", {"page": page})


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(READ_OR_SEND)
def terms_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a version, or say that the group left them as they were."""
    permissions.check_keep(_who(request))
    group = _group(request, pk)
    newest = terms_visible_to(_who(request)).filter(group=group).order_by("-number").first()
    number = newest.number if newest else 0

    def make(data: Any, seen: str) -> TermsForm:
        files = request.FILES if data is not None else None
        return TermsForm(data, files, is_first=newest is None, initial={"seen": seen})

    def save(form: TermsForm) -> str:
        made = services.add_terms(
            group,
            form.given(),
            form.cleaned_data["file"],
            seen=version_sent(form.cleaned_data["seen"]),
            by=actor_of(request),
            now=timezone.now(),
        )
        return f"Version {made.number} of the terms of reference was added."

    def stand(seen: str) -> Standing:
        theirs = (SummaryRow(f"Version {number}", newest.adopted_where),) if newest else ()
        return Standing(str(number), () if seen in ("", str(number)) else theirs)

    home = reverse("governance:terms", args=[pk])
    asking = Asking("Terms of reference: a new version", group.name, home, "Add the version")
    return ask(request, asking, make, save, home, stand)


def _group(request: HttpRequest, pk: int) -> Group:
    return get_object_or_404(groups(_who(request)), pk=pk)


def _who(request: HttpRequest) -> Any:
    return request.user
