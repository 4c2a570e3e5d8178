"""The tables of partners: who there is, and who holds which seat."""

from sightline.partners.models.declarations import Declaration
from sightline.partners.models.parties import (
    Agency,
    Alias,
    Dated,
    Group,
    Notice,
    Partnership,
    Party,
    Person,
)
from sightline.partners.models.seats import Holding, Seat, SeatAgency

__all__ = [
    "Agency",
    "Alias",
    "Dated",
    "Declaration",
    "Group",
    "Holding",
    "Notice",
    "Partnership",
    "Party",
    "Person",
    "Seat",
    "SeatAgency",
]
