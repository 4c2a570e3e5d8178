"""Answers that the invented county's business unit asked for by e-mail, and what came in by the links."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sightline.access.models import ReturnLink
from sightline.demo.services.partners import People
from sightline.demo.services.plans import Recommendations
from sightline.plans.choices import Acceptance
from sightline.plans.models import Addressee
from sightline.plans.selectors.returns import stands_with
from sightline.plans.services.ledger import Answer, answer_by_link, ask_answer


def load_returns(
    told: list[dict[str, Any]], people: People, recommendations: Recommendations, on: date
) -> None:
    """Ask for each of the answers, and give those that have come."""
    for row in told:
        rows = Addressee.objects.select_related("agency", "group", "recommendation__source")
        addressee = rows.get(recommendation=recommendations[row["recommendation"]], raw=row["to"])
        asked = people.moment(on - timedelta(days=row["asked"]))
        link = ask_answer(addressee, name=row["name"], email=row["email"], by=people.manager, now=asked)
        if "answered" in row:
            _answer(row, addressee, link, people, on)


def _answer(row: Mapping[str, Any], addressee: Addressee, link: ReturnLink, people: People, on: date) -> None:
    given = Answer(
        acceptance=Acceptance(row["accept"]),
        why=[row["why"]],
        response=[row["respond"]],
        progress=[row["progress"]],
        said_by=row["name"],
    )
    now = people.moment(on - timedelta(days=row["answered"]))
    answer_by_link(link, given, stands_with(addressee.pk).newest, now=now)
