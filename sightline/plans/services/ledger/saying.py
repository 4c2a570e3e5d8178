"""Writing the ledger's lines, of which none is overwritten: acceptance, responses, progress, evidence, steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sightline.events.choices import Actor, StaleRecord, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import not_ahead
from sightline.plans.choices import Acceptance, EvidenceQuarter, LedgerKind, ReceivedHow, Step
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Addressee, Import, LedgerLine, Recommendation
from sightline.plans.rules.ledger import acceptance_refused, standard, step_refused
from sightline.plans.services.accounts.updates import who
from sightline.plans.services.keeping import mark_held, stamp
from sightline.plans.services.ledger.current import refresh_ledger
from sightline.search.services import keep_words

NO_WORDS = {"public": "Write what is said, in one of the two boxes."}


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a day: paragraphs that may be published, and paragraphs for partners only."""

    as_at: date
    public: Sequence[str] = ()
    private: Sequence[str] = ()
    said_by: str = ""
    received_how: ReceivedHow = ReceivedHow.SCREEN

    @property
    def words(self) -> list[str]:
        """All paragraphs."""
        return [*self.public, *self.private]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not any(text.strip() for text in self.words)


@deed
def accept(addressee: Addressee, value: Acceptance, said: Said, *, by: Actor, now: datetime) -> LedgerLine:
    """Say that a recommendation is accepted, in part or not; the latter two owe a reason. Raises Unacceptable."""
    live = _held(addressee)
    refuse_line(acceptance_refused(value, said.words))
    made = _line(live, LedgerKind.ACCEPTANCE, said, by, now, acceptance=value)
    before = {"acceptance": live.current_acceptance}
    return _done(
        made, live, PlanEntry.RECOMMENDATION_ACCEPTED, {"acceptance": value}, said, by, now, before=before
    )


@deed
def respond(
    recommendation: Recommendation,
    addressee: Addressee | None,
    said: Said,
    *,
    replaces: LedgerLine | None = None,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
) -> LedgerLine:
    """Answer a recommendation, in the name of one addressee or (None) of all.

    A response that is changed is replaced by the new line and kept. Raises Unacceptable, StaleRecord where somebody
    else replaced it first.
    """
    Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if replaces and LedgerLine.objects.filter(replaces=replaces).exists():
        raise StaleRecord
    refuse_line(NO_WORDS if said.is_empty else {})
    not_ahead(said.as_at, now)
    made = LedgerLine.objects.create(
        recommendation=recommendation,
        addressee=addressee,
        kind=LedgerKind.RESPONSE,
        replaces=replaces,
        **_columns(said, by, now, import_of),
    )
    keep_words(made)
    journal_line(
        made, recommendation, PlanEntry.RESPONSE_RECORDED, {"for": str(addressee or "all")}, said, by, {}
    )
    return made


@deed
def report_progress(
    addressee: Addressee, months: int | None, said: Said, *, by: Actor, now: datetime
) -> LedgerLine:
    """Say how far it has come, at one of the milestones or (None) at another time. Raises Unacceptable."""
    live = _held(addressee)
    refuse_line(NO_WORDS if said.is_empty else {})
    if months is not None and months not in standard().progress_months:
        raise Unacceptable({"months": "Choose one of the times."})
    made = _line(live, LedgerKind.PROGRESS, said, by, now, months=months)
    return _done(made, live, PlanEntry.PROGRESS_RECORDED, {"months": months}, said, by, now)


@deed
def show_evidence(
    addressee: Addressee, quarter: EvidenceQuarter, said: Said, *, by: Actor, now: datetime
) -> LedgerLine:
    """Add something that shows a difference, in one of the four quarters. Raises Unacceptable."""
    live = _held(addressee)
    refuse_line(NO_WORDS if said.is_empty else {})
    made = _line(live, LedgerKind.EVIDENCE, said, by, now, quarter=quarter)
    return _done(made, live, PlanEntry.LEDGER_EVIDENCE_RECORDED, {"quarter": quarter}, said, by, now)


@deed
def take_step(
    addressee: Addressee,
    step: Step,
    said: Said,
    *,
    quarter: EvidenceQuarter | None = None,
    by: Actor,
    now: datetime,
) -> LedgerLine:
    """Climb the embedding ladder, or fall back on it; the steps before stay in the history. Raises Unacceptable."""
    live = _held(addressee)
    before = live.current_step
    refuse_line(step_refused(before, step, said.words, quarter or ""))
    made = _line(live, LedgerKind.STEP, said, by, now, step=step, quarter=quarter or "")
    after = {"step": int(step), "quarter": quarter or ""}
    return _done(made, live, PlanEntry.STEP_RECORDED, after, said, by, now, before={"step": before})


def _held(addressee: Addressee) -> Addressee:
    """The addressee as it stands now, held until the transaction ends; its source first, as all who count do."""
    found = Addressee.objects.select_for_update(no_key=True, of=("recommendation__source", "self"))
    live = found.select_related("agency", "group", "recommendation__source").get(pk=addressee.pk)
    mark_held(live.recommendation.source)
    return live


def refuse_line(problems: dict[str, str]) -> None:
    """Raises Unacceptable where there are any problems."""
    if problems:
        raise Unacceptable(problems)


def _columns(said: Said, by: Actor, now: datetime, import_of: Import | None = None) -> dict[str, Any]:
    return {
        "public": [text for text in said.public if text.strip()],
        "private": [text for text in said.private if text.strip()],
        "as_at": said.as_at,
        "said_by": said.said_by[:200],
        "received_how": said.received_how,
        **stamp(by, now, import_of),
    }


def _line(
    live: Addressee, kind: LedgerKind, said: Said, by: Actor, now: datetime, **own: object
) -> LedgerLine:
    made = new_line(live, kind, said, by, now, **own)
    made.save(force_insert=True)
    return made


def new_line(
    live: Addressee, kind: LedgerKind, said: Said, by: Actor, now: datetime, **own: Any
) -> LedgerLine:
    """A line of what this addressee, held, says, not saved yet. Raises Unacceptable."""
    not_ahead(said.as_at, now)
    return LedgerLine(
        recommendation=live.recommendation, addressee=live, kind=kind, **own, **_columns(said, by, now)
    )


def _done(
    made: LedgerLine,
    live: Addressee,
    entry: PlanEntry,
    after: Mapping[str, Any],
    said: Said,
    by: Actor,
    now: datetime,
    *,
    before: Mapping[str, Any] | None = None,
) -> LedgerLine:
    named = {"addressee": str(live), **after}
    keep_words(made)
    journal_line(made, live.recommendation, entry, named, said, by, before or {})
    refresh_ledger([live], now=now)
    return made


def journal_line(
    made: LedgerLine,
    recommendation: Recommendation,
    entry: PlanEntry,
    after: Mapping[str, Any],
    said: Said,
    by: Actor,
    before: Mapping[str, Any],
) -> None:
    """Journal a line: what it says, of which day, and who said it."""
    words = {"public": made.public, "private": made.private, "as_at": said.as_at}
    record(
        entry,
        by=by,
        subject=recommendation,
        before=dict(before),
        after={**after, **words} | who(said.said_by),
        tier=Tier(recommendation.source.tier),
    )
