"""Reading about stored files: which models have them, which are kept by something, which are at fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, FileField, ForeignKey, Model, OuterRef, Q, QuerySet

from sightline.documents.models import Document, FileFault

BATCH = 100


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one model: which field holds them. Every such model has their fingerprint in `sha256`."""

    model: type[Model]
    field: str

    @property
    def label(self) -> str:
        """The model as faults name it."""
        return self.model._meta.label_lower

    @property
    def folder(self) -> str:
        """The folder of the store in which all of them lie, and nothing else."""
        to: Any = self.model._meta.get_field(self.field)
        return str(to.upload_to).partition("/")[0]

    def rows(self) -> QuerySet[Any]:
        """Every row with a file, whoever may see it."""
        return self.model._base_manager.exclude(**{self.field: ""}).order_by("pk")

    def in_batches(self) -> Iterator[list[Any]]:
        """The rows a hundred at a time, with what is needed to read their files."""
        last = 0
        while batch := list(self.rows().filter(pk__gt=last).only("pk", self.field, "sha256")[:BATCH]):
            yield batch
            last = batch[-1].pk


def all_files() -> list[Files]:
    """Every model that has files, those of later days too."""
    return [
        Files(model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
    ]


def is_named(folder_of: Files, name: str) -> bool:
    """Whether a row names a file of the store."""
    return folder_of.model._base_manager.filter(**{folder_of.field: name}).exists()


def kept_by_nothing(before: datetime) -> QuerySet[Document]:
    """Documents stored before a moment that no record of any app points at."""
    kept = Document.objects.filter(stored_at__lt=before)
    for keeper in _keepers():
        rows = keeper.model._base_manager.filter(**{keeper.name: OuterRef("pk")})
        kept = kept.filter(~Exists(rows))
    return kept.order_by("pk")


def kept_of(series: Iterable[int]) -> set[int]:
    """Which documents of these series a record keeps, by number; that a newer version names one is no keeping."""
    versions = of_series(series).order_by().values("pk")
    kept: set[int] = set()
    for keeper in _keepers():
        if keeper.model is not Document:
            rows = keeper.model._base_manager.filter(**{f"{keeper.name}__in": versions})
            kept |= set(rows.order_by().values_list(keeper.attname, flat=True))
    return kept


def no_longer_kept(series: set[int]) -> list[Document]:
    """Documents of these series that nothing keeps, the newest first; one before a version that is kept stays."""
    versions = of_series(series).order_by("-version", "pk")
    kept, needed, gone = kept_of(series), set[int](), []
    for document in versions:
        if document.pk in kept or document.series in needed:
            needed.add(document.series)
        else:
            gone.append(document)
    return gone


def _keepers() -> Iterator[ForeignKey[Any, Any]]:
    """Every way in which a record keeps a document; whoever adds one need not say so here."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is Document:
                yield field


def versions_of(document: Document) -> QuerySet[Document]:
    """Every version of a document, itself among them, the oldest first."""
    return of_series([document.series]).order_by("version")


def of_series(series: Iterable[int]) -> QuerySet[Document]:
    """Every version of the documents that began with these."""
    return Document.objects.filter(Q(pk__in=series) | Q(first__in=series))


def open_faults() -> QuerySet[FileFault]:
    """The stored files that are missing or have changed, as far as the last look knows."""
    return FileFault.objects.filter(ended_at=None)
