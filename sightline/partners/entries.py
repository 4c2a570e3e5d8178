"""What the journal records about partners."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class PartnerEntry(StrEnum):
    """Entry types of partners."""

    PARTNERSHIP_SET_UP = "partnership_set_up"
    PARTNERSHIP_CHANGED = "partnership_changed"
    AGENCY_CREATED = "agency_created"
    AGENCY_CHANGED = "agency_changed"
    GROUP_CREATED = "group_created"
    GROUP_CHANGED = "group_changed"
    PERSON_CREATED = "person_created"
    PERSON_CHANGED = "person_changed"
    PERSON_ANONYMISED = "person_anonymised"
    ALIAS_REMEMBERED = "alias_remembered"
    ALIAS_FORGOTTEN = "alias_forgotten"
    NOTICE_CHANGED = "notice_changed"
    ACCOUNTS_TAKEN = "accounts_taken"
    SEERS_TAKEN = "seers_taken"
    SIGHT_TAKEN = "sight_taken"
    SEAT_ADDED = "seat_added"
    SEAT_CHANGED = "seat_changed"
    SEAT_ENDED = "seat_ended"
    SEAT_FILLED = "seat_filled"
    SEAT_LEFT = "seat_left"
    MEMBERSHIP_TAKEN = "membership_taken"
    DECLARATION_SIGNED = "declaration_signed"
    DECLARATIONS_TAKEN = "declarations_taken"


_PERSONAL = ("subject", "name", "initials", "email")

declare(
    "partners",
    PartnerEntry,
    {
        PartnerEntry.PARTNERSHIP_SET_UP: "Partnership set up",
        PartnerEntry.PARTNERSHIP_CHANGED: "Partnership changed",
        PartnerEntry.AGENCY_CREATED: "Agency added",
        PartnerEntry.AGENCY_CHANGED: "Agency changed",
        PartnerEntry.GROUP_CREATED: "Group added",
        PartnerEntry.GROUP_CHANGED: "Group changed",
        PartnerEntry.PERSON_CREATED: "Person added",
        PartnerEntry.PERSON_CHANGED: "Person changed",
        PartnerEntry.PERSON_ANONYMISED: "Person anonymised",
        PartnerEntry.ALIAS_REMEMBERED: "Name remembered",
        PartnerEntry.ALIAS_FORGOTTEN: "Name forgotten",
        PartnerEntry.NOTICE_CHANGED: "Statutory pages changed",
        PartnerEntry.ACCOUNTS_TAKEN: "List of accounts taken away",
        PartnerEntry.SEERS_TAKEN: "List of who can see a record taken away",
        PartnerEntry.SIGHT_TAKEN: "What somebody may see taken away",
        PartnerEntry.SEAT_ADDED: "Seat added",
        PartnerEntry.SEAT_CHANGED: "Seat changed",
        PartnerEntry.SEAT_ENDED: "Seat ended",
        PartnerEntry.SEAT_FILLED: "Seat filled",
        PartnerEntry.SEAT_LEFT: "Somebody left a seat",
        PartnerEntry.MEMBERSHIP_TAKEN: "Membership of a group taken away",
        PartnerEntry.DECLARATION_SIGNED: "Interests declared and confidentiality signed",
        PartnerEntry.DECLARATIONS_TAKEN: "List of who signed taken away",
    },
    personal={
        PartnerEntry.PERSON_CREATED: _PERSONAL,
        PartnerEntry.PERSON_CHANGED: _PERSONAL,
        PartnerEntry.ALIAS_REMEMBERED: ("subject", "person_name"),
        PartnerEntry.ALIAS_FORGOTTEN: ("subject", "person_name"),
        PartnerEntry.SIGHT_TAKEN: ("subject",),
        PartnerEntry.NOTICE_CHANGED: ("officer_name", "officer_email"),
    },
)
