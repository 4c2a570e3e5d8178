"""What of challenges can be found by searching, and who may find it."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.selectors.challenges import PARTIES, challenges_visible_to
from sightline.challenges.selectors.risks import OWNERS, risks_visible_to
from sightline.challenges.selectors.scrutiny import scrutiny_visible_to
from sightline.search.registry import Guard, Indexed, Kind, Offer


def of_challenges(found: Iterable[Challenge]) -> Iterable[Indexed]:
    """Challenges with what is challenged and asked for, and every answer."""
    for each in found:
        steps = [step.text for step in each.steps.all()]
        body = "\n".join([each.text, each.asked, each.challenger, str(each.challenged), *steps])
        yield Indexed(
            "challenge", each.pk, each.pk, each.title, f"/challenges/{each.pk}/", body, each.raised_on
        )


def of_risks(found: Iterable[Risk]) -> Iterable[Indexed]:
    """Risks with cause, event and effect, and everything that was said about them, controls too."""
    for each in found:
        steps = [step.text for step in each.steps.all()]
        body = "\n".join([each.cause, each.event, each.effect, str(each.owner), *steps])
        yield Indexed("risk", each.pk, each.pk, each.title, f"/risks/{each.pk}/", body, each.raised_on)


def of_scrutiny(found: Iterable[Scrutiny]) -> Iterable[Indexed]:
    """Entries of the scrutiny log with what was found and asked, and every answer."""
    for each in found:
        body = "\n".join([each.looked_at, each.found, each.asked, *(step.text for step in each.steps.all())])
        yield Indexed("scrutiny", each.pk, each.pk, each.title, f"/scrutiny/{each.pk}/", body, each.seen_on)


offered = Offer(
    guards=(
        Guard("challenge", challenges_visible_to),
        Guard("risk", risks_visible_to),
        Guard("scrutiny", scrutiny_visible_to),
    ),
    kinds=(
        Kind(
            "challenge",
            ("Challenge", "Challenges"),
            "challenge",
            Challenge,
            lambda: Challenge.objects.select_related(*PARTIES).prefetch_related("steps"),
            of_challenges,
            45,
        ),
        Kind(
            "risk",
            ("Risk", "Risks"),
            "risk",
            Risk,
            lambda: Risk.objects.select_related(*OWNERS).prefetch_related("steps"),
            of_risks,
            46,
        ),
        Kind(
            "scrutiny",
            ("Scrutiny entry", "Scrutiny entries"),
            "scrutiny",
            Scrutiny,
            lambda: Scrutiny.objects.prefetch_related("steps"),
            of_scrutiny,
            47,
        ),
    ),
)
