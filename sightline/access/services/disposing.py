"""Closed accounts lose their person's name and every way of signing in; what was done stays, as a former member's."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from sightline.access.entries import AccessEntry
from sightline.access.models import PasswordLink, Session, User
from sightline.access.selectors import NOWHERE, not_anonymised
from sightline.access.services.identities import unbind
from sightline.access.services.tokens import forget_tokens
from sightline.events.disposing import FORMER_MEMBER, Doing, forgetting
from sightline.events.models import Entry
from sightline.events.services import deed, record, shred


@deed
def anonymise_accounts(numbers: Sequence[int], doing: Doing) -> int:
    """Take the person out of closed accounts: name, address, ways of signing in, names beside what they did, and the
    personal values of the journal's entries about them. Returns how many accounts. One that is open stays as it is.
    """
    closed = not_anonymised().filter(pk__in=numbers, is_active=False)
    held = list(closed.select_for_update().order_by("pk"))
    for user in held:
        _anonymise(user, doing)
    return len(held)


def _anonymise(user: User, doing: Doing) -> None:
    told_alike = User.objects.filter(name=user.name).exclude(pk=user.pk).exists()
    for forget in forgetting().values():
        forget(user.pk, "" if told_alike else user.name, doing)
    about = _entries_about(user)
    unbind(user, doing.reason, by=doing.by)
    forget_tokens(user.tokens.all(), doing)
    for model in (Session, PasswordLink, EmailAddress, Authenticator):
        model._base_manager.filter(user=user).delete()
    user.name, user.email = FORMER_MEMBER, f"former-{user.pk}{NOWHERE}"
    user.set_unusable_password()
    user.version += 1
    user.save(update_fields=["name", "email", "password", "version"])
    record(AccessEntry.USER_ANONYMISED, by=doing.by, subject=user, reason=doing.reason)
    for entry in about:
        shred(entry, by=doing.by, reason=doing.reason)


def _entries_about(user: User) -> list[Entry]:
    """The journal's entries about an account, its roles and its identities that hold personal values."""
    numbers = {
        "user": [user.pk],
        "membership": list(user.memberships.values_list("pk", flat=True)),
        "identity": list(user.identities.values_list("pk", flat=True)),
    }
    found: list[Entry] = []
    for model, keys in numbers.items():
        about = Entry.objects.filter(
            subject_app="access", subject_model=model, subject_id__in=[str(key) for key in keys]
        )
        found += about.filter(personal_values__isnull=False).distinct()
    return found
