"""What of governance can be found by searching, and who may find it."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.governance.models import Lead
from sightline.governance.selectors.leads import WITH, leads_visible_to
from sightline.search.registry import Guard, Indexed, Kind, Offer


def of_leads(found: Iterable[Lead]) -> Iterable[Indexed]:
    """Safeguarding leads with their agency, their part of it, and who stands in."""
    for each in found:
        title = f"{each.person.name}: {each.role}"
        body = "\n".join(part for part in (str(each.agency), each.place, each.stands_in) if part)
        yield Indexed("lead", each.pk, each.pk, title, f"/leads/{each.pk}/", body, each.starts_on)


offered = Offer(
    guards=(Guard("lead", leads_visible_to),),
    kinds=(
        Kind(
            "lead",
            ("Safeguarding lead", "Safeguarding leads"),
            "lead",
            Lead,
            lambda: Lead.objects.select_related(*WITH),
            of_leads,
            53,
        ),
    ),
)
