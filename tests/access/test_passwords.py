"""Passwords made of words that anybody would try first here are refused, and others are not."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from sightline.access.forms import NewPasswordForm
from sightline.access.passwords import FIRST_TRY
from sightline.access.rules import is_first_try
from sightline.access.services import create_user
from sightline.events.choices import SYSTEM

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.mark.django_db
def test_a_long_one_is_taken_exactly_as_it_is() -> None:
    long = " Seventy words ƒor a very long Password " * 4
    made = create_user("una@wealdshire.example", "Una Marsh", long, by=SYSTEM)
    assert made.check_password(long)
    assert not made.check_password(long.strip())
    assert not made.check_password(long.lower())
    form = NewPasswordForm({"new": long})
    assert form.is_valid()
    assert form.cleaned_data["new"] == long


def test_what_nobody_may_guess_is_long_enough() -> None:
    """Sixteen bytes are 128 bits; whoever asks for fewer must be a number that is only shown."""
    asked = [
        (path.name, int(size))
        for path in (ROOT / "sightline").rglob("*.py")
        for size in re.findall(r"secrets\.token_(?:urlsafe|hex|bytes)\((\d+)\)", path.read_text("utf-8"))
    ]
    assert len(asked) > 5
    # The number of a fault on a page and in an answer, the mark of a process in the net: they are no secret.
    assert {name for name, size in asked if size < 16} <= {"errors.py", "net.py", "serving.py"}
