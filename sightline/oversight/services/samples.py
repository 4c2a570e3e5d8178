"""Samples of the journal: drawn by lot, marked entry by entry, signed."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.events.choices import SYSTEM, Actor, StaleRecord, Tier
from sightline.events.models import Entry, Seal
from sightline.events.services import deed, record, seal
from sightline.messages.services import drop_work_items, put_work_item
from sightline.oversight.choices import (
    ALREADY_SIGNED,
    NOT_ALL_LOOKED_AT,
    QUERIES_OPEN,
    SECOND_IS_ANOTHER,
    WORDS_NEEDED,
    NotYet,
    SignatureKind,
    Verdict,
)
from sightline.oversight.entries import OversightEntry
from sightline.oversight.models import Mark, Sample, SampledEntry, Signature
from sightline.oversight.rules.numbers import review_within, sample_kinds
from sightline.oversight.rules.sampling import draw, month_before
from sightline.oversight.selectors import entries_of_kind
from sightline.oversight.services.telling import tell_holders

KIND = "sample"
CHUNK = 2_000


def draw_sample(now: datetime) -> Sample | None:
    """Draw the sample of the month that is over, once; None where it was drawn, or nothing was recorded in it."""
    month = month_before(timezone.localtime(now).date())
    if Sample.objects.filter(month=month).exists():
        return None
    return draw_of(month, now)


def draw_of(month: date, now: datetime) -> Sample | None:
    """Draw the sample of a month; None where nothing was recorded in it.

    The journal is sealed first: the newest head, which nobody can foresee, gives each entry its lot.
    """
    seal(now)
    return _draw(month, now)


@deed
def _draw(month: date, now: datetime) -> Sample | None:
    newest = Seal.objects.order_by("-sequence").first()
    drawn, population = [], {}
    for kind in sample_kinds().values():
        entries, head = entries_of_kind(kind, month), newest.head if newest else ""
        numbers = draw(entries.values_list("pk", "digest").iterator(chunk_size=CHUNK), head, kind.size)
        population[kind.key] = entries.count()
        drawn += [(kind.key, number) for number in sorted(numbers)]
    if newest is None or not drawn:
        return None
    made = Sample.objects.create(month=month, head=newest.head, population=population, drawn_at=now)
    SampledEntry.objects.bulk_create(
        SampledEntry(sample=made, position=position, kind=kind, entry_number=number)
        for position, (kind, number) in enumerate(drawn, start=1)
    )
    after = {"month": made.key, "head": made.head, "entries": len(drawn)}
    record(OversightEntry.SAMPLE_DRAWN, by=SYSTEM, subject=made, after=after, tier=Tier.T2)
    _ask_for_review(made, len(drawn), now)
    return made


def _ask_for_review(made: Sample, size: int, now: datetime) -> None:
    title, path = f"Look at the sample of {made.month:%B %Y}", reverse("oversight:sample", args=[made.key])
    put_work_item(
        f"may:{Permission.JOURNAL_SAMPLE.value}",
        KIND,
        made,
        title,
        f"{size} entries of the journal were drawn. Say of each whether it is in order.",
        path,
        due_on=timezone.localtime(now).date() + review_within(),
    )
    drawn = f"{size} entries of the journal of {made.month:%B %Y} were drawn by lot."
    text = f"{drawn} Please say of each whether it is in order:"
    tell_holders(
        Permission.JOURNAL_SAMPLE, "Sightline: a sample of the journal", text, path, key=f"sample-{made.key}"
    )


@deed
def mark(
    drawn: SampledEntry, verdict: Verdict, words: str, *, version: int, by: Actor, now: datetime
) -> SampledEntry:
    """Say of an entry whether it is in order; a query, and how it was settled, in words.

    Raises StaleRecord where somebody else said something meanwhile, NotYet without words or once it is signed.
    """
    sample = Sample.objects.select_for_update().get(pk=drawn.sample_id)
    current = SampledEntry.objects.select_for_update().get(pk=drawn.pk)
    if current.version != version:
        raise StaleRecord
    if sample.is_signed:
        raise NotYet(ALREADY_SIGNED)
    if verdict != Verdict.IN_ORDER and not words.strip():
        raise NotYet(WORDS_NEEDED)
    Mark.objects.create(
        drawn=current,
        verdict=verdict.value,
        words=words.strip(),
        by_id=by.user_id,
        by_label=by.label,
        moment=now,
    )
    before = current.current_verdict
    current.current_verdict, current.version = verdict.value, current.version + 1
    current.save(update_fields=["current_verdict", "version"])
    after = {"entry": current.entry_number, "verdict": verdict.value, "words": words.strip()}
    was = {"verdict": before}
    record(OversightEntry.SAMPLE_MARKED, by=by, subject=sample, before=was, after=after, tier=Tier.T2)
    return current


@deed
def sign(sample: Sample, user: User, words: str, *, version: int, by: Actor, now: datetime) -> Signature:
    """Sign a sample: the first who does so is its reviewer, which closes it; somebody else may add a second look.

    Raises StaleRecord, and NotYet while anything is left to look at or to settle.
    """
    current = Sample.objects.select_for_update().get(pk=sample.pk)
    if current.version != version:
        raise StaleRecord
    kind = SignatureKind.SECOND_LOOK if current.is_signed else SignatureKind.REVIEW
    _refuse_early(current, kind, user)
    numbers = current.drawn.values_list("entry_number", flat=True)
    signed = Signature.objects.create(
        sample=current,
        kind=kind.value,
        words=words.strip(),
        own_entries=Entry.objects.filter(pk__in=list(numbers), actor_user_id=user.pk).count(),
        by=user,
        by_label=by.label,
        moment=now,
    )
    current.is_signed, current.version = True, current.version + 1
    current.save(update_fields=["is_signed", "version"])
    after = {"as": kind.value, "words": words.strip()}
    record(OversightEntry.SAMPLE_SIGNED, by=by, subject=current, after=after, tier=Tier.T2)
    drop_work_items(current, KIND)
    return signed


def _refuse_early(sample: Sample, kind: SignatureKind, user: User) -> None:
    """Raises NotYet where this person may not sign as that now."""
    if kind == SignatureKind.SECOND_LOOK:
        signed = list(sample.signatures.values_list("kind", "by_id"))
        if len(signed) > 1:
            raise NotYet(ALREADY_SIGNED)
        if signed[0][1] == user.pk:
            raise NotYet(SECOND_IS_ANOTHER)
        return
    verdicts = list(sample.drawn.values_list("current_verdict", flat=True))
    if left := verdicts.count(""):
        raise NotYet(NOT_ALL_LOOKED_AT.format(left=left))
    if still := verdicts.count(Verdict.QUERIED.value):
        raise NotYet(QUERIES_OPEN.format(left=still))


@deed
def note_report_taken(sample: Sample, format: str, *, by: Actor) -> None:
    """Journal that the report of a sample was taken away."""
    record(OversightEntry.SAMPLE_PRINTED, by=by, subject=sample, after={"format": format}, tier=Tier.T2)
