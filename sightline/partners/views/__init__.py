"""The pages of partners: agencies, groups and people; their accounts and roles."""

from sightline.partners.views import accounts, deputies, parties, seeing

__all__ = ["accounts", "deputies", "parties", "seeing"]
