"""The tables of governance."""

from sightline.governance.models.leads import Lead, LeadConfirmation
from sightline.governance.models.lists import MemberList
from sightline.governance.models.terms import Terms

__all__ = ["Lead", "LeadConfirmation", "MemberList", "Terms"]
