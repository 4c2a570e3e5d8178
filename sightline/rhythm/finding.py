"""What of returns can be found by searching, and who may find it."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.rhythm.models import Return
from sightline.rhythm.rules.telling import headings
from sightline.rhythm.selectors.returns import returns_visible_to
from sightline.search.registry import Guard, Indexed, Kind, Offer


def of_returns(found: Iterable[Return]) -> Iterable[Indexed]:
    """Returns, with what stands under their headings."""
    for each in found:
        newest = {row.heading: row.text for row in each.texts.all()}
        body = "\n".join(newest.get(heading.key, "") for heading in headings())
        yield Indexed(
            "return", each.pk, each.pk, str(each), f"/group-returns/{each.pk}/", body, each.period_until
        )


offered = Offer(
    guards=(Guard("return", returns_visible_to),),
    kinds=(
        Kind(
            "return",
            ("Return of a group", "Returns of groups"),
            "return",
            Return,
            lambda: Return.objects.select_related("group").prefetch_related("texts"),
            of_returns,
            47,
        ),
    ),
)
