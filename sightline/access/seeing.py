"""Who can see a record, and why: each app offers its records with its own permission, and with words for it.

The answer is what the permission says of everybody who holds a role today; nothing of it is kept anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Model

from sightline.access.choices import ScopeKind
from sightline.access.models import Membership, User
from sightline.access.scope import Held, Scope


@dataclass(frozen=True)
class Seen:
    """A kind of record that is asked who sees it.

    `load` gives one by its number with all that the permission looks at; `can_view` is the app's own permission; `why`
    says in words what lets somebody in whom it lets in: "their group owns it".
    """

    app: str
    model: type[Model]
    load: Callable[[int], Any]
    can_view: Callable[[Scope, Any], bool]
    why: Callable[[Scope, Any], str]

    @property
    def key(self) -> tuple[str, str]:
        """The app and the model's name, as addresses have them."""
        return (self.app, str(self.model._meta.model_name))


_offered: dict[str, tuple[Seen, ...]] = {}


def offer(app_label: str, kinds: Iterable[Seen]) -> None:
    """Let an app's records be asked. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(kinds)


def kinds() -> dict[tuple[str, str], Seen]:
    """Every kind by app and model."""
    return {seen.key: seen for offered in _offered.values() for seen in offered}


@dataclass(frozen=True)
class Reason:
    """A role that lets somebody see a record, and what about the record it goes by."""

    membership: Membership
    because: str


@dataclass(frozen=True)
class Seer:
    """Somebody who can see a record, with every reason."""

    user: User
    reasons: tuple[Reason, ...]


def who_sees(seen: Seen, record: Any, memberships: Iterable[Membership]) -> Iterator[Seer]:
    """Everybody who can see the record, in the order of the memberships (each person's together, their user loaded)."""
    for user, own in groupby(memberships, key=lambda each: each.user):
        held = list(own)
        if seen.can_view(scope_with(user.pk, held), record):
            yield Seer(user, tuple(_reasons(seen, record, user.pk, held)))


def scope_with(user_id: int, held: Iterable[Membership]) -> Scope:
    """What these memberships allow."""
    return Scope(user_id, tuple(_held(each) for each in held))


def _reasons(seen: Seen, record: Any, user_id: int, held: list[Membership]) -> Iterator[Reason]:
    """Each role that is enough by itself; where only several together are, all of them."""
    alone = [(each, scope_with(user_id, [each])) for each in held]
    enough = [(each, scope) for each, scope in alone if seen.can_view(scope, record)]
    whole = scope_with(user_id, held)
    for each, scope in enough or [(each, whole) for each in held]:
        yield Reason(each, seen.why(scope, record))


def _held(each: Membership) -> Held:
    lender = each.lent_from.user.name if each.lent_from else ""
    return Held(each.role, ScopeKind(each.scope_kind), each.scope_key, lender)
