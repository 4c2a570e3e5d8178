"""Papers of an agenda's items, in versions, and the packs that are made of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.documents.models import Document
from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.choices import PACK_LABELS, PackState
from sightline.meetings.models.items import IN_TIERS, TIERS, Item
from sightline.meetings.models.meetings import Meeting


class Paper(Entered):
    """A paper of an item. It is read by those who may read its tier and that of its item.

    `withdrawn_at`: it was taken off the agenda, and stays in no pack; its files are kept.
    """

    LOWEST_TIER = Tier.T1

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=300)
    brought_by = models.CharField(max_length=200, blank=True)
    tier = models.CharField(max_length=2, default=Tier.T1.value, choices=TIERS)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("item", "id")
        constraints = [models.CheckConstraint(condition=IN_TIERS, name="meetings_paper_tier")]

    def __str__(self) -> str:
        return self.title


class PaperFile(Entered):
    """A version of a paper as it was handed in. Only added to: the newest is shown, none is lost."""

    LOWEST_TIER = Tier.T1

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("paper", "number")
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="meetings_paper_numbered")]

    def __str__(self) -> str:
        return f"Version {self.number} of paper {self.paper_id}"


class Pack(Entered):
    """All papers of a meeting as one PDF, for readers of one tier.

    `of`: what it was made of, as a fingerprint, by which it is seen that the agenda or papers changed since.
    `contents`: what was done with each paper. `trouble`: why it could not be made, as a sentence.
    """

    LOWEST_TIER = Tier.T1

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    tier = models.CharField(max_length=2, choices=TIERS)
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10,
        default=PackState.WAITING.value,
        choices=[(state.value, label) for state, label in PACK_LABELS.items()],
    )
    of = models.CharField(max_length=64, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField(null=True, blank=True)
    contents = models.JSONField(default=list)
    made_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("meeting", "tier", "-number")
        constraints = [
            models.CheckConstraint(condition=IN_TIERS, name="meetings_pack_tier"),
            models.UniqueConstraint(fields=["meeting", "tier", "number"], name="meetings_pack_numbered"),
            models.CheckConstraint(
                condition=~Q(state=PackState.MADE.value)
                | Q(document__isnull=False, made_at__isnull=False, pages__isnull=False),
                name="meetings_pack_made_is_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"Pack {self.number}"
