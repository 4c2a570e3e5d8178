"""What one person may do and over what: a plain value, made from their memberships with one query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sightline.access.choices import Permission, ScopeKind
from sightline.access.roles import role
from sightline.events.choices import Tier

# Permissions whose holders are asked for things together ("may:journal_sample"), whatever their role is called.
WORKED_BY = (
    Permission.ACCESS_MANAGE,
    Permission.JOURNAL_SAMPLE,
    Permission.GLASS_REVIEW,
    Permission.SCRUTINY_WRITE,
)


@dataclass(frozen=True)
class Held:
    """One current membership: a role over the partnership (empty key), a group or an agency.

    `on_behalf_of` names whose it is where it was handed to a deputy for a time.
    """

    role: str
    kind: ScopeKind
    key: str = ""
    on_behalf_of: str = ""

    @property
    def label(self) -> str:
        """The role's name, and for whom it is held where it is somebody else's."""
        name = role(self.role).name
        return f"{name} on behalf of {self.on_behalf_of}" if self.on_behalf_of else name


@dataclass(frozen=True)
class Scope:
    """Everything a person's current memberships allow. An empty one allows nothing."""

    user_id: int | None
    held: tuple[Held, ...] = ()

    @property
    def is_member(self) -> bool:
        """Whether any membership is current."""
        return bool(self.held)

    @property
    def group_keys(self) -> frozenset[str]:
        """Keys of the groups the person has a role in that reads plans: what belongs to them is theirs to read."""
        return self._keys(ScopeKind.GROUP, Permission.PLANS_VIEW)

    @property
    def agency_keys(self) -> frozenset[str]:
        """Keys of the agencies the person has a role for that reads plans."""
        return self._keys(ScopeKind.AGENCY, Permission.PLANS_VIEW)

    @property
    def role_labels(self) -> tuple[str, ...]:
        """The names of the roles held, each once, in the order of the memberships."""
        return tuple(dict.fromkeys(item.label for item in self.held))

    @property
    def role_keys(self) -> frozenset[str]:
        """The keys of the roles held."""
        return frozenset(item.role for item in self.held)

    @property
    def reads(self) -> Tier:
        """The most sensitive tier that the roles may open: it decides how closely the session is kept."""
        return max((role(item.role).reads for item in self.held), default=Tier.T1)

    @property
    def reads_all_tiers(self) -> bool:
        """Whether somebody reads T2 records that do not concern them: over the partnership, by a role that reads T2."""
        return any(
            item.kind == ScopeKind.PARTNERSHIP and role(item.role).reads >= Tier.T2 for item in self.held
        )

    @property
    def needs_second_step(self) -> bool:
        """Whether a password alone is too little: for whoever opens others' T2 records, and all T3 and T4, or gives
        roles that do.
        """
        return self.reads > Tier.T1 or self.holds_anywhere(Permission.ACCESS_MANAGE)

    @property
    def marking(self) -> str:
        """What a page that gathers many records is marked with: as the most sensitive its reader could meet there.

        Every member may read confidential records, at least their own; child-level and restricted ones mark themselves.
        """
        return (Tier.T2 if self.is_member else Tier.T1).marking

    @property
    def work_keys(self) -> tuple[str, ...]:
        """Whose work items this person sees: their own, the unit's if they do its work, those for whoever holds a
        permission, and those of the groups and agencies for which they update actions.
        """
        own = [f"user:{self.user_id}"] if self.user_id is not None else []
        unit = ["unit"] if any(role(item.role).unit_work for item in self.held) else []
        may = [f"may:{permission.value}" for permission in WORKED_BY if self.holds(permission)]
        groups = [f"group:{key}" for key in sorted(self.groups_with(Permission.ACTION_UPDATE))]
        agencies = sorted(self.agencies_with(Permission.ACTION_UPDATE))
        return (*own, *unit, *may, *groups, *(f"agency:{key}" for key in agencies))

    @property
    def hears(self) -> frozenset[str]:
        """Whose news this person hears: of what asks something of them, and of the groups and agencies they read.

        News of what not every member may open goes to those alone who may ("group:KEY/report_run").
        """
        groups = [f"group:{key}" for key in self.group_keys]
        reports = [f"{each}/{Permission.REPORT_RUN}" for each in groups if self.holds(Permission.REPORT_RUN)]
        return frozenset((*groups, *reports, *(f"agency:{key}" for key in self.agency_keys), *self.work_keys))

    def holds(
        self, permission: Permission, *, groups: Collection[str] = (), agencies: Collection[str] = ()
    ) -> bool:
        """Whether the permission is held over the partnership, or over one of these groups or agencies."""
        return any(
            permission in role(item.role).everywhere
            or (permission in role(item.role).permissions and _reaches(item, groups, agencies))
            for item in self.held
        )

    def holds_anywhere(self, permission: Permission) -> bool:
        """Whether the permission is held over anything at all: enough to open a page, not to change a record."""
        return any(permission in role(item.role).allows for item in self.held)

    def groups_with(self, permission: Permission) -> frozenset[str]:
        """Keys of the groups over which the permission is held by a membership of that group."""
        return self._keys(ScopeKind.GROUP, permission)

    def agencies_with(self, permission: Permission) -> frozenset[str]:
        """Keys of the agencies over which the permission is held by a membership for that agency."""
        return self._keys(ScopeKind.AGENCY, permission)

    def _keys(self, kind: ScopeKind, permission: Permission) -> frozenset[str]:
        return frozenset(
            item.key for item in self.held if item.kind == kind and permission in role(item.role).allows
        )


def _reaches(item: Held, groups: Collection[str], agencies: Collection[str]) -> bool:
    if item.kind == ScopeKind.PARTNERSHIP:
        return True
    return item.key in (groups if item.kind == ScopeKind.GROUP else agencies)


NOBODY = Scope(None)
# The command line's own account: what the business unit may do; it is on no case list, so sees no T3 or T4.
COMMAND_LINE_SCOPE = Scope(None, (Held("unit", ScopeKind.PARTNERSHIP),))


def scope_of_rows(user_id: int, rows: Iterable[Sequence[str | None]]) -> Scope:
    """The scope of a person from rows of their current memberships: role, scope kind and key, and, where the role is
    lent, whose it is (`models.SCOPE_COLUMNS`).
    """
    held = (
        Held(str(key), ScopeKind(str(kind)), over or "", next(iter(lender), None) or "")
        for key, kind, over, *lender in rows
    )
    return Scope(user_id, tuple(held))
