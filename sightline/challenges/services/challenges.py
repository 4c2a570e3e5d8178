"""Raising a challenge, changing its words, and everything that is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sightline.challenges.choices import ChallengeState, Changed, Deed, From
from sightline.challenges.entries import ChallengeEntry
from sightline.challenges.models import Challenge, ChallengeStep, Scrutiny
from sightline.challenges.rules.states import Move, move
from sightline.challenges.selectors.challenges import PARTIES, challenger_has_left
from sightline.challenges.services.keeping import Said, stamp
from sightline.challenges.services.work_items import keep_work
from sightline.events.choices import Actor, ImpossibleMove, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import changed, held_as_seen, need, need_all, not_ahead
from sightline.messages.services import tell_news
from sightline.partners.models import Agency, Group
from sightline.screens.words import day
from sightline.search.services import keep_words

SAME = "Nobody challenges themselves: choose another agency or group."
DUE_FIRST = "The answer cannot be asked for before the day of the challenge."
WORDS = {
    "title": "Enter what it is about",
    "text": "Enter what is challenged",
    "asked": "Enter what is asked for",
}


@dataclass(frozen=True, slots=True)
class ChallengeGiven:
    """A new challenge. `by_account`: whoever types it raises it for themselves, or for `party`, in their own right.

    `said_by` names the person, where the unit types for somebody.
    """

    title: str
    text: str
    asked: str
    raised_on: date
    due_on: date
    to: Agency | Group
    kind: From
    party: Agency | Group | None = None
    by_account: bool = True
    tier: Tier = Tier.T1
    scrutiny: Scrutiny | None = None


@deed
def raise_challenge(given: ChallengeGiven, said: Said, *, by: Actor, now: datetime) -> Challenge:
    """Raise a challenge; `said` is whose words they are. Raises Unacceptable."""
    words = _words({"title": given.title, "text": given.text, "asked": given.asked})
    not_ahead(given.raised_on, now, "raised_on")
    if given.due_on < given.raised_on:
        raise Unacceptable({"due_on": DUE_FIRST})
    if given.party and given.party == given.to:
        raise Unacceptable({"to": SAME})
    name = (said.said_by.strip() or by.label[:200]) if given.kind == From.PERSON else ""
    made = Challenge(
        **words,
        **stamp(by, now, said.said_by, said.received_how),
        **_tied("from", given.party),
        **_tied("to", given.to),
        raised_on=given.raised_on,
        current_due_on=given.due_on,
        from_kind=given.kind.value,
        from_user_id=by.user_id if given.by_account else None,
        from_name=name,
        tier=given.tier.value,
        scrutiny=given.scrutiny,
    )
    made.save(force_insert=True)
    _note(made, Deed.RAISE, Said(words["asked"], given.raised_on, said.said_by, said.received_how),
          by, now, due_on=given.due_on)  # fmt: skip
    after = {
        **words,
        "to": str(given.to),
        "from": str(given.party or given.kind.value),
        "due_on": given.due_on,
    }
    if given.scrutiny:
        after["scrutiny"] = given.scrutiny.pk
    private = {"said_by": said.said_by, "from_name": name}
    after |= {key: value for key, value in private.items() if value}
    record(ChallengeEntry.CHALLENGE_RAISED, by=by, subject=made, after=after, tier=given.tier)
    keep_words(made)
    keep_work([made], now)
    return made


@deed
def edit_challenge(
    found: Challenge, version: int, values: dict[str, Any], *, by: Actor, now: datetime
) -> Challenge:
    """Change the words or the tier of a challenge. Raises Unacceptable, StaleRecord."""
    live = held_as_seen(found, version, *PARTIES)
    words = _words({name: values[name] for name in WORDS})
    before, after = changed(live, {**words, "tier": Tier(values["tier"]).value}, save=False)
    if not after:
        return live
    live.version += 1
    live.save(update_fields=[*after, "version"])
    # Told under the higher of both, so that words of T2 are never read by those who read T1.
    tier = Tier(max(live.tier, before.get("tier", live.tier)))
    record(ChallengeEntry.CHALLENGE_EDITED, by=by, subject=live, before=before, after=after, tier=tier)
    keep_words(live)
    keep_work([live], now)
    return live


@deed
def do(
    found: Challenge,
    what: Deed,
    said: Said,
    *,
    version: int,
    by: Actor,
    now: datetime,
    changed_for: Changed | None = None,
    due_on: date | None = None,
) -> ChallengeStep:
    """Do what the table of states allows, with a sentence; nothing that was said before is overwritten.

    `changed_for` is said on closing and of a change; `due_on` is a new day for the answer. Raises Unacceptable,
    StaleRecord.
    """
    live = held_as_seen(found, version, *PARTIES)
    try:
        made = move(live.state_now, what)
    except ImpossibleMove as impossible:
        raise Unacceptable({"": impossible.sentence}) from impossible
    text = need(said.text, "text", "Say it in a sentence")
    _check_day(live, said.as_at, now)
    if what == Deed.CLOSE_FOR and not challenger_has_left(live, timezone.localdate(now)):
        raise Unacceptable({"": f"{live.challenger} is still there, and says whether the answer is enough."})
    due = _due(live, what, due_on, said.as_at)
    step = _note(
        live, what, Said(text, said.as_at, said.said_by, said.received_how), by, now, changed_for, due_on=due
    )
    before = {"state": live.state}
    _move(live, made, step)
    record(
        made.entry,
        by=by,
        subject=live,
        before=before,
        after={"state": live.state, "text": text, **_more(step)},
        tier=Tier(live.tier),
    )
    keep_words(live)
    keep_work([live], now)
    if live.state == ChallengeState.CLOSED:
        _tell_closed(live, by, now)
    return step


def _tell_closed(live: Challenge, by: Actor, now: datetime) -> None:
    """Both sides hear that it is closed."""
    groups = {f"group:{each.key}" for each in (live.from_group, live.to_group) if each}
    agencies = {f"agency:{each.key}" for each in (live.from_agency, live.to_agency) if each}
    url = reverse("challenges:challenge", args=[live.pk])
    tell_news(groups | agencies, "challenge_closed", live.title, url, tier=live.tier, by=by, now=now)


def _words(texts: dict[str, str]) -> dict[str, str]:
    return need_all({name: (text, WORDS[name]) for name, text in texts.items()})


def _tied(side: str, party: Agency | Group | None) -> dict[str, Any]:
    return {
        f"{side}_agency": party if isinstance(party, Agency) else None,
        f"{side}_group": party if isinstance(party, Group) else None,
    }


def _check_day(live: Challenge, as_at: date, now: datetime) -> None:
    not_ahead(as_at, now)
    if as_at < live.raised_on:
        raise Unacceptable(
            {"as_at": f"It was raised on {day(live.raised_on)}. Give that day or a later one."}
        )


def _due(live: Challenge, what: Deed, due_on: date | None, as_at: date) -> date | None:
    """The day from then on by which an answer is asked for, where the deed sets one. Raises Unacceptable."""
    if what not in (Deed.ASK_MORE, Deed.DATE, Deed.REOPEN):
        return None
    if due_on is None:
        raise Unacceptable({"due_on": "Enter the day by which an answer is asked for"})
    if due_on < as_at:
        raise Unacceptable({"due_on": "The answer cannot be asked for on a day that is past by then"})
    return due_on


def _note(
    challenge: Challenge,
    what: Deed,
    said: Said,
    by: Actor,
    now: datetime,
    changed_for: Changed | None = None,
    *,
    due_on: date | None = None,
) -> ChallengeStep:
    wants = what in (Deed.CLOSE, Deed.CHANGE)
    if wants and changed_for is None:
        raise Unacceptable({"changed": "Say for whom something changed, or that nothing has"})
    return ChallengeStep.objects.create(
        challenge=challenge,
        deed=what.value,
        text=said.text,
        as_at=said.as_at,
        changed=changed_for.value if wants and changed_for else "",
        due_on=due_on,
        **stamp(by, now, said.said_by, said.received_how),
    )


def _move(live: Challenge, made: Move, step: ChallengeStep) -> None:
    """Bring the columns that lists go by up to date."""
    live.state = made.to_state.value
    if made.to_state != made.from_state:
        live.current_closed_on = step.as_at if made.to_state == ChallengeState.CLOSED else None
    if made.deed == Deed.ANSWER and live.current_answered_on is None:
        live.current_answered_on = step.as_at
    if step.changed:
        live.current_changed = step.changed
    if step.due_on:
        live.current_due_on = step.due_on
    live.version += 1
    live.save()


def _more(step: ChallengeStep) -> dict[str, Any]:
    told = {"changed": step.changed, "due_on": step.due_on, "said_by": step.said_by, "as_at": step.as_at}
    return {key: value for key, value in told.items() if value}
