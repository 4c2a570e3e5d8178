"""The one table that search reads: what every record says, in plain words and in the index's form."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """One record that can be found. Kept by the services of the record, in their transaction.

    Who may find it is not written here: it is asked of the record `guard_id` (the record itself, or the action an
    update belongs to) at the moment of searching. `title_words` and `body_words` are `rules.words.kept_text`; the
    database's own index over them stands in `tables`.
    """

    kind = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    guard_id = models.BigIntegerField()
    title = models.TextField()
    body = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    day = models.DateField(null=True, blank=True)
    title_words = models.TextField()
    body_words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="search_entry_once")]
        indexes = [models.Index(fields=["kind", "guard_id"], name="search_entry_guard")]

    def __str__(self) -> str:
        return self.title
