"""The logs of the invented county: challenges, risks and scrutiny."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sightline.demo.services.challenges import load_challenges
from sightline.demo.services.partners import People
from sightline.demo.services.risks import load_risks
from sightline.demo.services.scrutiny import load_scrutiny


def load_logs(told: Callable[[str], Any], people: People) -> None:
    """Challenges, then risks, then what the scrutineer found; `told(name)` is what a file tells."""
    load_challenges(told("challenges"), people)
    load_risks(told("risks"), people)
    load_scrutiny(told("scrutiny"), people)
