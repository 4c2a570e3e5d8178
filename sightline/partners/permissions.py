"""Who may read and keep the list of partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import Refused, check_holds, pair, scope_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.partners.models import Declaration, Holding, Party, Person, Seat


def check_view(user: User | AnonymousUser | Scope, party: Party | Seat | Holding) -> None:
    """Partners, their seats and who holds them are T1: whoever holds a current membership reads them all."""
    check_holds(user, Permission.PARTNERS_VIEW)


def check_write(user: User | AnonymousUser | Scope) -> None:
    """The business unit keeps agencies, groups, people and their names."""
    check_holds(user, Permission.PARTNERS_WRITE)


def check_give_access(user: User | AnonymousUser | Scope) -> None:
    """The business unit opens accounts and gives roles."""
    check_holds(user, Permission.ACCESS_MANAGE)


def check_declare(user: User | AnonymousUser | Scope, person: Person) -> None:
    """A declaration is signed by its person; the business unit enters what came on paper, and reads them all."""
    check_holds(user, Permission.PARTNERS_VIEW)
    scope = scope_of(user)
    is_own = scope.user_id is not None and person.user_id == scope.user_id
    if not (is_own or scope.holds(Permission.PARTNERS_WRITE)):
        raise Refused("A declaration is signed and read by its own person, and by the business unit.")


def check_view_declaration(user: User | AnonymousUser | Scope, declaration: Declaration) -> None:
    """What was declared is read as its page is."""
    check_declare(user, declaration.person)


def check_take_declarations(user: User | AnonymousUser | Scope) -> None:
    """The list of who signed is taken away by who keeps it, if exports are allowed to them at all."""
    check_write(user)
    check_holds(user, Permission.EXPORT)


can_declare = pair(check_declare)
can_view_declaration = pair(check_view_declaration)
can_view = pair(check_view)
can_write = pair(check_write)
can_give_access = pair(check_give_access)
