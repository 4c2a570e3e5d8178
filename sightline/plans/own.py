"""What plans hold about a person: the actions they own, and everything they said or entered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from sightline.events.held import Held, five
from sightline.plans.choices import LABELS, DeliveryState
from sightline.plans.models import Action, Import
from sightline.plans.models.recorded import Recorded
from sightline.plans.selectors.visible import actions_visible_to

NOT_READABLE = "Its words are for those with a current membership"
# Where a row of history holds the words of whoever entered it; the first it has.
WORDS = ("text", "question", "reason", "minute", "label")
DAYS = ("as_at", "dated_on")


def _owned(user: Any) -> QuerySet[Action]:
    readable = actions_visible_to(user).order_by().select_related(None).filter(pk=OuterRef("pk"))
    own = Action.objects.filter(owners__person__user_id=user.pk).distinct()
    return own.annotate(is_readable=Exists(readable)).order_by("reference")


def _action(action: Any) -> list[Any]:
    words = action.text if action.is_readable else NOT_READABLE
    return [
        action.reference,
        action.current_number_label,
        words,
        LABELS[DeliveryState(action.state)],
        action.current_due_on,
    ]


def said(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """Rows of every kind of history, and uploads: with the reference of their action as what they are about.

    Also what others entered as this person's words, where the name says so and they may read the action.
    """
    yield from (_of(model, user) for model in sorted(recorded_models(), key=lambda model: model.__name__))
    uploads = Import.objects.filter(uploaded_by_id=user.pk).order_by()
    yield five(uploads, "Document uploaded", Value(""), F("as_at"), F("uploaded_at"), F("file_name"))


def recorded_models(base: type[Any] = Recorded) -> Iterator[type[Any]]:
    """Every table of history, those of later days too."""
    for model in base.__subclasses__():
        if model._meta.abstract:
            yield from recorded_models(model)
        else:
            yield model


def _of(model: type[Any], user: Any) -> QuerySet[Any, Any]:
    names = {field.name for field in model._meta.get_fields()}
    entered = Q(entered_by_id=user.pk)
    if {"said_by", "action"} <= names and user.name.strip():
        readable = actions_visible_to(user).order_by().select_related(None).filter(pk=OuterRef("action"))
        entered |= Q(Exists(readable), said_by__iexact=user.name)
    words = next((F(name) for name in WORDS if name in names), Value(""))
    day = next((F(name) for name in DAYS if name in names), Value(None))
    about = F("action__reference") if "action" in names else Value("")
    rows = model._default_manager.filter(entered).order_by()
    what = str(model._meta.verbose_name).capitalize()
    return five(rows, what, about, day, F("recorded_at"), words)


own = [
    Held(
        "actions",
        "Actions you own",
        "So that everybody sees who answers for what.",
        ("Reference", "Number", "Action", "State", "Due"),
        _owned,
        _action,
        30,
    ),
]
