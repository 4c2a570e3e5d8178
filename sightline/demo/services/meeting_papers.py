"""Papers of the meetings to come, and their packs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile

from sightline.demo.services.partners import People
from sightline.events.choices import Tier
from sightline.meetings.models import Item, Meeting
from sightline.meetings.services.packs import ask_packs, make_pack
from sightline.meetings.services.papers import PaperGiven, add_paper
from sightline.rendering import write
from sightline.rendering.document import Document, Heading, Paragraph

Row = Mapping[str, Any]


def load_meeting_papers(told: Sequence[Row], people: People) -> None:
    """Papers of the next meeting of each group, and its packs."""
    for row in told:
        group = people.groups[row["group"]]
        meeting = (
            Meeting.objects.filter(group=group, state="planned").select_related("group").earliest("held_on")
        )
        now = people.moment(people.on)
        for paper in row["papers"]:
            item = Item.objects.get(meeting=meeting, title=paper["item"])
            given = PaperGiven(paper["title"], paper["by"], Tier(paper.get("tier", "T1")))
            add_paper(item, given, _file(paper), by=people.manager, now=now)
        for pack in ask_packs(meeting, by=people.manager, now=now):
            make_pack(pack.pk, progress=lambda done, total, words: None, by=people.manager, now=now)


def _file(paper: Row) -> ContentFile[bytes]:
    name, kind = f"{paper['title']}.{paper['as']}", paper["as"]
    if kind == "csv":
        return ContentFile(paper["words"].encode(), name=name)
    document = Document(paper["title"], (Heading("What is asked of the group"), Paragraph(paper["words"])))
    return ContentFile(write(document, kind), name=name)
