"""Writing the scrutiny log: what was found and asked, what partners answered, what the scrutineer concludes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sightline.challenges.choices import Looked, ScrutinyDeed, ScrutinyState, Verdict
from sightline.challenges.entries import ChallengeEntry
from sightline.challenges.models import Scrutiny, ScrutinyAsked, ScrutinyStep
from sightline.challenges.rules.scrutiny import scrutiny_deeds, state_after
from sightline.challenges.selectors.scrutiny import partners_asked
from sightline.challenges.services.keeping import Said, stamp
from sightline.challenges.services.work_items import keep_scrutiny_work
from sightline.events.choices import Actor, StaleRecord, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import changed, held_as_seen, need, need_all, not_ahead, not_before
from sightline.partners.models import Agency, Group
from sightline.search.services import keep_words

WORDS = {
    "title": "Enter what it is about",
    "looked_at": "Enter what was looked at",
    "found": "Enter what was found",
}
ENTRIES = {
    ScrutinyDeed.RESPOND: ChallengeEntry.SCRUTINY_ANSWERED,
    ScrutinyDeed.FOLLOW_UP: ChallengeEntry.SCRUTINY_FOLLOWED_UP,
    ScrutinyDeed.ASK_AGAIN: ChallengeEntry.SCRUTINY_ASKED_AGAIN,
    ScrutinyDeed.VERDICT: ChallengeEntry.SCRUTINY_JUDGED,
}
BOTH = "Say what is asked, of whom, and by when; or leave all three out"


@dataclass(frozen=True, slots=True)
class ScrutinyGiven:
    """A new entry; `asked`, `of` and `due_on` go together, and may be left out together."""

    title: str
    kind: Looked
    seen_on: date
    looked_at: str
    found: str
    asked: str = ""
    of: Sequence[Agency | Group] = ()
    due_on: date | None = None
    tier: Tier = Tier.T1


@dataclass(frozen=True, slots=True)
class ScrutinyMore:
    """What a deed needs besides its words: who answers, a verdict, or a new day to answer by."""

    partner: ScrutinyAsked | None = None
    verdict: Verdict | None = None
    due_on: date | None = None


@deed
def record_scrutiny(given: ScrutinyGiven, *, by: Actor, now: datetime) -> Scrutiny:
    """Write an entry of the scrutiny log. Raises Unacceptable."""
    words = _words({name: getattr(given, name) for name in WORDS})
    not_ahead(given.seen_on, now, "seen_on")
    asked = given.asked.strip()
    if len({bool(asked), bool(given.of), given.due_on is not None}) > 1:
        raise Unacceptable({"asked": BOTH})
    if given.due_on and given.due_on < given.seen_on:
        raise Unacceptable({"due_on": "The answer cannot be asked for before the day of looking"})
    told = stamp(by, now)
    made = Scrutiny(
        **words,
        **told,
        kind=given.kind.value,
        seen_on=given.seen_on,
        asked=asked,
        tier=given.tier.value,
        state=(ScrutinyState.WAITING if asked else ScrutinyState.CLOSED).value,
        current_due_on=given.due_on,
        current_verdict="" if asked else Verdict.NOTED.value,
    )
    made.save(force_insert=True)
    ScrutinyAsked.objects.bulk_create(ScrutinyAsked(scrutiny=made, **_tied(each)) for each in given.of)
    ScrutinyStep.objects.create(
        scrutiny=made,
        deed=ScrutinyDeed.RECORD.value,
        text=made.found,
        as_at=given.seen_on,
        due_on=given.due_on,
        **told,
    )
    after = {**words, "asked": asked, "of": [str(each) for each in given.of], "due_on": given.due_on}
    record(ChallengeEntry.SCRUTINY_RECORDED, by=by, subject=made, after=after, tier=given.tier)
    keep_words(made)
    keep_scrutiny_work([made], now)
    return made


@deed
def edit_scrutiny(
    found: Scrutiny, version: int, values: Mapping[str, Any], *, by: Actor, now: datetime
) -> Scrutiny:
    """Put the words, the kind or the tier of an entry right. Raises Unacceptable, StaleRecord."""
    live = held_as_seen(found, version)
    words = _words({name: values[name] for name in WORDS})
    asked = values["asked"].strip()
    if bool(asked) != bool(live.asked):
        raise Unacceptable(
            {"asked": "Whether something is asked cannot be changed: write an entry of its own"}
        )
    columns = {
        **words,
        "asked": asked,
        "kind": Looked(values["kind"]).value,
        "tier": Tier(values["tier"]).value,
    }
    before, after = changed(live, columns, save=False)
    if not after:
        return live
    live.version += 1
    live.save(update_fields=[*after, "version"])
    # Told under the higher of both, so that words of T2 are never read by those who read T1.
    tier = Tier(max(live.tier, before.get("tier", live.tier)))
    record(ChallengeEntry.SCRUTINY_EDITED, by=by, subject=live, before=before, after=after, tier=tier)
    keep_words(live)
    keep_scrutiny_work([live], now)
    return live


@deed
def do_scrutiny(
    found: Scrutiny,
    what: ScrutinyDeed,
    said: Said,
    *,
    version: int,
    by: Actor,
    now: datetime,
    more: ScrutinyMore,
) -> ScrutinyStep:
    """Answer, look again, ask again or judge, with a sentence; nothing said before is overwritten.

    Raises Unacceptable, StaleRecord.
    """
    if found.version != version:
        raise StaleRecord
    partners = partners_asked(found)
    if what not in scrutiny_deeds(bool(partners), found.state_now):
        raise Unacceptable({"": "Nothing was asked of partners: there is nothing to answer."})
    text = need(said.text, "text", "Say it in a sentence")
    not_ahead(said.as_at, now)
    not_before(said.as_at, found.seen_on, "The entry")
    told = stamp(by, now, said.said_by, said.received_how)
    step = ScrutinyStep(scrutiny=found, deed=what.value, text=text, as_at=said.as_at, **told)
    _fill(step, what, more, partners)
    step.save(force_insert=True)
    before = {"state": found.state}
    _bring_up_to_date(found, step, partners)
    after = {"text": text, "state": found.state, "verdict": step.verdict, "due_on": step.due_on,
             "partner": str(step.partner or ""), "said_by": step.said_by, "as_at": step.as_at}  # fmt: skip
    kept = {key: value for key, value in after.items() if value}
    record(ENTRIES[what], by=by, subject=found, before=before, after=kept, tier=Tier(found.tier))
    keep_words(found)
    keep_scrutiny_work([found], now)
    return step


def _fill(
    step: ScrutinyStep, what: ScrutinyDeed, more: ScrutinyMore, partners: Sequence[ScrutinyAsked]
) -> None:
    """What this deed needs besides its words, put into the row. Raises Unacceptable."""
    if what == ScrutinyDeed.RESPOND:
        step.partner = next((each for each in partners if more.partner and each.pk == more.partner.pk), None)
        if step.partner is None:
            raise Unacceptable({"partner": "Choose who answers"})
    if what == ScrutinyDeed.VERDICT:
        if more.verdict is None:
            raise Unacceptable({"verdict": "Choose a verdict"})
        step.verdict = more.verdict.value
    if what == ScrutinyDeed.ASK_AGAIN:
        if more.due_on is None or more.due_on < step.as_at:
            raise Unacceptable({"due_on": "Enter a day from then on by which an answer is asked for"})
        step.due_on = more.due_on


def _bring_up_to_date(found: Scrutiny, step: ScrutinyStep, partners: Sequence[ScrutinyAsked]) -> None:
    """Bring the columns that lists go by up to date. Raises StaleRecord where somebody else did so meanwhile."""
    what, moved = ScrutinyDeed(step.deed), {"version": found.version + 1}
    if step.partner:
        step.partner.current_answered_on = step.as_at
        step.partner.save(update_fields=["current_answered_on"])
    if what == ScrutinyDeed.ASK_AGAIN:
        found.current_due_on = step.due_on
        ScrutinyAsked.objects.filter(scrutiny=found).update(current_answered_on=None)
        for each in partners:
            each.current_answered_on = None
    state = state_after(what, found.state_now, (each.current_answered_on is not None for each in partners))
    if step.verdict or state != ScrutinyState.CLOSED:
        found.current_verdict = step.verdict
    found.state = state.value
    moved |= {name: getattr(found, name) for name in ("state", "current_due_on", "current_verdict")}
    if not Scrutiny.objects.filter(pk=found.pk, version=found.version).update(**moved):
        raise StaleRecord
    found.version += 1


def _words(texts: Mapping[str, str]) -> dict[str, str]:
    return need_all({name: (text, WORDS[name]) for name, text in texts.items()})


def _tied(party: Agency | Group) -> dict[str, Any]:
    return {"agency" if isinstance(party, Agency) else "group": party}
