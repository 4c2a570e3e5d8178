"""Reading case lists, conflicts of interest and uses of break-glass."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.models import Membership, User, is_current
from sightline.access.permissions import scope_of
from sightline.access.roles import roles
from sightline.access.selectors import memberships_with
from sightline.events.choices import Tier
from sightline.knowing.models import AboutRecord, Conflict, Glass, Listed, WrongReference
from sightline.knowing.permissions import can_keep_conflicts, can_review_glass
from sightline.knowing.registry import Kind, Of, kind_of, kinds
from sightline.knowing.rules import normal_reference, numbers
from sightline.knowing.wall import conflicting, conflicts_now, has_conflict, listed_now, open_now, visible_to

if TYPE_CHECKING:
    from sightline.knowing.permissions import Who
    from sightline.messages.models import WorkItem


def of_record(record: Model) -> dict[str, Any]:
    """What a row about this record holds: app, model and number."""
    app, model = kind_of(record).key
    return {"app": app, "model": model, "number": record.pk}


def list_of(record: Model) -> QuerySet[Listed]:
    """Everybody who is or was on the record's list, the newest first. For those whom the wall lets keep it."""
    return Listed.objects.filter(**of_record(record)).select_related("user").order_by("-added_at", "-pk")


def ending_soon(now: datetime) -> QuerySet[Listed]:
    """Places that end within the days in which people are told, where the same person has no later one."""
    until = timezone.localdate(now) + timedelta(days=numbers().list_told_days)
    same = {name: OuterRef(name) for name in ("app", "model", "number", "user_id")}
    later = Listed.objects.filter(**same, ended_at=None, ends_on__gt=OuterRef("ends_on")).order_by()
    soon = Listed.objects.filter(listed_now(now), ~Exists(later), ends_on__lte=until, user__is_active=True)
    return soon.select_related("user").order_by("pk")


def opened_by(line: Listed, now: datetime) -> Model | None:
    """The record of a line, if it opens to the line's person."""
    kind = kinds().get((line.app, line.model))
    rows = visible_to(line.user, kind.model._base_manager.all(), now=now) if kind else None
    return rows.filter(pk=line.number).first() if rows is not None else None


def glass_of(record: Model) -> QuerySet[Glass]:
    """Every use of break-glass on the record, the newest first. For those to whom the record opens."""
    return Glass.objects.filter(**of_record(record)).select_related("user")


def open_glass_of(record: Model, now: datetime) -> list[Glass]:
    """The uses that are open now: they are marked on the record's screen."""
    return list(glass_of(record).filter(open_now(now)))


def conflicts_of(record: Model, now: datetime) -> QuerySet[Conflict]:
    """The conflicts that stand with this record, as the wall asks. For those whom it lets keep the record's list."""
    kind = kind_of(record)
    about = conflicting(kind, record.pk, getattr(record, kind.reference), record.pk)
    return Conflict.objects.filter(conflicts_now(now), about).select_related("user")


def may_be_listed(tier: Tier, on: date) -> QuerySet[User]:
    """People whose roles read records of this tier: nobody else is put on such a list."""
    reading = [key for key, role in roles().items() if role.reads >= tier]
    held = Membership.objects.filter(is_current(on), role__in=reading)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("name", "pk")


def would_read(record: Any, now: datetime) -> QuerySet[User]:
    """Those to whom a place on the record's list opens it: by a role, and without a conflict."""
    reading = may_be_listed(Tier.named(record.tier), timezone.localdate(now))
    return reading.exclude(pk__in=conflicts_of(record, now).order_by().values("user_id"))


def keepers(record: Any, among: Collection[int], now: datetime) -> set[int]:
    """Those of these accounts who keep the record's list, once they stand on it (`wall.check_keep_list`)."""
    keeping = [key for key, role in roles().items() if Permission.CASE_LIST_MANAGE in role.allows]
    held = Membership.objects.filter(is_current(timezone.localdate(now)), role__in=keeping)
    found = would_read(record, now).filter(pk__in=among).filter(pk__in=held.values("user_id"))
    return set(found.order_by().values_list("pk", flat=True))


def listed_people(record: Any, now: datetime) -> set[int]:
    """Whoever stands on the record's list now."""
    return set(list_of(record).filter(listed_now(now)).order_by().values_list("user_id", flat=True))


def named(reference: str) -> list[tuple[Kind, Any]]:
    """The records that have this reference, of whatever kind; every kind is asked whether or not one was found.

    Nothing of it may be shown to anybody before the wall was asked.
    """
    wanted = normal_reference(reference)
    found: list[tuple[Kind, Any]] = []
    for kind in kinds().values():
        rows = kind.model._base_manager.filter(**{kind.reference: wanted})
        found += [(kind, record) for record in rows[:2]]
    return found


def uses_of_glass(user: Who) -> QuerySet[Glass]:
    """Every use of break-glass for whoever reviews them, but of records they have a conflict with; for others, none."""
    rows = Glass.objects.select_related("user").order_by("-opened_at", "-pk")
    return rows.exclude(about_conflicted(scope_of(user).user_id)) if can_review_glass(user) else rows.none()


