"""What goes out by itself: the first e-mail, a reminder a week, and to whom silence climbs, as counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from sightline.access.choices import Permission, ScopeKind
from sightline.access.selectors import those_over
from sightline.events.choices import SYSTEM
from sightline.events.services import deed, record
from sightline.messages.selectors import failing_addresses
from sightline.messages.services import queue_mail
from sightline.requests.choices import Mailed
from sightline.requests.entries import RequestEntry
from sightline.requests.kinds import kind_named
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.rules import climbs_to, may_mail, numbers
from sightline.requests.selectors import SILENT, last_mails, still_there
from sightline.requests.services.links import open_rounds, send_one_link
from sightline.screens.words import count, day

SEND_JOB = "requests.send"
SILENCE = """Some of those asked how their actions stand have not answered yet.

{lines}

Please remind them, or ask the business unit who is asked.
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


@dataclass(frozen=True, slots=True)
class _Late:
    """That so many are silent in a round, for whoever leads the agency or chairs the group of this key."""

    found: Round
    what: Mailed
    key: str
    silent: int
    whose: str

    @property
    def line(self) -> str:
        people = count(self.silent, "person has", "people have")
        until = day(self.found.closes_on)
        return f"{self.found.title}, “{self.found.about}”: {people} not answered {self.whose}. Open until {until}."


@deed
def send_due(*, now: datetime) -> int:
    """Send what open rounds owe: never more than one e-mail a week to an address, of all rounds together.

    Returns how many went out.
    """
    since = now - timedelta(days=numbers().days_between_mails + 1)
    post = _Post(now, last_mails(since), failing_addresses())
    rounds = open_rounds().filter(opens_on__lte=post.on, closes_on__gte=post.on)
    found = [each for each in rounds if kind_named(each.kind).is_wanted(each.record)]
    silent = {each.pk: _silent(each, post.on) for each in found}
    due = [each for one in found for each in silent[one.pk] if _is_due(each, one, post)]
    sent = sum(_ask(theirs, post) for theirs in _together(due))
    climbing = [each for each in found if kind_named(each.kind).climbs]
    return sent + _climb(climbing, silent, post)


def _silent(found: Round, on: date) -> list[Asked]:
    """Who is there and has not answered, with the moments of the first and last e-mail to them (`since`, `last`)."""
    rows = (
        found.asked.filter(SILENT, still_there("person__", on))
        .select_related("agency")
        .order_by("name", "pk")
    )
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


def _climb(found: Sequence[Round], silent: Mapping[int, Sequence[Asked]], post: _Post) -> int:
    """Tell leads of agencies, and chairs, how many are silent: counts and no names, all rounds in one e-mail each."""
    late = [told for each in found for told in _late(each, silent[each.pk], post)]
    leads = _emails(ScopeKind.AGENCY, [told.key for told in late if told.what == Mailed.LEAD], post.on)
    chairs = _emails(ScopeKind.GROUP, [told.key for told in late if told.what == Mailed.CHAIR], post.on)
    by_email: dict[str, list[_Late]] = {}
    for told in late:
        for email in (leads if told.what == Mailed.LEAD else chairs).get(told.key, ()):
            by_email.setdefault(email, []).append(told)
    return sum(_tell(email, told, post) for email, told in by_email.items() if post.may(email))


def _late(found: Round, silent: Sequence[Asked], post: _Post) -> Iterator[_Late]:
    """Whom the silence in a round has reached, and how many each of them hears of.

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
    told = Counter((each.agency.key, each.agency.name) for each in late[Mailed.LEAD] if each.agency)
    for (key, name), number in told.items():
        yield _Late(found, Mailed.LEAD, key, number, f"for {name}")
    if late[Mailed.CHAIR] and found.group_key:
        yield _Late(found, Mailed.CHAIR, found.group_key, len(late[Mailed.CHAIR]), "in all agencies")


def _emails(kind: ScopeKind, keys: Sequence[str], on: date) -> dict[str, list[str]]:
    """The addresses of those who hear of silence for these agencies or groups, by key."""
    held = those_over(Permission.SILENCE_HEAR, kind, keys, on)
    return {key: [each.user.email for each in found] for key, found in held.items()}


def _tell(email: str, told: Sequence[_Late], post: _Post) -> int:
    """One e-mail with a line for each round; each round keeps that it was told."""
    lines = "\n".join(each.line for each in told)
    queue_mail(email, "How many have not answered yet", SILENCE.format(lines=lines), by=SYSTEM)
    for each in told:
        RoundMail.objects.create(round=each.found, what=each.what.value, email=email, sent_at=post.now)
        after = {"to": email, "silent": each.silent}
        record(RequestEntry.SILENCE_TOLD, by=SYSTEM, subject=each.found, after=after)
    post.sent(email)
    return 1
