"""The page that asks why something ends."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from sightline.events.choices import StaleRecord
from sightline.knowing.choices import NotPossible
from sightline.knowing.forms import ReasonForm


def asked_why(request: HttpRequest, end: Callable[[str], None], done: str) -> ReasonForm | None:
    """The form that asks why something ends; None once that is settled, which a message says."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form
    try:
        end(form.cleaned_data["reason"])
    except NotPossible as refused:
        tell(form, refused)
        return form
    except StaleRecord as stale:
        messages.warning(request, stale.sentence)
    else:
        messages.success(request, done)
    return None


def tell(form: BaseForm, refused: NotPossible) -> None:
    """Say in the form why what was asked cannot be done."""
    for field, sentence in refused.problems.items():
        form.add_error(field or None, sentence)