def closable_glass(user: User) -> QuerySet[Glass]:
    """The uses that somebody may close before their time: their own, and those they review."""
    return Glass.objects.filter(Q(user_id=user.pk) | Q(pk__in=uses_of_glass(user).order_by().values("pk")))


def without_own_and_conflicted(items: QuerySet[WorkItem], user_id: int | None) -> QuerySet[WorkItem]:
    """Work items but for those about uses of break-glass that somebody may not review: their own, and those of records
    they have a conflict with, of which they are not told. Asked with the items, in one query.
    """
    if user_id is None:
        return items
    app, model = Glass._meta.app_label, str(Glass._meta.model_name)
    uses = Glass.objects.filter(Q(user_id=user_id) | about_conflicted(user_id)).order_by()
    hidden = uses.annotate(said=Cast("pk", TextField())).values("said")
    return items.exclude(subject_app=app, subject_model=model, subject_id__in=hidden)


def opened_since(user_id: int, moment: datetime) -> bool:
    """Whether somebody broke the glass since the moment: the second step they took then is used up."""
    return Glass.objects.filter(user_id=user_id, opened_at__gte=moment).exists()


def reviewers(used: Glass) -> list[User]:
    """Who is told of a use of break-glass: whoever reviews them, but for those with a conflict with the record."""
    held = memberships_with(Permission.GLASS_REVIEW, timezone.localdate(used.opened_at))
    people = dict.fromkeys(each.user for each in held)
    return [person for person in people if not has_conflict_with(person.pk, used)]


def has_conflict_with(user_id: int | None, used: Glass) -> bool:
    """Whether somebody has a conflict with the record that was opened."""
    return Glass.objects.filter(about_conflicted(user_id), pk=used.pk).exists()


def tier_of_record(row: AboutRecord) -> Tier:
    """How sensitive the record of a row is; restricted, where it is of no kind or no longer there."""
    kind = kinds().get((row.app, row.model))
    rows = kind.model._base_manager.filter(pk=row.number).values_list("tier", flat=True) if kind else ()
    return max(map(Tier.named, rows), default=Tier.T4)


def wrong_references(user_id: int, since: datetime) -> list[datetime]:
    """When somebody gave references that opened nothing."""
    rows = WrongReference.objects.filter(user_id=user_id, moment__gte=since).order_by("moment")
    return list(rows.values_list("moment", flat=True))


def register_of_conflicts(user: Who) -> QuerySet[Conflict]:
    """Conflicts known by what somebody typed, for the unit; those with a record, for whom that record opens to."""
    rows = Conflict.objects.select_related("user")
    typed = Q(number__isnull=True) if can_keep_conflicts(user) else Q(pk__in=[])
    return rows.filter(typed | about_visible(user))


def own_conflicts(user_id: int) -> QuerySet[Conflict]:
    """What somebody declared themselves, or is kept about them by a reference: never what others bound to a record."""
    return Conflict.objects.filter(Q(number__isnull=True) | Q(declared_by_id=user_id), user_id=user_id)


def conflicts_over() -> QuerySet[Conflict]:
    """Conflicts known by a reference that are over. A record that bears it keeps them while it is there."""
    over = Conflict.objects.filter(number__isnull=True, ended_at__isnull=False)
    for kind in kinds().values():
        bears = kind.model._base_manager.filter(**{kind.reference: OuterRef("reference")})
        over = over.exclude(Exists(bears.order_by()))
    return over


def about_visible(user: Who) -> Q:
    """Rows about records that open to somebody, by app, model and number."""
    return _about(lambda kind: visible_to(user, kind.model._base_manager.all()))


def about_conflicted(user_id: int | None) -> Q:
    """Rows about records with which somebody has a conflict of interest, by app, model and number."""
    if user_id is None:
        return Q(pk__in=[])
    now = timezone.now()
    return _about(lambda kind: kind.model._base_manager.filter(has_conflict(user_id, kind, now)))


def _about(records: Callable[[Kind], QuerySet[Any]]) -> Q:
    """Rows about the records that are found of each kind."""
    found = Q(pk__in=[])
    for kind in kinds().values():
        app, model = kind.key
        found |= Q(Exists(records(kind).order_by().filter(pk=OuterRef("number"))), app=app, model=model)
    return found


def visible_listings(user: Who) -> QuerySet[Listed]:
    """Lines of the lists of records that open to somebody."""
    return Listed.objects.filter(about_visible(user))


def visible_glass(user: Who) -> QuerySet[Glass]:
    """Uses of break-glass: for whoever reviews them as they see them, else those of records that open to somebody."""
    return uses_of_glass(user) if can_review_glass(user) else Glass.objects.filter(about_visible(user))


def numbers_about(app: str, model: str, number: int) -> dict[Of, list[int]]:
    """Rows of ours about a record, for its time line."""
    if (app, model) not in kinds():
        return {}
    kept: Iterable[type[Listed] | type[Glass] | type[Conflict]] = (Listed, Glass, Conflict)
    return {
        ("knowing", str(each._meta.model_name)): list(
            each._default_manager.filter(app=app, model=model, number=number).values_list("pk", flat=True)
        )
        for each in kept
    }
