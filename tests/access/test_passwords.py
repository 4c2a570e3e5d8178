"""Passwords made of words that anybody would try first here are refused, and others are not."""

import pytest
from django.core.exceptions import ValidationError

from sightline.access.passwords import FIRST_TRY
from sightline.access.rules import is_first_try
from sightline.access.services import create_user
from sightline.events.choices import SYSTEM


@pytest.mark.parametrize(
    "password",
    ["Safeguarding2026!", "Partnership-2026", "childrenchildren", "SightlinePassword1", "Welcome Winter 26"],
)
def test_words_of_the_place_are_too_little(password: str) -> None:
    assert is_first_try(password)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "safeguarding is my whole life", "93718264509182", "zq-81-ab-20-cd"],
)
def test_other_words_beside_them_are_enough(password: str) -> None:
    assert not is_first_try(password)


@pytest.mark.django_db
def test_an_account_is_not_opened_with_one() -> None:
    with pytest.raises(ValidationError, match=FIRST_TRY[:40]):
        create_user("una@wealdshire.example", "Una Marsh", "Safeguarding2026!", by=SYSTEM)
