"""People whom the tests of retention share."""

from __future__ import annotations

import pytest
from django.test import Client

from sightline.access.models import User
from sightline.events.choices import SYSTEM
from sightline.partners.services import found_partnership
from tests.access.people import member


@pytest.fixture
def dee(client: Client, db: None) -> User:
    """Who keeps data, signed in."""
    found_partnership("Wealdshire", short_name="W", areas=["W"], brand_colour="#0b5351", by=SYSTEM)
    user = member("Dee Data", "data_protection")
    client.force_login(user)
    return user


@pytest.fixture
def una(db: None) -> User:
    """A second person, of the unit."""
    return member("Una Unit", "unit")
