"""The tables of governance."""

from sightline.governance.models.lists import MemberList

__all__ = ["MemberList"]
