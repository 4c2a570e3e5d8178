"""The drill where files lie in a bucket: all is lost, and all comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from sightline.documents.models import Document
from sightline.events.services import verify
from tests.keeping.conftest import Keys, Own, Said

pytestmark = pytest.mark.library


@pytest.mark.django_db
def test_a_bucket_is_empty_at_first(bucket: str) -> None:
    """Marked, so that the tests' database is made, of which the other takes a copy."""
    assert stored() == {}


def stored() -> dict[str, bytes]:
    """The bytes of every stored file, by its name."""
    found = {}
    for document in Document.objects.all():
        with default_storage.open(document.file.name) as file:
            found[document.file.name] = file.read()
    return found


def test_files_of_a_bucket_are_backed_up_and_put_back(
    bucket: str, filled: Own, sightline: Callable[..., Said], keys: Keys, tmp_path: Path
) -> None:
    before, safe = stored(), tmp_path / "safe.tar.age"
    assert len(before) == 2
    assert not filled.files()
    assert sightline("backup", safe, "--recipient", keys.public).status == 0
    filled.wipe()
    for name in before:
        default_storage.delete(name)
    done = sightline("restore", safe, "--key", keys.file, "--reason", "The bucket is gone")
    assert done.status == 0, done.err
    assert stored() == before
    assert verify().is_sound
