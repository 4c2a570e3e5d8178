"""Deputies: a person hands a role of theirs to somebody else from one day to another.

What is lent is a membership like any other, so that every list, count and check knows of it. It names the membership it
came from, ends with it at the latest, and cannot be handed on again.
"""

from __future__ import annotations

from datetime import date, timedelta

from sightline.access.choices import CannotBeLent, NotTogether
from sightline.access.entries import AccessEntry
from sightline.access.models import Membership, User
from sightline.access.permissions import check_take_away
from sightline.access.roles import role
from sightline.access.rules import normal_email, why_not_lent
from sightline.access.services.memberships import (
    NO_STANDING_ROLE,
    acting,
    membership_words,
    refuse_together,
    set_last_day,
)
from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import deed, record
from sightline.messages.services import queue_mail

NOT_YOURS = "A role is handed on by the person who holds it."
NOT_AGAIN = "This role was handed to you by somebody else, so you cannot hand it on."
NOT_THIS_ROLE = (
    "{name} is a role that is not handed on. Ask the business unit to give it to whoever stands in."
)
HAS_ENDED = "This role has ended, so it cannot be handed on."
NO_SUCH = "There is no open account under this address. Check it, or ask the business unit to open one."
ONESELF = "This is your own address. Enter that of the person who stands in for you"
NO_OWN_ROLE = "{name} holds no role of their own on these days. Ask the business unit to give them one first."
HELD_ALREADY = "{name} holds this role already on some of these days."
TOLD = """{lender} has handed you a role in Sightline, from {first} to {last}: {role}.

{sentence}

What you do with it is recorded as done by you on behalf of {lender}. It ends by itself; you can end it before, under
Your account, Deputies.
"""


@deed
def lend(
    membership: Membership, to: str, starts_on: date, ends_on: date, *, today: date, by: Actor
) -> Membership:
    """Hand a role to the account of this address from and until two days that both count. Its person is told by mail.

    Raises CannotBeLent where it is not the doer's own, has ended, was lent to them, is of a kind that is not handed on,
    for wrong days, and where the other person may not have it.
    """
    own = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)
    _refuse_role(own, today, by)
    if wrong := why_not_lent(starts_on, ends_on, own.ends_on, today):
        raise CannotBeLent(wrong)
    deputy = _deputy(own, to, starts_on, ends_on)
    lent = Membership(
        user=deputy,
        role=own.role,
        scope_kind=own.scope_kind,
        scope_key=own.scope_key,
        starts_on=starts_on,
        ends_on=ends_on,
        lent_from=own,
    )
    lent.save(force_insert=True)
    record(AccessEntry.MEMBERSHIP_LENT, by=by, subject=lent, after=membership_words(lent))
    _tell(lent, by)
    return lent


def _refuse_role(own: Membership, today: date, by: Actor) -> None:
    if own.user_id != by.user_id:
        raise CannotBeLent({"": NOT_YOURS})
    if own.lent_from_id:
        raise CannotBeLent({"": NOT_AGAIN})
    if own.until:
        raise CannotBeLent({"": NO_STANDING_ROLE})
    if own.ends_on and own.ends_on < today:
        raise CannotBeLent({"": HAS_ENDED})
    if not role(own.role).may_be_lent:
        raise CannotBeLent({"": NOT_THIS_ROLE.format(name=role(own.role).name)})


def _deputy(own: Membership, to: str, starts_on: date, ends_on: date) -> User:
    """The account that gets it. Raises CannotBeLent where it may not."""
    account = User.objects.select_for_update(no_key=True).filter(email=normal_email(to), is_active=True)
    found = account.first()
    if found is None:
        raise CannotBeLent({"to": NO_SUCH})
    if found.pk == own.user_id:
        raise CannotBeLent({"to": ONESELF})
    held = Membership.objects.filter(user=found, starts_on__lte=ends_on).exclude(ends_on__lt=starts_on)
    rows = list(held.values_list("role", "scope_kind", "scope_key", "lent_from_id"))
    if (own.role, own.scope_kind, own.scope_key) in {row[:3] for row in rows}:
        raise CannotBeLent({"to": HELD_ALREADY.format(name=found.name)})
    if all(row[3] for row in rows):
        raise CannotBeLent({"to": NO_OWN_ROLE.format(name=found.name)})
    try:
        refuse_together(found, own.role, starts_on, ends_on)
    except NotTogether as refused:
        raise CannotBeLent({"to": refused.sentence}) from None
    return found


def _tell(lent: Membership, by: Actor) -> None:
    given = role(lent.role)
    first, last = (f"{day.day} {day:%B %Y}" for day in (lent.starts_on, lent.ends_on) if day)
    text = TOLD.format(lender=by.label, first=first, last=last, role=given.name, sentence=given.sentence)
    queue_mail(lent.user.email, "A role was handed to you for a time", text, by=by)


@deed
def end_lending(lent: Membership, *, version: int, today: date, by: Actor) -> Membership:
    """End what was handed to a deputy at once: yesterday was its last day, and one not begun never held.

    By either of the two and by whoever may give the role. Raises StaleRecord, Refused; CannotBeLent for a role that
    was not lent.
    """
    found = Membership.objects.select_for_update(of=("self",)).select_related("user", "lent_from__user")
    current = found.get(pk=lent.pk)
    if current.lent_from is None:
        raise CannotBeLent({"": "This role was not handed on by anybody."})
    if current.version != version:
        raise StaleRecord
    ender = acting(by)
    if ender and ender.user_id != current.lent_from.user_id:
        check_take_away(ender, current.role, current.user_id)
    last = today - timedelta(days=1)
    if current.ends_on is not None and current.ends_on <= last:
        return current
    set_last_day(current, last, AccessEntry.LENDING_ENDED, by=by)
    lender = current.lent_from.user
    said = (
        f"{by.label} has ended what {lender.name} handed to {current.user.name}: {role(current.role).name}.\n"
    )
    for other in (lender, current.user):
        if other.pk != by.user_id:
            queue_mail(other.email, "A role that was handed on has ended", said, by=by)
    return current
