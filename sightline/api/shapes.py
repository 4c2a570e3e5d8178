"""Records as they go out: what a person may know of them, and nothing beside."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from sightline.access.models import User
from sightline.api import schemas as out
from sightline.api.asking import page_address
from sightline.partners.models import Agency, Group, Person
from sightline.plans.models import (
    Action,
    ActionOwner,
    ActionSource,
    Addressee,
    ExceptionReport,
    LedgerLine,
    Plan,
    Priority,
    Recommendation,
    Update,
)
from sightline.plans.permissions import can_view_answered
from sightline.plans.rules import addresses
from sightline.plans.selectors.exceptions import ExceptionRow


def plan(found: Plan) -> dict[str, Any]:
    """A plan."""
    return {
        "key": found.key,
        "name": found.name,
        "group": found.group.key if found.group else None,
        "state": found.state,
        "period": found.period_raw,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "tier": found.tier,
        "version": found.version,
        "page": page_address(addresses.of_plan(found.key)),
    }


def priority(found: Priority | None) -> out.PriorityOut | None:
    """A priority, where there is one."""
    return out.PriorityOut(id=found.pk, number=found.number, title=found.title) if found else None


def action(found: Action, reader: User) -> out.ActionOut:
    """An action, read with its parties; of what it answers, what its reader may know of."""
    return out.ActionOut(
        reference=found.reference,
        plan=found.plan.key,
        plan_name=found.plan.name,
        priority=priority(found.priority),
        numbers=[number.text for number in found.numbers.all()],
        text=found.text,
        items=[str(item) for item in found.items],
        owners=[owner(each) for each in found.owners.all()],
        answers=[answered(each) for each in found.sources.all() if can_view_answered(reader, each)],
        timescale=found.current_timescale_label,
        due_on=found.current_due_on,
        times_slipped=found.current_slips,
        state=found.state_now,
        delivery=found.current_delivery_rating,  # type: ignore[arg-type]  # a word of that kind
        impact=found.current_impact_rating,  # type: ignore[arg-type]  # a word of that kind
        embedding=found.current_embedding,  # type: ignore[arg-type]  # a word of that kind
        blocked_reason=found.current_blocked_reason,
        last_update_on=found.current_update_on,
        exceptions=list(found.exception_kinds),
        opened_on=found.opened_on,
        tier=found.tier,  # type: ignore[arg-type]  # a word of that kind
        version=found.version,
        page=page_address(addresses.of_action(found.reference)),
    )


def owner(found: ActionOwner) -> out.OwnerOut:
    """Who answers for an action."""
    party = found.party
    kind = str(party.party_kind) if party else ""
    key = "" if party is None or isinstance(party, Person) else party.key
    return out.OwnerOut(kind=kind, key=key, name=str(found), role=found.role)  # type: ignore[arg-type]  # its word


def answered(found: ActionSource) -> out.AnswersOut:
    """What an action answers."""
    source = found.recommendation.source if found.recommendation else found.source
    return out.AnswersOut(
        source=source.key if source else None,
        recommendation=found.recommendation_id,
        words=found.raw or str(found),
    )


def update(found: Update) -> out.UpdateOut:
    """An update, read with its action."""
    return out.UpdateOut(
        id=found.pk,
        action=found.action.reference,
        text=found.text,
        publishable=found.publishable,
        dated_on=found.dated_on,
        as_at=found.as_at,
        said_by=found.said_by,
        received_how=found.received_how,  # type: ignore[arg-type]  # a word of that kind
        entered_by=found.entered_by_label,
        recorded_at=found.recorded_at,
    )


def recommendation(found: Recommendation) -> dict[str, Any]:
    """A recommendation, read with its source and those it is addressed to."""
    return {
        "id": found.pk,
        "source": found.source.key,
        "source_title": found.source.title,
        "source_kind": found.source.kind,
        "number": found.number,
        "title": found.title,
        "text": found.text,
        "addressed_to": [addressed(each) for each in found.addressees.all() if each.gone_on is None],
        "tier": found.source.tier,
        "version": found.version,
        "page": page_address(addresses.of_recommendation(found.source.key, found.pk)),
    }


def addressed(found: Addressee) -> out.AddressedOut:
    """Somebody a recommendation is addressed to."""
    return out.AddressedOut(
        id=found.pk,
        name=str(found),
        agency=found.agency.key if found.agency else None,
        group=found.group.key if found.group else None,
        acceptance=found.current_acceptance or None,  # type: ignore[arg-type]  # a word of that kind
        step=found.current_step,
        progress_due_on=found.current_due_on,
    )


def response(found: LedgerLine) -> out.ResponseOut:
    """A response to a recommendation."""
    return out.ResponseOut(
        id=found.pk,
        addressee=found.addressee_id,
        public=list(found.public),
        private=list(found.private),
        as_at=found.as_at,
        said_by=found.said_by,
        entered_by=found.entered_by_label,
        replaces=found.replaces_id,
    )


def group(found: Group) -> out.GroupOut:
    """A group."""
    return out.GroupOut(
        key=found.key,
        name=found.name,
        short_name=found.short_name,
        kind=found.kind,  # type: ignore[arg-type]  # a word of that kind
        parent=found.parent.key if found.parent else None,
        merged_into=found.merged_into.key if found.merged_into else None,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        version=found.version,
        page=page_address(reverse("partners:party", args=["groups", found.pk])),
    )


def agency(found: Agency) -> out.AgencyOut:
    """An agency."""
    return out.AgencyOut(
        key=found.key,
        name=found.name,
        short_name=found.short_name,
        sector=found.sector,  # type: ignore[arg-type]  # a word of that kind
        kind=found.kind,  # type: ignore[arg-type]  # a word of that kind
        predecessor=found.predecessor.key if found.predecessor else None,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        version=found.version,
        page=page_address(reverse("partners:party", args=["agencies", found.pk])),
    )


def report(found: ExceptionReport) -> dict[str, Any]:
    """A report without its rows: its counts hold every row, and not everybody reads each."""
    return {
        "number": found.pk,
        "group": found.group.key if found.group else None,
        "plan": found.plan.key if found.plan else None,
        "as_at": found.as_at,
        "state": found.state,
        "issued_at": found.issued_at,
        "issued_by": found.issued_by_label,
        "page": page_address(addresses.of_report(found.pk)),
    }


def report_row(found: ExceptionRow) -> out.ReportRowOut:
    """A row of a report."""
    names = out.ReportRowOut.model_fields
    return out.ReportRowOut(**{name: getattr(found, name) for name in names})
