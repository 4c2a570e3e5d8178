"""The journal's tables, all insert-only: triggers in the database refuse update, delete and truncate. And what rows of
history have in every app.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from sightline.events.choices import TIER_LABELS
from sightline.events.entries import label_of


class Entry(models.Model):
    """One thing somebody did. `before` and `after` are canonical JSON kept as text, byte for byte as sealed."""

    moment = models.DateTimeField(db_index=True)
    type = models.CharField(max_length=100)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=100)
    actor_label = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=500, blank=True)
    actor_user_id = models.BigIntegerField(null=True, blank=True)
    subject_app = models.CharField(max_length=50, blank=True)
    subject_model = models.CharField(max_length=50, blank=True)
    subject_id = models.CharField(max_length=100, blank=True)
    subject_title = models.CharField(max_length=500, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    tier = models.CharField(
        max_length=2, choices=[(tier.value, label) for tier, label in TIER_LABELS.items()]
    )
    personal = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    # Which deed it is of, for entries about records under the net, until sealing accounts for their changes.
    deed = models.CharField(max_length=100, null=True, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(
                fields=["subject_app", "subject_model", "subject_id", "id"], name="events_entry_subject"
            ),
            models.Index(fields=["actor_user_id", "id"], name="events_entry_actor"),
            models.Index(fields=["type", "id"], name="events_entry_type"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.subject_title}" if self.subject_title else self.label

    @property
    def label(self) -> str:
        """The entry's type in words."""
        return label_of(self.type)

    @property
    def before_values(self) -> dict[str, Any]:
        """What stood before, without personal values."""
        return _values(self.before)

    @property
    def after_values(self) -> dict[str, Any]:
        """What stands after, without personal values."""
        return _values(self.after)


def _values(text: str) -> dict[str, Any]:
    """The values kept as text; what somebody wrote there who is not Sightline is shown as it stands."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = text
    return found if isinstance(found, dict) else {"unreadable": found}


class PersonalValue(models.Model):
    """A personal value taken out of an entry. Shredding deletes it with its salt; the entry keeps a commitment."""

    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, related_name="personal_values")
    field = models.CharField(max_length=200)
    salt = models.CharField(max_length=64)
    value = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="events_personal_once")]

    def __str__(self) -> str:
        return f"{self.field} of entry {self.entry_id}"


class Seal(models.Model):
    """A sealed batch: chained to the one before by its MAC, whose key lives outside the database."""

    sequence = models.BigIntegerField(primary_key=True)
    moment = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    last_entry = models.BigIntegerField()
    key_print = models.CharField(max_length=16)
    mac = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.head

    @property
    def head(self) -> str:
        """The short form printed in minutes or e-mailed: the number and the first 20 signs of the MAC."""
        return f"{self.sequence}-{self.mac[:20]}"


class Checkpoint(models.Model):
    """Signed: up to this seal so many entries were sealed, counted from the first ever. From `may_go_on` on, and not
    before, what it covers may be removed; verifying then begins behind it.
    """

    number = models.PositiveIntegerField(primary_key=True)
    day = models.DateField()
    seal = models.BigIntegerField(unique=True)
    seal_mac = models.CharField(max_length=64)
    count = models.PositiveBigIntegerField()
    may_go_on = models.DateField()
    previous = models.CharField(max_length=64, blank=True)
    key_print = models.CharField(max_length=16)
    mac = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"checkpoint {self.number}"


class SealedEntry(models.Model):
    """That an entry stands at a position of a seal. It has no constraint on Entry, so it outlives a deletion."""

    seal = models.ForeignKey(Seal, on_delete=models.DO_NOTHING, db_constraint=False)
    position = models.PositiveIntegerField()
    entry = models.OneToOneField(
        Entry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="sealed"
    )
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "sealed entries"
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="events_sealed_position")]

    def __str__(self) -> str:
        return f"entry {self.entry_id} at {self.position} of seal {self.seal_id}"


class RowChange(models.Model):
    """A change of a row under the net (`net`), as the database itself noted it. Of personal columns `named` says only
    that they changed.
    """

    moment = models.DateTimeField()
    table = models.CharField(max_length=100)
    row = models.CharField(max_length=100, blank=True)
    operation = models.CharField(max_length=10)
    named = models.CharField(max_length=500, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    transaction = models.CharField(max_length=100, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.operation} of {self.table} {self.row}".strip()


class RowAccount(models.Model):
    """That an entry tells of a change under the net. The MAC binds both, so nobody without the key can add one."""

    change = models.OneToOneField(
        RowChange, on_delete=models.DO_NOTHING, db_constraint=False, related_name="account"
    )
    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    digest = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"entry {self.entry_id} tells of change {self.change_id}"


class Entered(models.Model):
    """A row of history of any app: when Sightline learned it, and who entered it (`services.entered`)."""

    recorded_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_by_label = models.CharField(max_length=200)

    class Meta:
        abstract = True
