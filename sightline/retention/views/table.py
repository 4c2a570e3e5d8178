"""The rules: the table, one of them, changing and confirming it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord
from sightline.rendering import MEDIA_TYPES, write
from sightline.retention import services
from sightline.retention.choices import NotPossible
from sightline.retention.forms import ConfirmForm
from sightline.retention.pages import table as pages
from sightline.retention.permissions import check_keep
from sightline.retention.reports import rules_document, rules_yaml
from sightline.retention.rules.definitions import Rule
from sightline.retention.selectors import rules_in_force

REFUSED = 422
FOUND_TONIGHT = " What falls due under it is found tonight."


@needs(Permission.RETENTION_KEEP)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule."""
    check_keep(request.user)
    return render(request, "retention/rules.html", {"page": pages.rules_page(request.GET)})


@needs(Permission.RETENTION_KEEP)
@require_safe
def rules_file(request: HttpRequest, format: str) -> HttpResponse:
    """The rules that fit the filter, as a file."""
    check_keep(request.user)
    if format not in pages.EXPORTS:
        raise Http404
    version, chosen = pages.rules_chosen(request.GET)
    if format == "yaml":
        content, media = rules_yaml(chosen, version), "application/yaml"
    else:
        document = rules_document(chosen, version, actor_of(request).label, timezone.now())
        content, media = write(document, format), MEDIA_TYPES[format]
    services.note_rules_taken(version, format, by=actor_of(request))
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="retention-rules-{version}.{format}"'
    return answer


@needs(Permission.RETENTION_KEEP)
@require_safe
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule."""
    version, found = _rule(request, key)
    page = pages.rule_page(found, version)
    return render(request, "retention/rule.html", {"page": page, "form": page.form})


@needs(Permission.RETENTION_KEEP)
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Note that information governance confirmed a rule."""
    version, found = _rule(request, key)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            knowingly(services.confirm_rule, form, request)(
                key, given["who"], seen=given["version"], by=actor_of(request), now=timezone.now()
            )
        except (StaleRecord, NotPossible) as refused:
            form.add_error(None, refused.sentence)
        else:
            tonight = found.may_change_period and found.period
            messages.success(request, f"The rule is confirmed.{FOUND_TONIGHT if tonight else ''}")
            return redirect("retention:rule", key)
    page = pages.rule_page(found, version, form)
    return render(request, "retention/rule.html", {"page": page, "form": form}, status=REFUSED)


@needs(Permission.RETENTION_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change a rule, which makes a new version."""
    version, found = _rule(request, key)
    form = pages.form_of(found, version, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        seen, now = form.cleaned_data["version"], timezone.now()
        try:
            keep = knowingly(services.change_rule, form, request)
            keep(key, **form.changed, seen=seen, by=actor_of(request), now=now)
        except (StaleRecord, NotPossible) as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The rule is changed. It has yet to be confirmed.")
            return redirect("retention:rule", key)
    page = pages.change_page(found, version, form)
    status = REFUSED if form.is_bound else 200
    return render(request, "retention/change.html", {"page": page, "form": form}, status=status)


def _rule(request: HttpRequest, key: str) -> tuple[int, Rule]:
    check_keep(request.user)
    version, found = rules_in_force()
    if key not in found:
        raise Http404
    return version, found[key]
