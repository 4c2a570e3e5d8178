"""An answer to a recommendation from somebody without an account: asked for by e-mail, given by link and code.

Nothing is overwritten: what is changed or added is a new line of the ledger, which says by whose link it came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sightline.access import services as access
from sightline.access.models import ReturnLink
from sightline.access.services import ReturnOver
from sightline.events.choices import Actor, StaleRecord, Tier, Unacceptable
from sightline.events.services import deed
from sightline.events.services.keeping import today
from sightline.plans.choices import Acceptance, EvidenceQuarter, LedgerKind, ReceivedHow
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Addressee, LedgerLine
from sightline.plans.rules.ledger import acceptance_refused, evidence_refused
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.returns import KIND, Stands, stands_with
from sightline.plans.services.keeping import mark_held
from sightline.plans.services.ledger.current import refresh_ledger
from sightline.plans.services.ledger.saying import Said, journal_line, new_line, refuse_line
from sightline.search.services import keep_words

GONE = "It is no longer addressed to them, so they are not asked."
NOBODY = "Nobody is named whom it is addressed to. Say first in the recommendation who it is."
UNSAID = {"value": "Say whether you accept it."}
EMPTIED = {"response": "What you answered is kept. Write what stands in its place, or leave it as it was."}
NOTHING = "Nothing was changed or added. Write something, or close this page."
SAVED_MEANWHILE = (
    "Something was recorded for you while you were writing: it stands under “What you said so far”. Nothing of yours "
    "is lost. Look at it, change your words if you want to, and send again."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answers on the one page: paragraphs, empty where nothing is said."""

    acceptance: Acceptance | None = None
    why: Sequence[str] = ()
    response: Sequence[str] = ()
    months: int | None = None
    progress: Sequence[str] = ()
    progress_private: Sequence[str] = ()
    quarter: EvidenceQuarter | None = None
    evidence: Sequence[str] = ()
    said_by: str = ""


@deed
def ask_answer(addressee: Addressee, *, name: str, email: str, by: Actor, now: datetime) -> ReturnLink:
    """Ask somebody, by a link sent to their address, for the answer of one of those a recommendation is addressed to.

    The e-mail says what it is about only where every member may read of it. Raises Unacceptable.
    """
    if addressee.gone_on or not addressee.raw:
        raise Unacceptable({"": GONE if addressee.gone_on else NOBODY})
    return access.ask_for_return(
        KIND,
        addressee.recommendation,
        addressee.pk,
        email=email,
        name=name,
        words=_words(addressee),
        tier=Tier(addressee.recommendation.source.tier),
        by=by,
        now=now,
    )


@deed
def answer_by_link(link: ReturnLink, given: Answer, seen: int, *, now: datetime) -> list[LedgerLine]:
    """Add what the answer changes or adds to the ledger, and send a receipt. Returns the new lines.

    `seen`: the number of the newest line that its writer saw. Raises StaleRecord where there is a newer one,
    ReturnOver where it is no longer asked of them; Unacceptable where something is missing, or nothing is new.
    """
    live, by = _held(link), access.link_actor(link)
    stands = stands_with(live.pk)
    if stands.newest != seen:
        raise StaleRecord(SAVED_MEANWHILE)
    told = [
        *_accepted(live, stands, given, by, now),
        *_responded(live, stands, given, by, now),
        *_progressed(live, given, by, now),
        *_evidenced(live, given, by, now),
    ]
    if not told:
        raise Unacceptable({"": NOTHING})
    lines = LedgerLine.objects.bulk_create([line for line, _, _ in told])
    keep_words(*lines)
    for line, entry, after in told:
        named = {"addressee": str(live), **after}
        before = {"acceptance": live.current_acceptance} if line.kind == LedgerKind.ACCEPTANCE else {}
        journal_line(line, live.recommendation, entry, named, _said(given, now), by, before)
    refresh_ledger([live], now=now)
    access.note_answered(link, _words(live), Tier(live.recommendation.source.tier), now=now)
    return lines


def _words(addressee: Addressee) -> str:
    """What an e-mail says it is about; nothing where not every member may read of it."""
    recommendation = addressee.recommendation
    source = recommendation.source
    if source.tier not in EVERY_MEMBER:
        return ""
    return ": ".join(filter(None, (f"“{source.title}”", recommendation.number)))


Told = tuple[LedgerLine, PlanEntry, dict[str, Any]]


def _held(link: ReturnLink) -> Addressee:
    """The addressee, its recommendation and its source, held: so nobody else replaces a response meanwhile."""
    rows = Addressee.objects.select_for_update(
        no_key=True, of=("recommendation__source", "recommendation", "self")
    )
    found = rows.select_related("agency", "group", "recommendation__source").filter(
        pk=link.record, gone_on=None
    )
    live = found.first()
    if live is None:
        raise ReturnOver
    mark_held(live.recommendation.source)
    return live


def _said(given: Answer, now: datetime, public: Sequence[str] = (), private: Sequence[str] = ()) -> Said:
    return Said(today(now), public, private, said_by=given.said_by, received_how=ReceivedHow.LINK)


def _accepted(live: Addressee, stands: Stands, given: Answer, by: Actor, now: datetime) -> list[Told]:
    value = given.acceptance
    refuse_line(UNSAID if value is None and given.why else {})
    if value is None or (value == stands.acceptance and list(given.why) == stands.why):
        return []
    refuse_line(_named(acceptance_refused(value, given.why), public="why"))
    said = _said(given, now, given.why)
    line = new_line(live, LedgerKind.ACCEPTANCE, said, by, now, acceptance=value)
    return [(line, PlanEntry.RECOMMENDATION_ACCEPTED, {"acceptance": value})]


def _responded(live: Addressee, stands: Stands, given: Answer, by: Actor, now: datetime) -> list[Told]:
    """A response that was changed stands in place of the one before, which is kept; what it said to partners stays."""
    old = stands.response
    refuse_line(EMPTIED if old and old.public and not given.response else {})
    if not given.response or list(given.response) == (old.public if old else []):
        return []
    said = _said(given, now, given.response, old.private if old else ())
    line = new_line(live, LedgerKind.RESPONSE, said, by, now, replaces=old)
    return [(line, PlanEntry.RESPONSE_RECORDED, {"for": str(live)})]


def _progressed(live: Addressee, given: Answer, by: Actor, now: datetime) -> list[Told]:
    if not given.progress and not given.progress_private:
        return []
    said = _said(given, now, given.progress, given.progress_private)
    line = new_line(live, LedgerKind.PROGRESS, said, by, now, months=given.months)
    return [(line, PlanEntry.PROGRESS_RECORDED, {"months": given.months})]


def _evidenced(live: Addressee, given: Answer, by: Actor, now: datetime) -> list[Told]:
    refuse_line(_named(evidence_refused(given.evidence, given.quarter or ""), public="evidence"))
    if not given.evidence:
        return []
    said = _said(given, now, given.evidence)
    line = new_line(live, LedgerKind.EVIDENCE, said, by, now, quarter=given.quarter)
    return [(line, PlanEntry.LEDGER_EVIDENCE_RECORDED, {"quarter": given.quarter})]


def _named(problems: dict[str, str], **names: str) -> dict[str, str]:
    return {names.get(field, field): sentence for field, sentence in problems.items()}
