"""Both sides of a challenge hear that it was closed, and others do not."""

import pytest
from django.utils import timezone

from sightline.challenges.choices import Changed, Deed
from sightline.messages.models import News, Notice
from sightline.messages.services import make_notices
from tests.access.people import world
from tests.challenges.making import done, make_challenge

pytestmark = pytest.mark.django_db


def test_both_sides_hear_that_a_challenge_was_closed() -> None:
    made = world()
    found = make_challenge(made.agency, made.group)
    found = done(found, Deed.ANSWER)
    assert not News.objects.exists()
    done(found, Deed.CLOSE, changed_for=Changed.NOTHING)
    make_notices(timezone.now())
    told = Notice.objects.filter(kind="challenge_closed").values_list("user__name", flat=True)
    assert sorted(told) == ["Cy Chair", "Ola Owner"]
