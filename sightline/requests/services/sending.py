"""What goes out by itself: the first e-mail, a reminder a week, and to whom silence climbs, as counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from sightline.access.choices import ScopeKind
from sightline.access.models import Membership, is_current
from sightline.events.choices import SYSTEM
from sightline.events.services import deed, record
from sightline.messages.services import queue_mail
from sightline.requests.choices import Mailed
from sightline.requests.entries import RequestEntry
from sightline.requests.kinds import kind_named
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.rules import climbs_to, may_mail, numbers
from sightline.requests.selectors import SILENT, last_mails
from sightline.requests.services.links import open_rounds, send_link
from sightline.screens.words import count, day

SEND_JOB = "requests.send"
LEAD_ROLE, CHAIR_ROLE = "agency_lead", "chair"
SILENCE = """{title}: {silent} of those asked how their actions in “{about}” stand, {whose}, have not answered yet.

Answers are taken until {until}. Please remind them, or ask {by} who is asked.
"""


@dataclass(slots=True)
class _Post:
    """Which addresses had an e-mail within the week; those written to now are added."""

    now: datetime
    last: dict[str, datetime] = field(default_factory=dict)

    @property
    def on(self) -> date:
        return timezone.localdate(self.now)

    def may(self, email: str) -> bool:
        last = self.last.get(email)
        return may_mail(timezone.localdate(last) if last else None, self.on, numbers())

    def sent(self, email: str) -> None:
        self.last[email] = self.now


@deed
def send_due(*, now: datetime) -> int:
    """Send what open rounds owe: never more than one e-mail a week to an address, of all rounds together.

    Returns how many went out.
    """
    post = _Post(now, last_mails(now - timedelta(days=numbers().days_between_mails + 1)))
    rounds = open_rounds().filter(opens_on__lte=post.on, closes_on__gte=post.on)
    found = [each for each in rounds if kind_named(each.kind).is_wanted(each.record)]
    silent = {each.pk: _silent(each) for each in found}
    slow = [each for each in found if not kind_named(each.kind).is_pressing]
    sent = sum(_ask(each, silent[each.pk], post, Mailed.ASKED) for each in slow)
    sent += sum(_ask(each, silent[each.pk], post, Mailed.REMINDED) for each in found)
    climbing = [each for each in found if kind_named(each.kind).climbs]
    return sent + sum(_climb(each, silent[each.pk], post) for each in climbing)


def _silent(found: Round) -> list[Asked]:
    """Who has not answered, with the moments of the first and the last e-mail to them (`since`, `last`)."""
    rows = found.asked.filter(SILENT).select_related("agency").order_by("name", "pk")
    return list(rows.annotate(since=Min("mails__sent_at"), last=Max("mails__sent_at")))


def _ask(found: Round, silent: Sequence[Asked], post: _Post, what: Mailed) -> int:
    """First e-mails go before the reminders of any round: else one round would keep another from asking at all."""
    due = [each for each in silent if bool(vars(each)["since"]) == (what == Mailed.REMINDED)]
    if what == Mailed.REMINDED:
        due = [each for each in due if _is_reminded(each, found, post)]
    sent = [each for each in due if post.may(each.email)]
    for each in sent:
        send_link(each, found, what, by=SYSTEM, now=post.now)
        post.sent(each.email)
    return len(sent)


def _is_reminded(each: Asked, found: Round, post: _Post) -> bool:
    kind, each.round = kind_named(found.kind), found
    last_on = timezone.localdate(vars(each)["last"])
    return kind.reminds_on(found, last_on, post.on) and kind.still_asks(each, post.now)


def _climb(found: Round, silent: Sequence[Asked], post: _Post) -> int:
    """Tell leads of agencies, and the chair, how many are silent: counts, and no names."""
    late: dict[Mailed, list[Asked]] = {Mailed.LEAD: [], Mailed.CHAIR: []}
    for each in silent:
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
