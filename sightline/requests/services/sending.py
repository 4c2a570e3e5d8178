"""What goes out by itself: the first e-mail, a reminder a week, and to whom silence climbs, as counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from sightline.access.choices import ScopeKind
from sightline.access.models import Membership, is_current
from sightline.events.choices import SYSTEM
from sightline.events.services import deed, record
from sightline.messages.selectors import failing_addresses
from sightline.messages.services import queue_mail
from sightline.requests.choices import Mailed
from sightline.requests.entries import RequestEntry
from sightline.requests.kinds import kind_named
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.rules import climbs_to, may_mail, numbers
from sightline.requests.selectors import SILENT, last_mails
from sightline.requests.services.links import open_rounds, send_one_link
from sightline.screens.words import count, day

SEND_JOB = "requests.send"
LEAD_ROLE, CHAIR_ROLE = "agency_lead", "chair"
SILENCE = """{title}: {silent} of those asked how their actions in “{about}” stand, {whose}, have not answered yet.

Answers are taken until {until}. Please remind them, or ask {by} who is asked.
"""


@dataclass(slots=True)
class _Post:
    """Which addresses had an e-mail within the week, and which fail; those written to now are added."""

    now: datetime
    last: dict[str, datetime]
    failing: frozenset[str]

    @property
    def on(self) -> date:
        return timezone.localdate(self.now)

    def may(self, email: str) -> bool:
        last = self.last.get(email)
        return email not in self.failing and may_mail(
            timezone.localdate(last) if last else None, self.on, numbers()
        )

    def sent(self, email: str) -> None:
        self.last[email] = self.now


@deed
def send_due(*, now: datetime) -> int:
    """Send what open rounds owe: never more than one e-mail a week to an address, of all rounds together.

    Returns how many went out.
    """
    since = now - timedelta(days=numbers().days_between_mails + 1)
    post = _Post(now, last_mails(since), failing_addresses())
    rounds = open_rounds().filter(opens_on__lte=post.on, closes_on__gte=post.on)
    found = [each for each in rounds if kind_named(each.kind).is_wanted(each.record)]
    silent = {each.pk: _silent(each) for each in found}
    due = [each for one in found for each in silent[one.pk] if _is_due(each, one, post)]
    sent = sum(_ask(theirs, post) for theirs in _together(due))
    climbing = [each for each in found if kind_named(each.kind).climbs]
    return sent + sum(_climb(each, silent[each.pk], post) for each in climbing)


def _silent(found: Round) -> list[Asked]:
    """Who has not answered, with the moments of the first and the last e-mail to them (`since`, `last`)."""
    rows = found.asked.filter(SILENT).select_related("agency").order_by("name", "pk")
    return list(rows.annotate(since=Min("mails__sent_at"), last=Max("mails__sent_at")))


def _is_due(each: Asked, found: Round, post: _Post) -> bool:
    """Whether somebody is to be asked, or reminded, as soon as their address may be written to."""
    kind, each.round = kind_named(found.kind), found
    if vars(each)["last"] is None:
        return not kind.is_pressing
    last_on = timezone.localdate(vars(each)["last"])
    return kind.reminds_on(found, last_on, post.on) and kind.still_asks(each, post.now)


def _together(due: Iterable[Asked]) -> list[list[Asked]]:
    """Those of one address that answer on one page: they get one e-mail, for all their rounds.

    First e-mails go before reminders: else one round would keep another from asking at all.
    """
    found: dict[tuple[str, int], list[Asked]] = {}
    for each in due:
        round_of = 0 if kind_named(each.round.kind).is_update else each.round_id
        found.setdefault((each.email, round_of), []).append(each)
    return sorted(found.values(), key=lambda theirs: all(vars(each)["since"] for each in theirs))


def _ask(theirs: Sequence[Asked], post: _Post) -> int:
    if not post.may(theirs[0].email):
        return 0
    whys = {each.pk: Mailed.REMINDED if vars(each)["since"] else Mailed.ASKED for each in theirs}
    send_one_link(theirs, whys, by=SYSTEM, now=post.now)
    post.sent(theirs[0].email)
    return 1


def _climb(found: Round, silent: Sequence[Asked], post: _Post) -> int:
    """Tell leads of agencies, and the chair, how many are silent: counts, and no names.

    Whose e-mails come back was not reached, and is not counted: the unit looks for another way.
    """
    late: dict[Mailed, list[Asked]] = {Mailed.LEAD: [], Mailed.CHAIR: []}
    for each in silent:
        if each.email in post.failing:
            continue
        first = vars(each)["since"]
        since = timezone.localdate(first) if first else post.on
        for rung in climbs_to(since, post.on, numbers()):
            late[rung].append(each)
    sent = 0
    if late[Mailed.LEAD]:
        told = Counter((each.agency.key, each.agency.name) for each in late[Mailed.LEAD] if each.agency)
        leads = _emails(LEAD_ROLE, ScopeKind.AGENCY, [key for key, _ in told], post.on)
        for (key, name), number in told.items():
            sent += _tell(found, Mailed.LEAD, leads.get(key, ()), number, f"for {name}", post)
    if late[Mailed.CHAIR] and found.group_key:
        chairs = _emails(CHAIR_ROLE, ScopeKind.GROUP, [found.group_key], post.on)
        number, to = len(late[Mailed.CHAIR]), chairs.get(found.group_key, ())
        sent += _tell(found, Mailed.CHAIR, to, number, "in all agencies", post)
    return sent


def _emails(role: str, kind: ScopeKind, keys: Sequence[str], on: date) -> dict[str, list[str]]:
    """The addresses of those who hold the role over these, by key."""
    held = Membership.objects.filter(
        is_current(on), role=role, scope_kind=kind.value, scope_key__in=keys, user__is_active=True
    )
    found: dict[str, list[str]] = {}
    for key, email in held.order_by("pk").values_list("scope_key", "user__email"):
        found.setdefault(key, []).append(email)
    return found


def _tell(found: Round, what: Mailed, to: Iterable[str], silent: int, whose: str, post: _Post) -> int:
    sent = 0
    for email in to:
        if not post.may(email):
            continue
        text = SILENCE.format(
            title=found.title,
            silent=count(silent, "person", "people"),
            about=found.about,
            whose=whose,
            until=day(found.closes_on),
            by=found.entered_by_label,
        )
        queue_mail(email, "How many have not answered yet", text, by=SYSTEM)
        RoundMail.objects.create(round=found, what=what.value, email=email, sent_at=post.now)
        record(RequestEntry.SILENCE_TOLD, by=SYSTEM, subject=found, after={"to": email, "silent": silent})
        post.sent(email)
        sent += 1
    return sent
