"""Declaring interests and signing for confidentiality; asking those who have not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.disposing import Doing
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import not_ahead
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of
from sightline.messages.services import drop_work_items, replace_work_items
from sightline.partners.choices import OWING, Signed, Signing
from sightline.partners.entries import PartnerEntry
from sightline.partners.models import Declaration, Person
from sightline.partners.rules.declarations import holds_until, numbers, signing, wording_on, wordings
from sightline.partners.selectors.declarations import declarers

KIND = "declaration"
ASKED = "Declare your interests and sign for confidentiality"
SENTENCES = {
    Signing.NEVER: "Every member of a group does so once a year. You have not yet.",
    Signing.OVER: "What you signed has run out.",
    Signing.OLD_WORDS: "The words have changed since you signed.",
    Signing.SOON: "What you signed runs out soon.",
}
ON_PAPER = "Members without an account have not signed"
PAPER_TOLD = "Ask them to sign on paper, and enter it."
WORDS_CHANGED = "The words changed while you were reading. Nothing was signed: read them again."
UNSAID = "Say which interests"
CONTRADICTION = "You said that you have none. Take these words out, or choose that you have some."


@dataclass(frozen=True, slots=True)
class DeclarationGiven:
    """What is signed: `wording` is the version that was read; `interests` is empty where there are none."""

    wording: str
    has_interests: bool
    interests: str
    signed_on: date
    how: Signed = Signed.HERE


@deed
def sign(person: Person, given: DeclarationGiven, *, by: Actor, now: datetime) -> Declaration:
    """Keep a declaration in a row of its own; earlier ones stay as they are. Raises Unacceptable."""
    not_ahead(given.signed_on, now, "signed_on")
    words, interests = wording_on(given.signed_on, wordings()), given.interests.strip()
    if words is None:
        raise Unacceptable({"signed_on": "No words were signed on this day: they came later."})
    if given.how == Signed.HERE and words.version != given.wording:
        raise Unacceptable({"": WORDS_CHANGED})
    if given.has_interests != bool(interests):
        raise Unacceptable({"interests": UNSAID if given.has_interests else CONTRADICTION})
    made = Declaration.objects.create(
        person=person,
        wording=words.version,
        words=words.text,
        has_interests=given.has_interests,
        interests=interests,
        signed_on=given.signed_on,
        expires_on=holds_until(given.signed_on, numbers()),
        how=given.how.value,
        **entered(by, now),
    )
    after = {"person": person.pk, "signed_on": made.signed_on, "wording": made.wording, "how": made.how}
    record(PartnerEntry.DECLARATION_SIGNED, by=by, subject=made, after=after, tier=Tier.T2)
    if signing(made.expires_on, made.wording, words.version, timezone.localdate(now), numbers()) not in OWING:
        drop_work_items(person, KIND)
    return made


@deed
def note_declarations_taken(name: str, format: str, query: str, *, by: Actor) -> None:
    """Journal that the list of who signed was taken away, as the file `name`."""
    from sightline.events.choices import Subject

    about = Subject("partners", "declaration", "list", "Declarations")
    after = {"format": format, "query": query[:500]}
    record(PartnerEntry.DECLARATIONS_TAKEN, by=by, subject=about, after=after, tier=Tier.T2)


def ask_for_declarations(now: datetime) -> int:
    """Ask everybody in a seat whose declaration is missing or runs out; once a day. Returns how many are asked.

    Whoever has no account is asked by the business unit, which is told once, whatever their number.
    """
    on = timezone.localdate(now)
    standing = [
        StandingItem(place_of(item), says_of(item), item.created_at)
        for item in WorkItem.objects.filter(kind=KIND)
    ]
    wanted = list(_wanted(on))
    replace_work_items(standing, wanted, now)
    return len(wanted)


def _wanted(on: date) -> Iterator[WorkItem]:
    current, without = wording_on(on, wordings()), False
    for each in declarers(on):
        found: Any = each
        state = signing(
            found.last_expires, found.last_words or "", current.version if current else "", on, numbers()
        )
        if state == Signing.SIGNED:
            continue
        if each.user_id is None:
            without = without or state in OWING
            continue
        due_on = found.last_expires or found.since + timedelta(days=numbers().first_within_days)
        url = reverse("partners:declare", args=[each.pk])
        yield _item(f"user:{each.user_id}", "person", str(each.pk), ASKED, SENTENCES[state], url, due_on)
    if without:
        url = f"{reverse('partners:declarations')}?state=owing&account=no"
        yield _item("unit", "declaration", "paper", ON_PAPER, PAPER_TOLD, url, None)


def _item(
    scope: str, model: str, number: str, title: str, sentence: str, url: str, due_on: date | None
) -> WorkItem:
    return WorkItem(
        for_scope=scope,
        kind=KIND,
        subject_app="partners",
        subject_model=model,
        subject_id=number,
        title=title,
        sentence=sentence,
        url=url,
        due_on=due_on,
        tier=Tier.T1,
    )


@deed
def dispose_of_declarations(numbers_of: Sequence[int], doing: Doing) -> int:
    """Delete declarations that were kept long enough. Returns how many."""
    return Declaration.objects.filter(pk__in=numbers_of).delete()[0]
