"""The kinds of record that stand behind the wall: each app offers its own, and journal, search and lists ask here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CheckConstraint, Model, Q

from sightline.knowing.rules import NORMAL_REFERENCE

# A record that one may have a conflict with: its app and model.
Of = tuple[str, str]


class NotBehindWall(Exception):
    """A record was asked about whose app has not offered its kind."""


def in_normal_form(field: str, name: str) -> CheckConstraint:
    """The constraint that references are kept in the form in which they are compared, or not yet at all.

    A conflict of interest is known by it: one that compared otherwise would not close its record.
    """
    return CheckConstraint(condition=Q(**{f"{field}__regex": NORMAL_REFERENCE}), name=name)


@dataclass(frozen=True)
class Kind:
    """A kind of child-level or restricted record. Its model has `tier`.

    `reference`: the field that lists show and break-glass asks for, kept `in_normal_form`. `address`: the page of one
    record; `name`: what stands behind a click. `subjects`: whom or what it is about, by the way from the record to its
    number, so that a conflict with them closes it too.
    """

    model: type[Model]
    reference: str
    address: Callable[[Any], str]
    name: Callable[[Any], str]
    subjects: Mapping[Of, str] = field(default_factory=dict)

    @property
    def key(self) -> Of:
        """App and model, as the lists keep them."""
        return (self.model._meta.app_label, str(self.model._meta.model_name))

    @property
    def noun(self) -> str:
        """What such a record is called."""
        return str(self.model._meta.verbose_name)

    def reference_of(self, record: Any) -> str:
        """The reference of one record."""
        return str(getattr(record, self.reference))


_offered: dict[str, tuple[Kind, ...]] = {}


def offer(app_label: str, offered: Iterable[Kind]) -> None:
    """Put an app's kinds of record behind the wall. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(offered)


def kinds() -> dict[Of, Kind]:
    """Every kind by app and model."""
    return {kind.key: kind for offered in _offered.values() for kind in offered}


def is_behind_wall(record: Model) -> bool:
    """Whether the record is of a kind that some app has offered."""
    return (record._meta.app_label, str(record._meta.model_name)) in kinds()


def kind_of(model: type[Model] | Model) -> Kind:
    """The kind of a record or a model. Raises NotBehindWall."""
    meta = model._meta
    try:
        return kinds()[(meta.app_label, str(meta.model_name))]
    except KeyError:
        raise NotBehindWall(f"{meta.label} stands behind no wall: offer it to knowing.registry.") from None
