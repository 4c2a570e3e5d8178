"""Choosing where an action stands in its plan: priority, strand, outcome, each fitting the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django import forms

from sightline.plans.models import Outcome, Priority, Strand
from sightline.plans.selectors.choosing import Part, Parts

OUTCOME_APART = "This difference belongs to another priority. Choose both to fit."
STRAND_APART = "This strand belongs to another priority. Choose both to fit."


def offer_parts(form: forms.Form, parts: Parts, standing: Sequence[Part | None] = ()) -> None:
    """Offer the plan's own priorities, strands and outcomes; a plan without strands is not asked about them.

    What was sent is looked up in what is `standing` already, and otherwise in one reading of all parts.
    """
    fields: Mapping[str, Any] = form.fields
    fields["priority"].queryset = parts.priorities
    fields["outcome"].queryset = parts.outcomes
    # A form that asked for a strand sends its answer, empty or not.
    if form.add_prefix("strand") in form.data if form.is_bound else parts.strands.exists():
        fields["strand"].queryset = parts.strands
        fields["strand"].label_from_instance = strand_label
    else:
        del form.fields["strand"]
    if form.is_bound:
        for name in PARTS & form.fields.keys():
            fields[name].to_python = partial(_picked, fields[name], PARTS_OF[name], parts, standing)


PARTS_OF: dict[str, type[Part]] = {"priority": Priority, "strand": Strand, "outcome": Outcome}
PARTS = PARTS_OF.keys()


def _picked(
    field: forms.ModelChoiceField[Any],
    kind: type[Part],
    parts: Parts,
    standing: Sequence[Part | None],
    value: Any,
) -> Part | None:
    if value in field.empty_values:
        return None
    for part in standing:
        if isinstance(part, kind) and str(part.pk) == value:
            return part
    try:
        return parts.whole[kind, str(value)]
    except KeyError:
        invalid = field.error_messages["invalid_choice"]
        raise forms.ValidationError(invalid, code="invalid_choice", params={"value": value}) from None


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
