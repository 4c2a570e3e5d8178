"""Kinds of partners, in the words of the field."""

from __future__ import annotations

from enum import StrEnum

# Known by this name here, too.
from sightline.events.choices import Unacceptable as Unacceptable


class Sector(StrEnum):
    """The part of public life an agency belongs to."""

    COUNCIL = "council"
    HEALTH = "health"
    POLICE = "police"
    EDUCATION = "education"
    JUSTICE = "justice"
    VOLUNTARY = "voluntary"
    FAITH = "faith"
    SPORT = "sport"
    CENTRAL = "central"
    OTHER = "other"


SECTOR_LABELS: dict[Sector, str] = {
    Sector.COUNCIL: "Local authority",
    Sector.HEALTH: "Health",
    Sector.POLICE: "Police",
    Sector.EDUCATION: "Education and childcare",
    Sector.JUSTICE: "Justice and probation",
    Sector.VOLUNTARY: "Voluntary and community",
    Sector.FAITH: "Faith",
    Sector.SPORT: "Sport and leisure",
    Sector.CENTRAL: "Central government",
    Sector.OTHER: "Other",
}


class AccountState(StrEnum):
    """How an account stands: who comes, moves and goes, and whom the unit has to look at."""

    COMING = "coming"
    MOVING = "moving"
    GOING = "going"
    INVITED = "invited"
    QUIET = "quiet"
    ROLELESS = "roleless"
    CLOSED = "closed"


RECENT_DAYS, QUIET_DAYS = 30, 90
ACCOUNT_STATE_LABELS: dict[AccountState, str] = {
    AccountState.COMING: f"Coming: first role within {RECENT_DAYS} days",
    AccountState.MOVING: f"Moving: one role began and another ended within {RECENT_DAYS} days",
    AccountState.GOING: f"Going: last role ends within {RECENT_DAYS} days",
    AccountState.INVITED: "Invited, no password chosen yet",
    AccountState.QUIET: f"Not signed in for {QUIET_DAYS} days",
    AccountState.ROLELESS: "Open without a role",
    AccountState.CLOSED: "Closed",
}


class AgencyKind(StrEnum):
    """What an agency is to the partnership (Children Act 2004 s.16E; SI 2018/789 Schedule)."""

    PARTNER = "partner"
    RELEVANT = "relevant"
    OTHER = "other"


AGENCY_KIND_LABELS: dict[AgencyKind, str] = {
    AgencyKind.PARTNER: "Safeguarding partner",
    AgencyKind.RELEVANT: "Relevant agency",
    AgencyKind.OTHER: "Other",
}


class GroupKind(StrEnum):
    """What a group is."""

    EXECUTIVE = "executive"
    BUSINESS = "business"
    SUB_GROUP = "sub_group"
    TASK = "task"
    PANEL = "panel"
    OTHER = "other"


GROUP_KIND_LABELS: dict[GroupKind, str] = {
    GroupKind.EXECUTIVE: "Executive",
    GroupKind.BUSINESS: "Business group",
    GroupKind.SUB_GROUP: "Sub-group",
    GroupKind.TASK: "Task group",
    GroupKind.PANEL: "Panel",
    GroupKind.OTHER: "Other",
}


class PartyKind(StrEnum):
    """Who a name can stand for."""

    AGENCY = "agency"
    GROUP = "group"
    PERSON = "person"


PARTY_LABELS: dict[PartyKind, str] = {
    PartyKind.AGENCY: "Agency",
    PartyKind.GROUP: "Group",
    PartyKind.PERSON: "Person",
}


class Position(StrEnum):
    """What somebody in a seat is on the group, in the order in which lists name them."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    ADVISER = "adviser"
    OBSERVER = "observer"


POSITION_LABELS: dict[Position, str] = {
    Position.CHAIR: "Chair",
    Position.VICE_CHAIR: "Vice-chair",
    Position.SECRETARY: "Secretary",
    Position.MEMBER: "Member",
    Position.ADVISER: "Adviser",
    Position.OBSERVER: "Observer",
}


class HoldingKind(StrEnum):
    """As what somebody is in a seat."""

    HOLDER = "holder"
    DEPUTY = "deputy"


HOLDING_LABELS: dict[HoldingKind, str] = {
    HoldingKind.HOLDER: "Holder of the seat",
    HoldingKind.DEPUTY: "Deputy",
}
# How many people may hold one seat at the same time.
MOST_PLACES = 20


class Signing(StrEnum):
    """How somebody's last declaration stands."""

    NEVER = "never"
    OVER = "over"
    OLD_WORDS = "old_words"
    SOON = "soon"
    SIGNED = "signed"


SIGNING_LABELS: dict[Signing, str] = {
    Signing.NEVER: "Never signed",
    Signing.OVER: "Run out",
    Signing.OLD_WORDS: "Signed other words",
    Signing.SOON: "Runs out soon",
    Signing.SIGNED: "Signed",
}
SIGNING_COLOURS: dict[Signing, str] = {
    Signing.NEVER: "red",
    Signing.OVER: "red",
    Signing.OLD_WORDS: "orange",
    Signing.SOON: "yellow",
    Signing.SIGNED: "green",
}
OWING = frozenset({Signing.NEVER, Signing.OVER, Signing.OLD_WORDS})


class Signed(StrEnum):
    """How a declaration was signed."""

    HERE = "here"
    PAPER = "paper"


SIGNED_LABELS: dict[Signed, str] = {
    Signed.HERE: "On this page, by themselves",
    Signed.PAPER: "On paper, entered by the business unit",
}
