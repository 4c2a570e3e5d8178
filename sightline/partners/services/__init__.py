"""Writing partners: one function per thing a person does."""

from sightline.partners.services.accounts import (
    end_tokens,
    forget_factors,
    forget_identities,
    give_role,
    leave_supplier,
    note_accounts_taken,
    note_seers_taken,
    note_sight_taken,
    open_account,
    send_link,
)
from sightline.partners.services.aliases import forget_alias, remember_alias
from sightline.partners.services.declarations import (
    DeclarationGiven,
    ask_for_declarations,
    dispose_of_declarations,
    note_declarations_taken,
    sign,
)
from sightline.partners.services.holdings import Filled, fill_seat, leave_seat, take_back_end
from sightline.partners.services.loading import Loaded, load_partners
from sightline.partners.services.notices import change_notice
from sightline.partners.services.parties import (
    change_agency,
    change_group,
    change_partnership,
    change_person,
    create_agency,
    create_group,
    create_person,
    found_partnership,
    link_account,
)
from sightline.partners.services.seats import (
    SeatGiven,
    add_seat,
    change_seat,
    end_seat,
    note_membership_taken,
)
from sightline.partners.services.spreadsheet import load_spreadsheet

__all__ = [
    "DeclarationGiven",
    "Filled",
    "Loaded",
    "SeatGiven",
    "add_seat",
    "ask_for_declarations",
    "change_agency",
    "change_group",
    "change_notice",
    "change_partnership",
    "change_person",
    "change_seat",
    "create_agency",
    "create_group",
    "create_person",
    "dispose_of_declarations",
    "end_seat",
    "end_tokens",
    "fill_seat",
    "forget_alias",
    "forget_factors",
    "forget_identities",
    "found_partnership",
    "give_role",
    "leave_seat",
    "leave_supplier",
    "link_account",
    "load_partners",
    "load_spreadsheet",
    "note_accounts_taken",
    "note_declarations_taken",
    "note_membership_taken",
    "note_seers_taken",
    "note_sight_taken",
    "open_account",
    "remember_alias",
    "send_link",
    "sign",
    "take_back_end",
]
