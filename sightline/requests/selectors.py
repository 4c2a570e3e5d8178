"""Reading rounds and what is owed: what a person looks after or may read, who was asked, what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max, OuterRef, Q, QuerySet

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.messages.selectors import came_back
from sightline.requests.choices import Mailed, RoundState
from sightline.requests.kinds import kept_with, pressing_kinds
from sightline.requests.models import Asked, Cycle, Owed, Round, RoundMail
from sightline.requests.permissions import can_keep_round

if TYPE_CHECKING:
    from sightline.requests.permissions import Reader

ANSWERED = Q(answers__gt=0)
SILENT = Q(answers=0, ended_at__isnull=True)
# What is owed and is still to come, as `Owed.is_open` says of one.
STILL_OWED = Q(came_on=None, called_off_because="")


def still_there(way: str, on: date) -> Q:
    """Rows whose person has not left by the day; `way`: how the person is reached from them."""
    return Q(**{f"{way}ends_on": None}) | Q(**{f"{way}ends_on__gte": on})


@dataclass(frozen=True, slots=True)
class OfAgency:
    """How many of an agency were asked, and how many of them answered; `name` is empty for people of none."""

    name: str
    asked: int
    answered: int

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.asked - self.answered


def rounds_visible_to(user: Reader) -> QuerySet[Round]:
    """The rounds a person looks after: all, or those of their groups that are kept with the group."""
    if can_keep_round(user):
        return Round.objects.all()
    scope, found = scope_of(user), Q(pk__in=())
    for kind, beside in kept_with().items():
        groups = ~Q(group_key="") if scope.holds(beside) else Q(group_key__in=scope.groups_with(beside))
        found |= groups & Q(kind=kind)
    return Round.objects.filter(found)


def rounds_about(user: Reader, kind: str, record: int) -> QuerySet[Round]:
    """The rounds about one record, the newest first, each with how many were asked and answered (`told`, `came`)."""
    told = {"told": Count("asked"), "came": Count("asked", filter=Q(asked__answers__gt=0))}
    return rounds_visible_to(user).filter(kind=kind, record=record).annotate(**told)


def open_round_about(kind: str, record: int) -> Round | None:
    """The open round about one record, for services and pages of the app that keeps the record."""
    return Round.objects.filter(kind=kind, record=record, state=RoundState.OPEN).first()


def asked_in(found: Round) -> QuerySet[Asked]:
    """Everybody whom a round asks, with the moment of the last e-mail to them (`mailed_at`).

    `came_back`: what the server said where e-mails to them come back; else None.
    """
    rows = found.asked.select_related("agency", "person")
    return rows.annotate(mailed_at=Max("mails__sent_at"), came_back=came_back(OuterRef("email")))


def asked_of(user: Reader, number: int) -> QuerySet[Asked]:
    """The same of the round of this number, with the round; none where the person does not look after it."""
    mine = Asked.objects.filter(round__pk=number, round__in=rounds_visible_to(user).order_by().values("pk"))
    mine = mine.select_related("agency", "round")
    return mine.annotate(mailed_at=Max("mails__sent_at"), came_back=came_back(OuterRef("email")))


def by_agency(found: Round) -> list[OfAgency]:
    """How many were asked and answered, by agency; one query."""
    rows = found.asked.order_by().values_list("agency__name")
    told = rows.annotate(told=Count("pk"), came=Count("pk", filter=ANSWERED)).order_by("agency__name")
    return [OfAgency(name or "", asked, answered) for name, asked, answered in told]


def counted_mails() -> QuerySet[RoundMail]:
    """The e-mails of which an address gets one a week at most: all but those that could not wait."""
    at_once = [Mailed.ASKED, Mailed.AGAIN, Mailed.CHANGED]
    return RoundMail.objects.exclude(round__kind__in=pressing_kinds(), what__in=at_once)


def last_mails(since: datetime) -> dict[str, datetime]:
    """When each address had the last e-mail of any round that counts, of those sent since the moment."""
    rows = counted_mails().filter(sent_at__gt=since).order_by().values_list("email")
    return dict(rows.annotate(last=Max("sent_at")))


def cycles_visible_to(user: Reader) -> QuerySet[Cycle]:
    """What is owed again and again, with both sides: everybody who reads plans reads it."""
    found = Cycle.objects.select_related("group", "owed_by")
    return found if scope_of(user).holds(Permission.PLANS_VIEW) else found.none()


def owed_visible_to(user: Reader) -> QuerySet[Owed]:
    """Each time that something is owed, with both sides: everybody who reads plans reads it."""
    found = Owed.objects.select_related("cycle__group", "cycle__owed_by")
    return found if scope_of(user).holds(Permission.PLANS_VIEW) else found.none()


def gaps(rows: QuerySet[Owed], on: date) -> QuerySet[Owed]:
    """Those that were due before the day, and neither came nor were called off."""
    return rows.filter(STILL_OWED, due_on__lt=on)
