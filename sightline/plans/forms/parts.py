"""Choosing where an action stands in its plan: priority, strand, outcome, each fitting the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sightline.plans.models import Strand
from sightline.plans.selectors.choosing import Parts

OUTCOME_APART = "This difference belongs to another priority. Choose both to fit."
STRAND_APART = "This strand belongs to another priority. Choose both to fit."


def offer_parts(form: forms.Form, parts: Parts) -> None:
    """Offer the plan's own priorities, strands and outcomes; a plan without strands is not asked about them."""
    fields: Mapping[str, Any] = form.fields
    fields["priority"].queryset = parts.priorities
    fields["outcome"].queryset = parts.outcomes
    if parts.strands.exists():
        fields["strand"].queryset = parts.strands
        fields["strand"].label_from_instance = strand_label
    else:
        del form.fields["strand"]


def strand_label(strand: Strand) -> str:
    """A strand to choose: "2: 2a Schools", its priority first."""
    return f"{strand.priority.mark}: {strand}"


def parts_fit(form: forms.Form, said: Mapping[str, Any]) -> None:
    """Say so where the outcome or the strand chosen stands under another priority."""
    number = getattr(said.get("priority"), "pk", None)
    for name, sentence in (("outcome", OUTCOME_APART), ("strand", STRAND_APART)):
        part = said.get(name)
        if part and part.priority_id != number:
            form.add_error(name, sentence)
