"""Stored files: what was handed over, kept byte for byte."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sightline.documents.choices import FAULT_LABELS, LABELS, Fault, FileKind
from sightline.events.choices import TIER_LABELS, Tier
from sightline.events.floors import at_least


class Document(models.Model):
    """One file as it was handed over. Its bytes are never changed; `sha256` tells whether they still are the same.

    Of a picture, what stood beside it (where it was taken, when, with what) is left out before it is kept; then
    `received_sha256` is the fingerprint of the file as it came, and otherwise empty.

    `replaces` is the version before it, `first` the one with which they began: both empty for a file that stands alone.
    `version` counts from 1. It is kept, for no page should walk a chain to count it; the constraints hold it to that.

    `kind` was found by content. The file lies outside whatever a web server serves; the app that keeps a document
    with one of its records says who may have it, and hands it out by `documents.serving`.
    """

    LOWEST_TIER = Tier.T0

    name = models.CharField(max_length=255)
    file = models.FileField(upload_to="documents/%Y/%m/", max_length=200)
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, LABELS[kind]) for kind in FileKind])
    tier = models.CharField(
        max_length=2, default=Tier.T1, choices=[(tier.value, label) for tier, label in TIER_LABELS.items()]
    )
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="The version before it; empty for the first.",
    )
    first = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="later",
        help_text="The version they began with; empty for that itself.",
    )
    version = models.PositiveIntegerField(default=1, help_text="Which version of the file it is, from 1.")
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stored_by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ("-stored_at", "-id")
        indexes = [models.Index(fields=["sha256"], name="document_sha256")]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="a_document_is_not_empty"),
            at_least(Tier.T0, "a_document_is_of_a_tier"),
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True, first__isnull=True, version=1)
                | models.Q(replaces__isnull=False, first__isnull=False, version__gt=1),
                name="a_later_version_takes_the_place_of_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(replaces=models.F("id")) & ~models.Q(first=models.F("id")),
                name="a_document_does_not_replace_itself",
            ),
            models.UniqueConstraint(fields=["first", "version"], name="one_document_of_a_version"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return LABELS[FileKind(self.kind)]

    @property
    def series(self) -> int:
        """The number of the document with which its versions began: its own where it has none before it."""
        return int(self.first_id or self.pk)

    @property
    def is_bare(self) -> bool:
        """Whether something that stood beside a picture was left out."""
        return bool(self.received_sha256)


class FileFault(models.Model):
    """That a stored file was found missing or changed, and when that ended. Of any model that has files."""

    LOWEST_TIER = Tier.T1

    of_model = models.CharField(max_length=100)
    number = models.PositiveBigIntegerField()
    what = models.CharField(max_length=10, choices=[(what.value, FAULT_LABELS[what]) for what in Fault])
    found_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-found_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["of_model", "number"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_fault_of_a_file",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("found_at")),
                name="a_fault_ends_after_it_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"A file that {FAULT_LABELS[Fault(self.what)]}"
