"""A member says on a telephone, by the link in their invitation, that a deputy comes; the meeting's page expects it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from sightline.access.models import User
from sightline.meetings.models import Meeting
from sightline.messages.models import OutgoingMail
from tests.journeys.test_components_page import no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)
PRIYA = "priya.hallworth@wealdshire.example"


def test_a_member_answers_an_invitation_on_a_telephone(
    wealdshire: None,
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
) -> None:
    mail = OutgoingMail.objects.filter(to=PRIYA, subject__startswith="Invitation: Executive").latest("pk")
    phone = new_page(viewport={"width": 360, "height": 800})
    found = re.search(r"http\S+?(/coming/\S+/)", mail.text)
    assert found
    phone.goto(found[1])
    axe(phone)
    assert no_sideways_scroll(phone)
    assert not phone.get_by_text("There is a problem").is_visible()
    phone.get_by_role("button", name="Send").click()
    assert phone.get_by_role("link", name="Say whether you come").is_visible()
    axe(phone)
    phone.get_by_label("I send a deputy").check()
    phone.get_by_label("Who comes for you?").fill("Dee Deputy")
    phone.get_by_role("button", name="Send").click()
    assert phone.get_by_text("Your answer came in").is_visible()
    page = new_page(viewport={"width": 1280, "height": 900})
    sign_in(page, User.objects.get(email=PRIYA))
    meeting = Meeting.objects.filter(group__key="executive", state="planned").earliest("held_on")
    page.goto(f"/meetings/{meeting.pk}/")
    assert page.get_by_text("Quorum likely").first.is_visible()
    assert page.get_by_text("Dee Deputy").is_visible()
    page.get_by_role("button", name="Say whether you come").click()
    axe(page)
    page.get_by_label("I come remotely").check()
    page.get_by_role("button", name="Save the answer").click()
    assert page.get_by_text("3 of 4 seats expected to be filled").is_visible()
