"""`{% load demo %}`: whom one may be, for the sign-in page."""

from django import template

from sightline.demo.selectors import Player, players

register = template.Library()


@register.simple_tag
def demo_players() -> list[Player]:
    """One person for each role."""
    return players()
