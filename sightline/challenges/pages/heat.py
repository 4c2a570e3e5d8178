"""The heat map of open risks, today or by the end of a day: a picture, the same as a table, and the risks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString

from sightline.challenges.pages.scores import BAND_COLOURS, ScoreShown, shown
from sightline.challenges.pages.sections import Section, sections
from sightline.challenges.rules.scoring import Score, scale
from sightline.challenges.selectors.risks import cells_now, scored_by
from sightline.rendering.charts import Field, heat_map
from sightline.screens.elements import drawing
from sightline.screens.looking_back import LookingBack
from sightline.screens.words import count, day

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

# Light fills that black words stand on; the band's name is printed in each field, too.
FILLS = {"green": "CCE2D8", "yellow": "FFF7BF", "orange": "FBD6B8", "red": "F4CDC6"}
MOST_THEN = 200


@dataclass(frozen=True)
class Cell:
    """One field of the table: how many risks, of which band, and the rows behind them."""

    number: int
    band: str
    label: str
    href: str


@dataclass(frozen=True)
class HeatRow:
    """One likelihood."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ThenRow:
    """A risk as it was scored by the end of the day looked at."""

    title: str
    href: str
    owner: str
    score: ScoreShown


@dataclass(frozen=True)
class HeatPage:
    """The map. `then` are the risks of a past day, the highest first; `more` how many are not shown."""

    sections: tuple[Section, ...]
    picture: SafeString
    impacts: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    number: int
    then: tuple[ThenRow, ...]
    more: int


def heat_page(user: Reader, looking: LookingBack, on: date) -> HeatPage:
    """The open risks of the day looked at by likelihood and impact; one query today, one for a past day."""
    then = list(scored_by(user, looking.day)) if looking.day else []
    then.sort(key=lambda risk: (-risk.likelihood_then * risk.impact_then, risk.pk))
    cells = (
        dict(Counter((risk.likelihood_then, risk.impact_then) for risk in then))
        if looking.day
        else cells_now(user)
    )
    rows = tuple(_rows(cells, linked=looking.day is None))
    number = sum(cells.values())
    return HeatPage(
        sections=sections(user, "challenges:heat"),
        picture=_picture(rows, number, looking.day or on),
        impacts=tuple(f"{n} {label}" for n, (label, _) in enumerate(scale().impact, 1)),
        rows=rows,
        number=number,
        then=tuple(
            ThenRow(
                risk.title,
                reverse("challenges:risk", args=[risk.pk]),
                str(risk.owner),
                shown(risk.likelihood_then * risk.impact_then),
            )
            for risk in then[:MOST_THEN]
        ),
        more=max(len(then) - MOST_THEN, 0),
    )


def _rows(cells: dict[tuple[int, int], int], *, linked: bool) -> list[HeatRow]:
    """The likeliest first; a field without risks leads nowhere."""
    home, found = reverse("challenges:risks"), []
    for likelihood in range(len(scale().likelihood), 0, -1):
        name = scale().likelihood[likelihood - 1][0]
        row = []
        for impact in range(1, len(scale().impact) + 1):
            number = cells.get((likelihood, impact), 0)
            band = scale().band_of(Score(likelihood, impact).number)
            query = f"?state=open&likelihood={likelihood}&impact={impact}"
            label = f"{count(number, 'risk')}, likelihood {likelihood}, impact {impact}"
            row.append(Cell(number, band.key, label, f"{home}{query}" if number and linked else ""))
        found.append(HeatRow(f"{likelihood} {name}", tuple(row)))
    return found


def _picture(rows: tuple[HeatRow, ...], number: int, on: date) -> SafeString:
    bands = {band.key: band.label for band in scale().bands}
    fields = {
        (len(rows) - row, column): Field(
            cell.number, bands[cell.band], FILLS.get(BAND_COLOURS.get(cell.band, ""), "FFFFFF"), cell.href
        )
        for row, each in enumerate(rows)
        for column, cell in enumerate(each.cells, 1)
    }
    steps = ([label for label, _ in scale().likelihood], [label for label, _ in scale().impact])
    title = f"Open risks on {day(on)} by likelihood and impact"
    alt = f"{count(number, 'open risk')} by residual score. The table below says the same."
    return drawing(heat_map(title, alt, ("Likelihood", "Impact"), steps, fields))
