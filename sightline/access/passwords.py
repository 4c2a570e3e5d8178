"""Passwords that anybody would try first at a safeguarding partnership."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from sightline.access.rules import is_first_try

FIRST_TRY = "This password is made of words that others would try here first. Add words that have nothing to do with it"


class NotFirstTryValidator:
    """A password validator of the settings' list. The words stand in the definitions (access.yaml)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a password that says hardly more than such words."""
        if is_first_try(password):
            raise ValidationError(FIRST_TRY, code="password_first_try")

    def get_help_text(self) -> str:
        """What somebody is told beforehand."""
        return "Not one that is made of words about safeguarding."
