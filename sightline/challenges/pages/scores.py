"""Scores of risks as they are shown: in bands, in words, and how they moved, as rows and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.safestring import SafeString

from sightline.challenges.choices import SCORED_LABELS, Scored
from sightline.challenges.models import RiskStep
from sightline.challenges.rules.scoring import Score, scale
from sightline.rendering.charts import Series, line_chart
from sightline.screens.elements import drawing

BAND_COLOURS = {"low": "green", "moderate": "yellow", "high": "orange", "severe": "red"}
# Scorings that a picture can hold and still be taken in.
MOST_DRAWN = 24


@dataclass(frozen=True)
class ScoreShown:
    """A score with the name of its band, which says in words what its colour says."""

    number: int
    band: str
    colour: str
    words: str = ""


@dataclass(frozen=True)
class Scoring:
    """One scoring of the trend, with the other two scores as they stood by then; None while there was none."""

    day: date
    score: ScoreShown
    target: int | None
    inherent: int | None


def shown(number: int, words: str = "") -> ScoreShown:
    """A score as it is shown."""
    band = scale().band_of(number)
    return ScoreShown(number, band.label, BAND_COLOURS.get(band.key, "grey"), words)


def words_of(score: Score) -> str:
    """A score in the words of its scale."""
    likelihood, impact = scale().likelihood, scale().impact
    if not scale().holds(score):
        return f"likelihood {score.likelihood}, impact {score.impact}"
    return f"{likelihood[score.likelihood - 1][0]}, {impact[score.impact - 1][0].lower()}"


def scorings(steps: Sequence[RiskStep]) -> tuple[Scoring, ...]:
    """Every residual scoring of these steps, in order, beside the other two scores by the end of its day."""
    standing: dict[Scored, int] = {}
    found = []
    for each in sorted(steps, key=lambda step: (step.as_at, step.scored == Scored.RESIDUAL)):
        if each.scored and each.score:
            standing[each.scored] = each.score.number
        if each.scored == Scored.RESIDUAL and each.score:
            told = shown(each.score.number, words_of(each.score))
            found.append(
                Scoring(each.as_at, told, standing.get(Scored.TARGET), standing.get(Scored.INHERENT))
            )
    return tuple(found)


def picture_of(found: Sequence[Scoring]) -> SafeString | None:
    """How the residual score moved beside the other two; None while it was scored once. The newest, if many."""
    drawn = found[-MOST_DRAWN:]
    if len(drawn) < 2:
        return None
    days = [formats.date_format(each.day, "j M y") for each in drawn]
    lines = [
        Series(SCORED_LABELS[Scored.RESIDUAL], tuple(each.score.number for each in drawn)),
        Series(SCORED_LABELS[Scored.TARGET], tuple(each.target for each in drawn)),
        Series(SCORED_LABELS[Scored.INHERENT], tuple(each.inherent for each in drawn)),
    ]
    return drawing(line_chart("How the scores moved", days, lines, heading="Day").svg)
