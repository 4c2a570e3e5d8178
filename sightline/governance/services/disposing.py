"""What the register holds of people who lose their names: how they were reached goes with the name."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from sightline.governance.models import Lead
from sightline.governance.selectors.leads import WITH
from sightline.search.services import keep_words


def reword_leads(former: Mapping[int, str]) -> None:
    """Take telephones and words about cover from rows of former members, and let them be found by the new name."""
    rows = Lead.objects.filter(Q(person__in=former) | Q(cover__in=former))
    rows.update(telephone="", cover_words="")
    keep_words(*rows.select_related(*WITH))
