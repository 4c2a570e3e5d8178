"""What an action rests on, copied for the one that takes over: days, moments and voices stay as they were."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q

from sightline.events.services import record
from sightline.plans.choices import ClaimResult
from sightline.plans.entries import PlanEntry
from sightline.plans.models import (
    Action,
    Block,
    CompletionClaim,
    Dependency,
    EmbeddingTest,
    Evidence,
    EvidenceFile,
    Placement,
    Plan,
    Question,
    Rating,
    Reference,
    ThemeMark,
    Timescale,
    Update,
)
from sightline.plans.selectors.files import newest_among
from sightline.plans.services.keeping import stamp, tier_of
from sightline.plans.services.rolling.structure import Carrying, outcome_in, priority_in
from sightline.search.services import keep_words


def copy_history(work: Carrying) -> None:
    """Every timescale, the last update and ratings, the evidence, the tests, what waits, and what stands in the way."""
    made = list(work.made)
    _copy_timescales(work)
    _copy_updates(work, made)
    _copy(work, Rating, _last_of(Rating, made, ("action_id", "dimension")))
    _copy_evidence(work, list(Evidence.objects.filter(action_id__in=made).order_by("pk")))
    _copy(work, ThemeMark, ThemeMark.objects.filter(action_id__in=made))
    _copy(work, EmbeddingTest, EmbeddingTest.objects.filter(action_id__in=made))
    _copy(work, Block, Block.objects.filter(action_id__in=made, ended_on=None))
    _copy_claims(work, made)
    _copy_references(work)
    _carry_dependencies(work)
    _carry_placements(work)


def _copy(work: Carrying, model: type[Model], rows: Iterable[Any]) -> list[Any]:
    """The rows again, under the action that takes over: their days, moments and voices as they were."""
    fields = [f for f in model._meta.concrete_fields if not f.primary_key and f.name != "action"]
    copies = model._default_manager.bulk_create(
        [
            model(action=work.made[row.action_id], **{f.attname: getattr(row, f.attname) for f in fields})
            for row in rows
        ],
        batch_size=500,
    )
    keep_words(*copies)
    return copies


def _last_of(model: type[Any], actions: list[int], keys: tuple[str, ...]) -> list[Any]:
    """The last row of each action (and dimension): what stands in the next plan is what stood in the former."""
    rows = model._default_manager.filter(action_id__in=actions).order_by("as_at", "recorded_at", "pk")
    return list({tuple(getattr(row, key) for key in keys): row for row in rows}.values())


def _copy_updates(work: Carrying, made: list[int]) -> None:
    """The last update, and a question that waits together with the update it asks about."""
    asked = list(Question.objects.filter(action_id__in=made, answered_on=None).order_by("pk"))
    wanted = {update.pk: update for update in _last_of(Update, made, ("action_id",))}
    wanted |= Update.objects.in_bulk([question.update_id for question in asked])
    rows = [wanted[number] for number in sorted(wanted)]
    copies = dict(zip(sorted(wanted), _copy(work, Update, rows), strict=True))
    for question in asked:
        question.update = copies[question.update_id]
    _copy(work, Question, asked)


def _copy_claims(work: Carrying, made: list[int]) -> None:
    """The word that it is done, where it waits for a second person or was returned: it is asked for there now."""
    claims = CompletionClaim.objects.filter(action_id__in=made).order_by("recorded_at", "pk")
    last = {claim.action_id: claim for claim in claims}
    asks = (ClaimResult.WAITING, ClaimResult.RETURNED)
    _copy(work, CompletionClaim, [claim for claim in last.values() if claim.result in asks])


def _copy_timescales(work: Carrying) -> None:
    """Every timescale there was: the original date and each slip go with the action."""
    rows = list(Timescale.objects.filter(action_id__in=list(work.made)).order_by("pk"))
    before = {row.pk: row.revises_id for row in rows}
    for row in rows:
        row.revises_id = None
    copies = dict(zip(before, _copy(work, Timescale, rows), strict=True))
    for number, revised in before.items():
        copies[number].revises = copies.get(revised or 0)
    Timescale.objects.bulk_update([c for c in copies.values() if c.revises_id], ["revises"], batch_size=200)


def _copy_evidence(work: Carrying, rows: list[Evidence]) -> None:
    """The evidence with its files, every version of each: a file is stored once, and named by both."""
    copies = dict(zip([row.pk for row in rows], _copy(work, Evidence, rows), strict=True))
    files = list(
        EvidenceFile.objects.filter(evidence_id__in=list(copies)).select_related("document").order_by("pk")
    )
    for file in files:
        file.pk, file.evidence = None, copies[file.evidence_id]
    keep_words(*newest_among(EvidenceFile.objects.bulk_create(files, batch_size=500)))


def _copy_references(work: Carrying) -> None:
    """What an action points at; where that was carried as well, the one that takes over."""
    rows = Reference.objects.filter(action_id__in=list(work.made)).order_by("pk")
    _copy(work, Reference, [_pointing(work, row) for row in rows])


def _pointing(work: Carrying, row: Reference) -> Reference:
    if row.target_id in work.made:
        row.target = work.made[row.target_id]
    return row


def _carry_dependencies(work: Carrying) -> None:
    """Who waited for a former action waits for the one that takes over; so does what it waited for itself."""
    open_ones = Dependency.objects.filter(ended_on=None).filter(
        Q(action_id__in=list(work.made)) | Q(needs_id__in=list(work.made))
    )
    for waiting in list(open_ones.select_related("action__plan", "needs")):
        one = work.made.get(waiting.action_id, waiting.action)
        other = work.made.get(waiting.needs_id, waiting.needs)
        if waiting.action_id not in work.made:
            waiting.ended_on, waiting.ended_recorded_at = max(work.as_at, waiting.as_at), work.now
            waiting.ended_by_label = work.by.label[:200]
            waiting.save(update_fields=["ended_on", "ended_recorded_at", "ended_by_label"])
        made = Dependency.objects.create(
            action=one, needs=other, reason=waiting.reason, as_at=work.as_at, **stamp(work.by, work.now)
        )
        after = {"needs": other.reference, "as_at": made.as_at}
        record(PlanEntry.DEPENDENCY_ADDED, by=work.by, subject=one, after=after, tier=tier_of(one, one.plan))


def _carry_placements(work: Carrying) -> None:
    """Other plans show the action that takes over; actions of other plans placed here stand in the next plan too."""
    open_ones = Placement.objects.filter(ended_on=None)
    for place in list(open_ones.filter(action_id__in=list(work.made))):
        _place_again(work, place, work.made[place.action_id], place.plan)
    for place in list(open_ones.filter(plan=work.old).select_related("action", "priority")):
        if place.action.plan_id != work.new.pk:
            _place_again(work, place, place.action, work.new)


def _place_again(work: Carrying, place: Placement, action: Action, plan: Plan) -> None:
    moved = plan.pk == work.new.pk
    if (
        plan.pk == action.plan_id
        or Placement.objects.filter(action=action, plan=plan, ended_on=None).exists()
    ):
        return
    made = Placement.objects.create(
        action=action,
        plan=plan,
        number=place.number,
        priority=priority_in(work, place.priority) if moved else place.priority,
        outcome=outcome_in(work, place.outcome) if moved else place.outcome,
        order=place.order,
        reason=place.reason,
        as_at=work.as_at,
        **stamp(work.by, work.now),
    )
    after = {"plan": plan.key, "number": made.number, "as_at": made.as_at}
    record(PlanEntry.ACTION_PLACED, by=work.by, subject=action, after=after, tier=tier_of(action, plan))
